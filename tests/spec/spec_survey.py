"""Reference: the field of a survey, when answers are late, who is reminded, how a sample is drawn."""

from datetime import datetime
from zoneinfo import ZoneInfo

from spec.tables import Page, Table
from wherewithal.core import survey
from wherewithal.core.sampling import draw, replacement

LONDON = ZoneInfo("Europe/London")
OPENS, CLOSES = datetime(2026, 4, 7, 9, tzinfo=LONDON), datetime(2026, 5, 5, 17, tzinfo=LONDON)


def on(day: int, month: int, hour: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=LONDON)


def taken(mode, state, day, month, hour):
    at = on(day, month, hour)
    return survey.accepts(mode=mode, state=state, opens_at=OPENS, closes_at=CLOSES, at=at).value


def reminded(state, answered, letters):
    told_at = [on(day, 4) for day in letters]
    return (
        survey.why_not_reminded(state=state, answered=answered, told_at=told_at, at=on(20, 4)) or "reminded"
    )


def rate(answered, invited):
    return survey.Rate(answered, invited).says


def counted(*rows):
    field = survey.field(survey.Invited(str(n), "x", *row) for n, row in enumerate(rows))
    whole = field.cell("", "")
    return whole.all.says, whole.targeted.says, whole.open.says


def sample(members, size):
    strata = {f"{name}{number}": name for name, count in members for number in range(count)}
    drawn = draw(strata, size, 7).drawn
    return tuple((name, sum(strata[code] == name for code in drawn)) for name, _ in members)


def next_of(alike, taken):
    strata = dict.fromkeys(alike, "North, county")
    return replacement(strata, alike[0], taken, 7) or "nobody"


PAGE = Page(
    slug="survey",
    title="A survey in the field",
    says=(
        "A wave asks everybody in a register. It is anonymous, coded or attributed, and whoever is asked is "
        "told which and what it means. It opened here on 7 April 2026 at 9 and closes on 5 May at 17."
    ),
    tables=(
        Table(
            title="When an answer is taken",
            says=(
                "Late answers are kept apart. An anonymous wave takes none: one that came alone could be "
                "told from those that were mixed. When the results are out nothing is taken."
            ),
            given=("mode", "state", "day", "month", "hour"),
            then=("the answer is",),
            rows=(
                ("coded", "draft", 10, 4, 12, "not yet"),
                ("coded", "open", 7, 4, 8, "not yet"),
                ("coded", "open", 7, 4, 9, "in time"),
                ("coded", "open", 5, 5, 16, "in time"),
                ("coded", "open", 5, 5, 17, "late"),
                ("attributed", "closed", 6, 5, 12, "late"),
                ("attributed", "released", 6, 5, 12, "no longer"),
                ("anonymous", "open", 5, 5, 16, "in time"),
                ("anonymous", "open", 5, 5, 17, "no longer"),
                ("anonymous", "closed", 6, 5, 12, "no longer"),
            ),
            run=taken,
        ),
        Table(
            title="Who is reminded on 20 April",
            says="Invited, silent, and no letter in the last three days.",
            given=("state", "answered", "letters in April on"),
            then=("reminded, or why not",),
            rows=(
                ("invited", False, (7,), "reminded"),
                ("invited", False, (7, 17), "reminded"),
                ("invited", False, (7, 18), "heard from us in the last three days"),
                ("invited", True, (7,), "has answered"),
                ("refused", False, (7,), "will not answer"),
                ("bounced", False, (7,), "cannot be reached: the letter came back"),
                ("listed", False, (), "was not invited yet"),
            ),
            run=reminded,
        ),
        Table(
            title="A response rate",
            says="To one place, halves up, never without its base.",
            given=("answered", "invited"),
            then=("says",),
            rows=(
                (58, 152, "58 of 152 (38.2%)"),
                (1, 8, "1 of 8 (12.5%)"),
                (1, 16, "1 of 16 (6.3%)"),
                (0, 20, "0 of 20 (0.0%)"),
                (0, 0, "nobody invited"),
            ),
            run=rate,
        ),
        Table(
            title="Who counts",
            says=(
                "Each invitation: region, type, state, answered, in the sample. Who bounced or refused was "
                "invited and stays in the base; who is only listed is not in it. The sample and the others "
                "are told apart."
            ),
            given=("first", "second", "third"),
            then=("all", "the sample", "outside it"),
            rows=(
                (
                    ("London", "County", "invited", True, True),
                    ("London", "County", "refused", False, True),
                    ("London", "County", "bounced", False, False),
                    "1 of 3 (33.3%)",
                    "1 of 2 (50.0%)",
                    "0 of 1 (0.0%)",
                ),
                (
                    ("London", "County", "invited", True, False),
                    ("London", "County", "listed", False, False),
                    ("London", "County", "listed", False, False),
                    "1 of 1 (100.0%)",
                    "nobody invited",
                    "1 of 1 (100.0%)",
                ),
            ),
            run=counted,
        ),
        Table(
            title="A sample by strata",
            says="Each stratum gets its share, by largest remainder; a tie goes to the first by name.",
            given=("strata and their members", "size"),
            then=("drawn of each",),
            rows=(
                ((("a", 10), ("b", 10)), 10, (("a", 5), ("b", 5))),
                ((("a", 10), ("b", 10)), 5, (("a", 3), ("b", 2))),
                ((("a", 27), ("b", 36), ("c", 33), ("d", 56)), 20, (("a", 4), ("b", 5), ("c", 4), ("d", 7))),
                ((("a", 1), ("b", 99)), 10, (("a", 0), ("b", 10))),
            ),
            run=sample,
        ),
        Table(
            title="Who takes a place in the sample",
            says="The next of the same region and type, by the sample's seed; nobody where all are in it.",
            given=("of one stratum, the first is lost", "already in the sample"),
            then=("takes the place",),
            rows=(
                (("p", "q"), ("p",), "q"),
                (("p", "q"), ("p", "q"), "nobody"),
            ),
            run=next_of,
        ),
    ),
)
