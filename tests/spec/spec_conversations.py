"""Reference: what a figure allows to be said of a council that is behind, and what comes next with it."""

from datetime import date
from fractions import Fraction

from conversing import figure

from spec.tables import Page, Table
from wherewithal.analytics.interval import wilson
from wherewithal.core.conversation import (
    Later,
    NotThisWay,
    Standing,
    Within,
    beside,
    check_close,
    check_reasons,
    due,
    reach,
)

BEGUN = date(2026, 4, 7)
KNOWN = ("market", "systems", "bureaucracy", "staff", "other")
BY = {"the same": "Share A", "another": "Share B"}


def lies(numerator, denominator, threshold):
    interval = wilson(numerator, denominator)
    return str(reach(Fraction(numerator, denominator), interval, Fraction(threshold, 100)))


def compared(then, now, year, definition, broken):
    later = []
    if year:
        count, _, of = now.partition(" of ")
        found = figure(int(count), int(of), year, BY[definition]) if of else None
        later = [Later(year, BY[definition], found, mark="" if of else now, broken=broken)]
    count, _, of = then.partition(" of ")
    return beside(figure(int(count), int(of)), later).says


def _standing(talked, reason, open_actions, agreed, look, looked):
    day = {"": None} | {one: date.fromisoformat(f"2026-{one}") for one in (talked, look, looked) if one}
    return Standing(
        BEGUN, day[talked], reason == "yes",
        tuple(date.fromisoformat(f"2026-{one}") for one in open_actions.split() if one),
        agreed, day[look], day[looked],
    )  # fmt: skip


def comes_next(*standing):
    found = due(_standing(*standing), Within(talk=28, agree=14))
    return f"{found.what}, {found.on:%m-%d}"


def closes(talked, reason, open_actions, outcome):
    standing = _standing(talked, reason, open_actions, len(open_actions.split()), "", "")
    return _said(check_close, standing, outcome)


def why(given, other):
    return _said(check_reasons, given.split(), other, KNOWN)


def _said(check, *given):
    try:
        check(*given)
    except NotThisWay as refusal:
        return refusal.says
    return "yes"


PAGE = Page(
    slug="conversations",
    title="Conversations with councils that are behind",
    says=(
        "What a published share and its interval allow to be said beside a threshold, how a later figure is "
        "set beside one of then, what comes next in a conversation, and when it may be closed. All figures "
        "here are made up."
    ),
    tables=(
        Table(
            title="Where a share lies beside a threshold",
            says=(
                "By its 95% interval (Wilson, JASA 22, 1927). Below is only what lies below as a whole; what "
                "is level is not below. A conversation may be begun where a share is below, and "
                "where it may not be."
            ),
            given=("count", "of", "threshold, %"),
            then=("it is",),
            rows=(
                (60, 1000, 10, "below"),
                (90, 1000, 10, "may not be below"),
                (9, 100, 10, "may not be below"),
                (900, 10000, 10, "below"),
                (100, 1000, 10, "not below, but it could be"),
                (110, 1000, 10, "not below, but it could be"),
                (130, 1000, 10, "not below"),
                (0, 1000, 10, "below"),
                (0, 10, 10, "may not be below"),
            ),
            run=lies,
        ),
        Table(
            title="A figure of now beside one of then",
            says=(
                "Only of the same definition, with no break between; higher or lower only where the two "
                "intervals do not overlap (Goldstein and Healy, JRSS A 158, 1995). The figure of then is of "
                "2024-25."
            ),
            given=("then", "now", "year", "definition", "break"),
            then=("what is said",),
            rows=(
                ("60 of 1000", "120 of 1000", "2025-26", "the same", "",
                 "2024-25: 6.0%. 2025-26: 12.0%. It is higher: the two intervals do not overlap."),
                ("60 of 1000", "20 of 1000", "2025-26", "the same", "",
                 "2024-25: 6.0%. 2025-26: 2.0%. It is lower: the two intervals do not overlap."),
                ("60 of 1000", "70 of 1000", "2025-26", "the same", "",
                 "2024-25: 6.0%. 2025-26: 7.0%. The two intervals overlap: it may be the same."),
                ("60 of 1000", "[c]", "2025-26", "the same", "",
                 "For 2025-26 “[c]” is published in place of its figure: there is nothing to compare."),
                ("60 of 1000", "120 of 1000", "2025-26", "another", "",
                 "The figure of 2025-26 is by another definition, Share B, and is not compared."),
                ("60 of 1000", "120 of 1000", "2025-26", "the same", "Counted otherwise.",
                 "The figure of 2025-26 is not compared: a break stands between. Counted otherwise."),
                ("60 of 1000", "", "", "the same", "", "No figure after 2024-25 is on record."),
            ),
            run=compared,
        ),
        Table(
            title="What comes next, and by when",
            says=(
                "A conversation that began on 04-07 (month and day), to be had within 28 days, and with "
                "something agreed 14 days after. Of what is open the earliest day counts."
            ),
            given=("spoken on", "reason given", "actions due", "agreed ever", "look again on", "looked on"),
            then=("next",),
            rows=(
                ("", "no", "", 0, "", "", "Speak with the council, 05-05"),
                ("04-20", "no", "", 0, "", "", "Say why it is behind, 05-04"),
                ("04-20", "yes", "", 0, "", "", "Agree what will be done, or close it, 05-04"),
                ("04-20", "yes", "06-01 07-01", 2, "08-01", "", "Say what came of an action, 06-01"),
                ("04-20", "yes", "09-01", 2, "08-01", "", "Look at it again, 08-01"),
                ("04-20", "yes", "", 2, "08-01", "", "Look at it again, 08-01"),
                ("04-20", "yes", "", 2, "", "08-02", "Close it, or agree what comes next, 08-02"),
            ),
            run=comes_next,
        ),
        Table(
            title="When it may be closed",
            says="One that was not behind needs no talk and no reason; nothing may be left open.",
            given=("spoken on", "reason given", "actions due", "outcome"),
            then=("may it",),
            rows=(
                ("04-20", "yes", "", "caught_up", "yes"),
                ("", "no", "", "not_behind", "yes"),
                ("", "no", "", "no_change", "Nobody has spoken with the council yet."),
                ("04-20", "no", "", "on_the_way", "Say why it was behind first."),
                ("04-20", "yes", "06-01", "caught_up",
                 "An action is still open. Say what came of it first."),
                ("04-20", "yes", "06-01 07-01", "not_behind",
                 "2 actions are still open. Say what came of them first."),
            ),
            run=closes,
        ),
        Table(
            title="Why a council is behind",
            says="One reason of the list or several; another one in words.",
            given=("reasons", "in words"),
            then=("may it be said",),
            rows=(
                ("market", "", "yes"),
                ("market staff", "", "yes"),
                ("other", "The floods", "yes"),
                ("", "", "Choose why it is behind, one reason at least."),
                ("laziness", "", "Choose why it is behind, one reason at least."),
                ("other", " ", "Say what the other reason is."),
                ("market", "The floods", "Tick the other reason too, or take its words out."),
            ),
            run=why,
        ),
    ),
)  # fmt: skip
