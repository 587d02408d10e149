"""Reference: what a key message may say of its figures, when it may be agreed, what can be done with it."""

from spec.tables import Page, Table
from wherewithal.analytics.base import Base
from wherewithal.analytics.said_of import Stood, overstated
from wherewithal.core.key_message import TAKES, Evidence, State, Step, problems

ANSWERED = "58 councils that answered this"
FIGURE = Evidence("figure", "offered=yes", "Offered: Yes", 40, 58, ANSWERED, "69%")
KNOWN = {
    "a figure": FIGURE,
    "a figure of 0": Evidence("figure", "offered=no", "Offered: No", 0, 58, ANSWERED, "0%"),
    "a suppressed figure": Evidence("figure", "offered=no", "Offered: No", None, 58, ANSWERED),
    "a figure of nobody": Evidence("figure", "offered=no", "Offered: No", 0, 0, "0 councils"),
    "an answer that is gone": Evidence("figure", "offered=x", "Offered: x", 0, 0, "", is_there=False),
    "a theme": Evidence("theme", "early", "Early", 3, 16, "16 councils whose answer to this was coded"),
    "a theme without passages": Evidence("theme", "early", "Early", 0, 16, "16 councils"),
    "a code that is gone": Evidence("theme", "early", "Early", 0, 0, "", is_there=False),
}


def holds(says, count, base, field):
    figure = Stood("Offered: Yes", count, Base("answered", base))
    return "no" if overstated(says, [figure], field) else "yes"


def needs(says, count, base, field):
    [found] = overstated(says, [Stood("Offered: Yes", count, Base("answered", base))], field)
    return found


def in_the_way(evidence, owner, action, overstates):
    stands_on = [KNOWN[one] for one in evidence.split(" and ") if one]
    found = problems(
        owner=owner, action=action, evidence=stands_on, overstated=[overstates] * bool(overstates)
    )
    return " ".join(one.says for one in found) or "may be agreed"


def steps(state):
    return ", ".join(step.value for step in Step if State(state) in TAKES[step])


PAGE = Page(
    slug="key-messages",
    title="Key messages of a survey",
    says=(
        "A key message is one sentence that stands on figures and themes. Words and numbers of quantity in "
        "it hold by the rules that a report is written and checked by; a share that is said of all councils "
        "must hold whatever those would have said that did not answer."
    ),
    tables=(
        Table(
            title="What a sentence may say of a figure",
            says="“Of” is how many answered, “asked” how many councils there are.",
            given=("sentence", "said so", "of", "asked"),
            then=("holds",),
            rows=(
                ("Councils can learn from each other.", 40, 58, 152, "yes"),
                ("Most councils that answered offer it.", 40, 58, 152, "yes"),
                ("Most respondents offer it.", 29, 58, 152, "no"),
                ("Most councils offer it.", 40, 58, 152, "no"),
                ("Most councils offer it.", 80, 100, 152, "yes"),
                ("Most councils offer it.", 40, 58, 58, "yes"),
                ("All respondents offer it.", 57, 58, 152, "no"),
                ("All but one of the respondents offer it.", 57, 58, 152, "yes"),
                ("A third of the councils that took part offer it.", 19, 58, 152, "yes"),
                ("Two-thirds of respondents offer it.", 40, 58, 152, "no"),
                ("Half the councils that replied offer it.", 29, 58, 152, "yes"),
                ("Few respondents offer it.", 5, 58, 152, "yes"),
                ("Few councils offer it.", 5, 58, 152, "no"),
                ("69% of councils that answered offer it.", 40, 58, 152, "yes"),
                ("70% of councils that answered offer it.", 40, 58, 152, "no"),
                ("40 of 58 councils (69%) offer it.", 40, 58, 152, "yes"),
                ("41 councils offer it.", 40, 58, 152, "no"),
                ("Most people who answered have one.", 40, 58, 152, "no"),
                ("It was offered in 2013, at least by one.", 40, 58, 152, "yes"),
            ),
            run=holds,
        ),
        Table(
            title="What is said of a sentence that does not hold",
            says="Which figure it would need.",
            given=("sentence", "said so", "of", "asked"),
            then=("what is said",),
            rows=(
                (
                    "Most respondents offer it.", 20, 58, 152,
                    "“Most” holds of no figure that the message stands on: “Offered: Yes” is 20 of 58 "
                    "councils that answered this, and would have to be 30 to 58.",
                ),
                (
                    "Most councils offer it.", 40, 58, 152,
                    "“Most” holds of no figure that the message stands on: “Offered: Yes” is 40 of 58 "
                    "councils that answered this, and “Most … councils” is said of all 152: write “councils "
                    "that answered”, or stand it on a figure of all of them.",
                ),
                (
                    "Most people have one.", 40, 58, 152,
                    "“Most” holds of no figure that the message stands on: “Offered: Yes” is 40 of 58 "
                    "councils that answered this, and is no share of people.",
                ),
            ),
            run=needs,
        ),
        Table(
            title="When a message may be agreed",
            says="Everything that stands in the way is told at once.",
            given=("stands on", "owner", "action", "overstates"),
            then=("what is said",),
            rows=(
                ("a figure", "Leads", "Send it", "", "may be agreed"),
                ("a theme", "Leads", "Send it", "", "may be agreed"),
                ("a figure of 0", "Leads", "Send it", "", "may be agreed"),
                ("", "Leads", "Send it", "", "It stands on no figure and no theme. Add one."),
                ("a figure", "", "Send it", "", "Nobody owns the action. Say who does."),
                ("a figure", "Leads", " ", "", "It asks for no action. Say what was agreed."),
                ("a figure", "Leads", "Send it", "“Most” stands on none.", "“Most” stands on none."),
                (
                    "a figure and a suppressed figure", "Leads", "Send it", "",
                    "“Offered: No” is suppressed, so nothing can stand on it.",
                ),
                (
                    "a figure of nobody", "Leads", "Send it", "",
                    "It stands on no figure and no theme that counts. Add one. "
                    "Nobody has answered “Offered: No” yet.",
                ),
                (
                    "a figure and an answer that is gone", "Leads", "Send it", "",
                    "“Offered: x” is no longer an answer to choose.",
                ),
                (
                    "a figure and a code that is gone", "Leads", "Send it", "",
                    "“Early” is no longer a code of the codebook in use.",
                ),
                (
                    "a figure and a theme without passages", "Leads", "Send it", "",
                    "No passage stands under “Early”.",
                ),
            ),
            run=in_the_way,
        ),
        Table(
            title="What can be done with it",
            says="By its state.",
            given=("state",),
            then=("steps",),
            rows=(
                ("drafted", "change, agree, drop"),
                ("agreed", "act on, drop, reopen"),
                ("acted_on", ""),
                ("dropped", "reopen"),
            ),
            run=steps,
        ),
    ),
)  # fmt: skip
