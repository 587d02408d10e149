"""Eligibility by date: the Care Act for adults and carers, and before it Fair Access to Care Services."""

from datetime import date

from spec.tables import Page, Table
from wherewithal.core.eligibility import BandFindings, OutcomeFindings, Unmet, decide, suggested
from wherewithal.core.refusal import Refusal
from wherewithal.policy.eligibility import rules
from wherewithal.policy.questionnaire import questionnaire

TODAY = date(2026, 4, 6)


def rule_on(kind, on):
    try:
        return rules(kind, on).id
    except Refusal as refusal:
        return refusal.says


def _decided(kind, on, findings):
    try:
        return "yes" if decide(rules(kind, on), findings).eligible else "no"
    except Refusal as refusal:
        return refusal.says


def adult(cause, unmet, impact):
    """``unmet`` as "outcome limb, outcome limb"."""
    return _decided("adult", TODAY, OutcomeFindings(cause, _unmet(unmet), (), impact))


def carer(cause, health, unmet, impact):
    alone = ("health",) if health else ()
    return _decided("carer", TODAY, OutcomeFindings(cause, _unmet(unmet), alone, impact))


def band(risks):
    return _decided("adult", date(2015, 3, 31), BandFindings(tuple(risks.split())))


FOUND = {
    "illness; keeping clean hurts and takes long, no work without help; big effect on work and dignity": (
        OutcomeFindings(
            True,
            (Unmet("b", "pain"), Unmet("b", "longer"), Unmet("h", "help")),
            impact=True,
            wellbeing=("work", "dignity"),
        )
    ),
    "illness; no cooking without help, seen over a month": OutcomeFindings(
        True, (Unmet("a", "help"),), looked_at="a diary of the month of March"
    ),
    "cares for an adult; health at risk; big effect": OutcomeFindings(True, alone=("health",), impact=True),
    "a moderate risk": BandFindings(("moderate",)),
}


def told(kind, on, found):
    return " ".join(decide(rules(kind, on), FOUND[found]).reasons)


def looks_unmet(answers):
    return ", ".join(one.outcome for one in suggested(questionnaire("sds-adult", TODAY), answers))


def _unmet(text):
    return tuple(Unmet(*pair.split()) for pair in text.split(", ") if pair)


PAGE = Page(
    slug="eligibility",
    title="Who qualifies for support",
    says=(
        "The worker finds, the rule of the day decides, and every result says why. Findings are made as if "
        "nobody helped: unpaid care is counted later, when support is planned."
    ),
    tables=(
        Table(
            title="Which rule, when",
            says=(
                "The Care Act's criteria came into force on 1 April 2015 (SI 2015/313 with SI 2015/993); "
                "before, councils used the bands of Fair Access to Care Services from 7 April 2003, each "
                "with its own threshold. A day that no rule covers is refused."
            ),
            given=("for", "on"),
            then=("rule",),
            rows=(
                ("adult", date(2015, 3, 31), "facs-2003"),
                ("adult", date(2015, 4, 1), "care-act-adult-2015"),
                ("carer", date(2015, 4, 1), "care-act-carer-2015"),
                (
                    "carer",
                    date(2015, 3, 31),
                    "No rule of eligibility for “carer” is on record for 31 March 2015. Check the date, or "
                    "ask whoever keeps the policy to add the rule, with its source.",
                ),
                (
                    "adult",
                    date(2003, 4, 6),
                    "No rule of eligibility for “adult” is on record for 6 April 2003. Check the date, or "
                    "ask whoever keeps the policy to add the rule, with its source.",
                ),
                (
                    "adult",
                    date(2011, 3, 31),
                    "No value of “The lowest band of risk that the council supports, under Fair Access to "
                    "Care Services” is on record for 31 March 2011. "
                    "Whoever keeps the policy adds it, with its source.",
                ),
            ),
            run=rule_on,
        ),
        Table(
            title="Adults since 1 April 2015",
            says=(
                "All three: needs that come from an impairment or illness; two or more of ten outcomes out "
                "of reach; a significant impact on well-being, there or likely. Out of reach means: not "
                "without help, with great pain or worry, with danger, or taking much longer. One outcome "
                "counts once, by however many of these. SI 2015/313 reg 2."
            ),
            given=("from impairment or illness", "out of reach", "big effect on well-being"),
            then=("eligible",),
            rows=(
                (True, "a help, b pain", True, "yes"),
                (True, "a longer, j danger", True, "yes"),
                (True, "a help", True, "no"),
                (True, "a help, a pain", True, "no"),
                (True, "a help, b help, c help", False, "no"),
                (False, "a help, b help", True, "no"),
                (True, "", None, "no"),
                (
                    True,
                    "a help, b help",
                    None,
                    "Say whether this has a big effect on the person's well-being, or is likely to.",
                ),
                (
                    None,
                    "a help, b help",
                    True,
                    "Say whether this is so: the needs come from, or have to do with, a physical or mental "
                    "impairment or illness.",
                ),
                (True, "k help", True, "“Care Act eligibility of adults” has no outcome “k”."),
            ),
            run=adult,
        ),
        Table(
            title="Carers since 1 April 2015",
            says=(
                "All three: needs that come from giving necessary care to an adult; health that is or may "
                "be getting worse, or any one of eight outcomes out of reach; a significant impact on "
                "well-being. One outcome is enough, though some guides have said two. Taking longer does "
                "not count. SI 2015/313 reg 3."
            ),
            given=("from necessary care", "health at risk", "out of reach", "big effect on well-being"),
            then=("eligible",),
            rows=(
                (True, False, "work help", True, "yes"),
                (True, True, "", True, "yes"),
                (True, False, "", True, "no"),
                (True, True, "", False, "no"),
                (True, False, "work help", False, "no"),
                (False, True, "work help", True, "no"),
                (
                    True,
                    False,
                    "work longer",
                    True,
                    "“Care Act eligibility of carers” has no way of being unable “longer”.",
                ),
            ),
            run=carer,
        ),
        Table(
            title="Adults before 1 April 2015",
            says=(
                "The worst risk found, against the council's threshold. Exampleshire, which is made up, "
                "supported people from “substantial” up."
            ),
            given=("risks found",),
            then=("eligible",),
            rows=(
                ("critical", "yes"),
                ("substantial", "yes"),
                ("low substantial", "yes"),
                ("moderate", "no"),
                ("moderate low", "no"),
                ("", "no"),
                ("severe", "“Fair Access to Care Services” has no band “severe”."),
            ),
            run=band,
        ),
        Table(
            title="What the person is told",
            says=(
                "Each step in a sentence, for yes and for no. The written record of the decision and its "
                "reasons is the person's right (Care Act 2014 s13(2)); so is advice where the answer is no "
                "(s13(5))."
            ),
            given=("for", "on", "findings"),
            then=("told",),
            rows=(
                (
                    "adult",
                    TODAY,
                    "illness; keeping clean hurts and takes long, no work without help; big effect on work "
                    "and dignity",
                    "You need support because of an illness or a disability of body or mind. Of the 10 "
                    "things in the law's list, we found 2 that you are unable to do. The law asks for 2 or "
                    "more. Keeping clean: doing this alone causes you a lot of pain, upset or worry; doing "
                    "this alone takes you much longer than it should. Working, training, learning or "
                    "volunteering: you cannot do this without help. This has, or is likely to have, a big "
                    "effect on your well-being: being treated with respect; work, learning and leisure. "
                    "So you have needs that qualify for support. Next we ask whether you want the council "
                    "to help meet them, and we plan that with you.",
                ),
                (
                    "adult",
                    TODAY,
                    "illness; no cooking without help, seen over a month",
                    "You need support because of an illness or a disability of body or mind. Of the 10 "
                    "things in the law's list, we found 1 that you are unable to do. The law asks for 2 or "
                    "more. Eating and drinking well: you cannot do this without help. Your needs come and "
                    "go, so we looked at this time: a diary of the month of March. So your needs do not "
                    "qualify for support from the council. We will give you written advice on what can help "
                    "now, and on how to stop or put off needing more. You can ask us to look again if "
                    "things change.",
                ),
                (
                    "carer",
                    TODAY,
                    "cares for an adult; health at risk; big effect",
                    "You need support because you care for an adult who needs it. Your own health is "
                    "getting worse, or may well do so. The law counts this by itself. This has, or is likely "
                    "to have, a big effect on your well-being. So you qualify for support as a carer. Next "
                    "we plan with you what would help.",
                ),
                (
                    "adult",
                    date(2012, 6, 1),
                    "a moderate risk",
                    "Without support, the risk to your independence is moderate: you cannot keep up several "
                    "things in daily life. This council supports people whose risk is critical or "
                    "substantial. So you do not qualify for support from the council under this rule. We "
                    "will tell you what else can help, and you can ask us to look again if things change.",
                ),
            ),
            run=told,
        ),
        Table(
            title="What the answers suggest",
            says=(
                "An answer to the questionnaire of the middle level or above makes its outcome look unmet. "
                "The worker decides."
            ),
            given=("answers",),
            then=("look unmet",),
            rows=(
                ({}, ""),
                ({"eating_need": "aid", "washing_need": "some", "places_need": "all"}, "b, i"),
                ({"has_children": "yes", "children_need": "most"}, "j"),
                ({"has_children": "no", "children_need": "most"}, ""),
            ),
            run=looks_unmet,
        ),
    ),
)
