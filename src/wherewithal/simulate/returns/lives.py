"""What happens to a part's people: request, assessment, services, reviews, each after what led to it."""

import numpy as np

from wherewithal.simulate.returns import services
from wherewithal.simulate.returns.columns import BLANK, Ints, Rows, any_of, blank, code, codes, joined
from wherewithal.simulate.returns.dates import CARERS, SHORT, Days, drawn
from wherewithal.simulate.returns.people import AT_HOME, FIRST, LAST, LONG_TERM, People, Way

ASKING = (Way.ASKED, Way.EQUIPMENT, Way.REABLEMENT, Way.SHORT_STAY, Way.NEW, Way.CARER_ASKED)


def lived(dice: np.random.Generator, people: People) -> Rows:
    """A row for each event that the return of the year has, by person and then by day.

    What had not ended by the year's last day is not in it yet, but for services, which may be open. Nobody
    has an event after their death. A carer known by association has a row without an event.
    """
    days = drawn(dice, people)
    parts = [
        _requests(dice, people, days),
        _assessments(dice, people, days),
        *_services(dice, people, days),
        *_reviews(dice, people, days),
    ]
    rows = joined([_within_life(part, people) for part in parts] + [_by_association(people)])
    for name, column in people.columns.items():
        rows.columns[name] = column[rows.person]
    return rows.taken(np.lexsort((rows.columns["Event_Start_Date"], rows.person)))


def _requests(dice: np.random.Generator, people: People, days: Days) -> Rows:
    who = np.flatnonzero(people.went(*ASKING))
    outcome = _said(
        "Event_Outcome", people.way[who],
        {
            Way.EQUIPMENT: "Progress to support planning or services",
            Way.REABLEMENT: "Progress to reablement/ST-Max",
            Way.SHORT_STAY: "Progress to support planning or services",
            Way.NEW: "Progress to assessment, review or reassessment",
            Way.CARER_ASKED: "Progress to assessment, review or reassessment",
        },
        "NFA: Information and advice or signposting",
    )  # fmt: skip
    routes = codes("Request_Route_of_Access", "Community / Other route", "Discharge from Hospital",
                   "Planned Entry (Transition)", "Self-Funder")  # fmt: skip
    route = dice.choice(routes, len(who), p=(0.72, 0.22, 0.02, 0.04))
    return _events("Request", who, days.requested, days.answered, outcome, Request_Route_of_Access=route)


def _assessments(dice: np.random.Generator, people: People, days: Days) -> Rows:
    who = np.flatnonzero(people.went(Way.NEW, *CARERS))
    many = len(who)
    eligible = people.way[who] != Way.CARER_ASKED
    said = codes("Eligible_Needs_Identified", "Eligible needs identified", "No needs identified")
    outcomes = codes("Event_Outcome", "Progress to support planning or services",
                     "NFA: Information and advice or signposting")  # fmt: skip
    method = any_of(dice, "Method_of_Assessment", many)
    rows = _events(
        "Assessment", who, days.assessment, days.assessed, np.where(eligible, *outcomes),
        Assessment_Type=np.full(many, code("Assessment_Type", "Long term assessment")),
        Eligible_Needs_Identified=np.where(eligible, *said), Method_of_Assessment=method,
    )  # fmt: skip
    return _with_whom_they_care_for(dice, rows, people)


def _with_whom_they_care_for(dice: np.random.Generator, rows: Rows, people: People) -> Rows:
    """Carers' assessments say how many adults they care for, one or two, and their numbers."""
    cares, many = people.went(*CARERS)[rows.person], len(rows)
    two = cares & (dice.random(many) < 0.08)
    cared_for = [dice.integers(0, len(people), many) for _ in range(2)]
    rows.columns |= {
        "No_of_adults_being_cared_for": np.where(two, 2, np.where(cares, 1, BLANK)),
        "Adult_1_Linked_Person_ID": np.where(cares, cared_for[0], BLANK),
        "Adult_2_Linked_Person_ID": np.where(two, cared_for[1], BLANK),
    }
    return rows


def _services(dice: np.random.Generator, people: People, days: Days) -> list[Rows]:
    """What each person has, and for some with support at home a second and a third service beside it."""
    has = people.went(*LONG_TERM, *SHORT, Way.CARER_NEW, Way.CARER_BREAK)
    found = [_of_service(dice, people, days, np.flatnonzero(has), first=True)]
    home = people.went(*AT_HOME)
    for share in (0.5, 0.2):
        home = home & (dice.random(len(people)) < share)
        found.append(_of_service(dice, people, days, np.flatnonzero(home), first=False))
    return found


def _of_service(dice: np.random.Generator, people: People, days: Days, who: Ints, *, first: bool) -> Rows:
    ends = np.where(days.ends > LAST, BLANK, days.ends)
    outcome = np.where(ends[who] == BLANK, BLANK, code("Event_Outcome", "NFA: Support ended as planned"))
    what = services.described(dice, people.way[who], people.held[who], first=first)
    rows = _events("Service", who, days.starts, ends, outcome, **what)
    return rows.taken(rows.columns["Event_Start_Date"] <= LAST)


def _reviews(dice: np.random.Generator, people: People, days: Days) -> list[Rows]:
    """Six to eight weeks after support began, after reablement, and in the year of most with support."""
    many = len(people)
    supported = people.went(Way.BEFORE, Way.RESIDENTIAL, Way.NURSING)
    in_year = dice.integers(FIRST, LAST + 1, (2, many))
    slots = (
        ("Planned", people.went(Way.NEW), days.starts + dice.integers(42, 57, many)),
        ("Review of short term support", people.went(Way.REABLEMENT), days.ends + dice.integers(0, 10, many)),
        ("Planned", supported & (dice.random(many) < 0.7), in_year[0]),
        ("Unplanned", supported & (dice.random(many) < 0.15), in_year[1]),
    )
    return [_held(dice, reason, np.flatnonzero(held), on) for reason, held, on in slots]


def _held(dice: np.random.Generator, reason: str, who: Ints, on: Ints) -> Rows:
    met = codes("Review_Outcomes_Achieved", "Fully Met", "Partially Met", "Not Met")
    outcome = np.full(len(who), code("Event_Outcome", "Continuation of support or services"))
    return _events(
        "Review", who, on, on, outcome,
        Review_Reason=np.full(len(who), code("Review_Reason", reason)),
        Review_Outcomes_Achieved=dice.choice(met, len(who), p=(0.45, 0.45, 0.1)),
        Method_of_Review=any_of(dice, "Method_of_Review", len(who)),
    )  # fmt: skip


def _events(kind: str, who: Ints, starts: Ints, ends: Ints, outcome: Ints, **more: Ints) -> Rows:
    """Rows of one event type; ``starts`` and ``ends`` are of all people, the rest of those it happens to."""
    columns = {
        "Event_Type": np.full(len(who), code("Event_Type", kind)),
        "Event_Start_Date": starts[who],
        "Event_End_Date": ends[who],
        "Event_Outcome": outcome,
        **more,
    }
    return Rows(who.astype(np.int32), {name: column.astype(np.int32) for name, column in columns.items()})


def _within_life(rows: Rows, people: People) -> Rows:
    """Without what begins after the person's death, or ends outside the year (a service's end apart)."""
    died = people.columns["Date_of_Death"][rows.person]
    starts, ends = rows.columns["Event_Start_Date"], rows.columns["Event_End_Date"]
    service = rows.columns["Event_Type"] == code("Event_Type", "Service")
    in_time = ((ends >= FIRST) & (ends <= LAST)) | (service & ((ends == BLANK) | (ends >= FIRST)))
    return rows.taken(((died == BLANK) | (starts <= died)) & in_time)


def _by_association(people: People) -> Rows:
    who = np.flatnonzero(people.went(Way.CARER_BY_ASSOCIATION)).astype(np.int32)
    return Rows(who, {"Event_Start_Date": blank(len(who))})


def _said(field: str, way: Ints, of: dict[Way, str], otherwise: str) -> Ints:
    by_way = np.full(len(Way), code(field, otherwise))
    for one, word in of.items():
        by_way[one] = code(field, word)
    return by_way[way]
