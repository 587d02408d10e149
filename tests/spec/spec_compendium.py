"""Reference: what of the compendium is published, and what is told of who took an example up."""

from datetime import date

from spec.tables import Page, Table
from wherewithal.core.compendium import File, Judged, contact_is_shown, in_the_way, taken_up
from wherewithal.core.policy import Used
from wherewithal.core.screening import Kept, screen
from wherewithal.policy.quotation import screened_by

WORDS = screened_by(Used(date(2026, 6, 1)))


def stands(named, words, kept, file, behind):
    found = screen(words, WORDS)
    judged = Judged(
        named=named, findings=found, hands=frozenset(), file=File(file), behind=behind,
        kept=tuple(Kept(one.kind, one.words, "known to all") for one in found if kept),
    )  # fmt: skip
    return "no" if in_the_way(judged) else "yes"


def contact(named, may_be_asked):
    return "yes" if contact_is_shown(named=named, may_be_asked=may_be_asked) else "no"


def told(results):
    return taken_up(results.split()) or "nothing"


PAGE = Page(
    slug="compendium",
    title="The compendium: what is published",
    says=(
        "What a council hands in is shown once a surveyor has written how it will be published and a second "
        "one has signed that off. It is screened as quotations are (see screening.md)."
    ),
    tables=(
        Table(
            title="Whether it may be signed off",
            says=(
                "Of a council that is not to be named, whatever the screens find is changed away or kept for "
                "a reason; a place, a region or an address must go. Where the council may be named, only "
                "names and addresses are asked about. A file is published once somebody has looked at it."
            ),
            given=("may be named", "words", "findings kept", "file", "council changed its words since"),
            then=("signed off",),
            rows=(
                (False, "Brokers meet people early.", False, "none", False, "yes"),
                (False, "We did it for 43 people.", False, "none", False, "no"),
                (False, "We did it for 43 people.", True, "none", False, "yes"),
                (False, "As they do in Kent.", True, "none", False, "no"),
                (True, "As they do in Kent, for 43 people.", False, "none", False, "yes"),
                (True, "We asked Morgan Made-Up.", False, "none", False, "no"),
                (True, "We asked Morgan Made-Up.", True, "none", False, "yes"),
                (False, "Brokers meet people early.", False, "not looked at", False, "no"),
                (False, "Brokers meet people early.", False, "looked at", False, "yes"),
                (True, "Brokers meet people early.", False, "not looked at", False, "no"),
                (True, "Brokers meet people early.", False, "none", True, "no"),
            ),
            run=stands,
        ),
        Table(
            title="Whether other councils read whom to ask",
            says="A contact tells which council it is.",
            given=("may be named", "contact may be asked"),
            then=("shown",),
            rows=((True, True, "yes"), (True, False, "no"), (False, True, "no"), (False, False, "no")),
            run=contact,
        ),
        Table(
            title="Who took it up",
            says=(
                "Councils are no people: their counts are exact, as in the disclosure rule for councils. "
                "Which council it is, is told only where that council allows it; its words only once a "
                "second person signed them off; and the counts are not broken down by region or type."
            ),
            given=("results",),
            then=("told",),
            rows=(
                ("", "nothing"),
                ("trying", "Taken up by 1 council: 1 still trying"),
                ("worked not", "Taken up by 2 councils: it worked for 1, did not work for 1"),
                (
                    "in_part too_early worked worked",
                    "Taken up by 4 councils: it worked for 2, in part for 1, too early to say for 1",
                ),
            ),
            run=told,
        ),
    ),
)
