"""What a council said beside what was published of it."""

from datetime import date
from fractions import Fraction

from spec.tables import Page, Table
from wherewithal.core.refusal import Refusal
from wherewithal.core.self_report import (
    Verdict,
    agreeing,
    count_said,
    may_compare,
    printed,
    share_said,
    verdict,
)


def _count(said: int, published: int, to: int, leeway: int) -> str:
    return str(verdict(count_said(said), _figure(published, to, leeway)))


def _share(said: int, published: str, leeway: int) -> str:
    return str(
        verdict(share_said(said), printed(Fraction(published), to=Fraction("0.1"), leeway=Fraction(leeway)))
    )


def _share_of(said: int, of: int, published: int, leeway: int) -> tuple[str, str]:
    span = share_said(said, of)
    upto = "up to" if not span.open else "below"
    wide = f"{float(span.low):g} {upto} {float(span.high):g}"
    return wide, str(verdict(span, _figure(published, 5, leeway)))


def _figure(published: int, to: int, leeway: int):
    return printed(Fraction(published), to=Fraction(to), leeway=Fraction(published * leeway, 100))


def _may(mode: str, unit: str, state: str, keys: str, go_on: str, on: str) -> str:
    try:
        may_compare(
            mode=mode, unit=unit, state=state, keys_gone=keys == "destroyed",
            keys_go_on=date.fromisoformat(go_on) if go_on else None, on=date.fromisoformat(on),
        )  # fmt: skip
    except Refusal as refusal:
        return refusal.says
    return "yes"


def _sum(verdicts: str) -> tuple[int, int]:
    return agreeing(Verdict(one.strip()) for one in verdicts.split(";"))


COUNTS = Table(
    title="A count that was said",
    says="A printed count stands for all that round to it; leeway is per cent of the printed figure.",
    given=("Said", "Published", "Rounded to", "Leeway, %"),
    then=("Verdict",),
    rows=(
        (102, 100, 5, 0, "agrees"), (103, 100, 5, 0, "above"), (97, 100, 5, 0, "below"),
        (112, 100, 5, 10, "agrees"), (113, 100, 5, 10, "above"), (0, 0, 5, 10, "agrees"),
    ),
    run=_count,
)  # fmt: skip

SHARES = Table(
    title="A share that was said",
    says="A share is rounded down: 59 is anything from 59 to below 60. Published have one decimal.",
    given=("Said, %", "Published, %", "Leeway, points"),
    then=("Verdict",),
    rows=(
        (59, "59.7", 0, "agrees"), (59, "60.0", 0, "agrees"), (59, "60.1", 0, "below"),
        (59, "58.9", 0, "above"),
        (59, "54.0", 5, "agrees"), (59, "53.9", 5, "above"), (100, "100.0", 0, "agrees"),
        (0, "0.9", 0, "agrees"),
    ),
    run=_share,
)  # fmt: skip

SHARES_OF = Table(
    title="A share of so many people, beside a published count",
    says="Multiplied, the two are as wide as a share without decimals leaves them. Published to 5.",
    given=("Said, %", "Of", "Published", "Leeway, %"),
    then=("So many said", "Verdict"),
    rows=(
        (59, 4000, 2375, 0, "2360 below 2400", "agrees"),
        (59, 4000, 2405, 0, "2360 below 2400", "below"),
        (59, 4000, 2100, 10, "2360 below 2400", "above"),
        (100, 40, 40, 0, "40 up to 40", "agrees"),
    ),
    run=_share_of,
)

MAY = Table(
    title="In which survey names may be looked at for it",
    says="Every look is kept, with who looked and when.",
    given=("Promise", "Of", "State", "Keys", "They go on", "Looked at on"),
    then=("May it be?",),
    rows=(
        ("coded", "council", "closed", "there", "2026-12-31", "2026-12-30", "yes"),
        ("coded", "council", "released", "there", "2026-12-31", "2026-12-30", "yes"),
        ("coded", "council", "released", "there", "2026-12-31", "2026-12-31",
         "The keys are due to be destroyed since 31 December 2026: respondents were told that day. From then "
         "on no name is looked at, whether the keys are there still or not."),
        ("coded", "council", "closed", "there", "2026-12-31", "2027-01-01",
         "The keys are due to be destroyed since 31 December 2026: respondents were told that day. From then "
         "on no name is looked at, whether the keys are there still or not."),
        ("coded", "council", "open", "there", "2026-12-31", "2026-06-01",
         "The survey is not closed yet. Answers are held against nothing while they may change."),
        ("coded", "council", "released", "destroyed", "2026-12-31", "2027-01-01",
         "The keys are destroyed: nobody knows any more whose an answer is."),
        ("coded", "staff", "closed", "there", "2026-12-31", "2026-06-01",
         "Figures are published of councils, and this survey asks others."),
        ("anonymous", "council", "closed", "there", "", "2026-06-01",
         "This survey is anonymous: nobody knows whose an answer is, so none can be held against what was "
         "published of a council."),
        ("attributed", "council", "closed", "there", "", "2026-06-01",
         "This survey is attributed: each answer stands under its council’s name among the replies, for "
         "everybody who reads them. Answers are held against what was published in confidential (coded) "
         "surveys only."),
    ),
    run=_may,
)  # fmt: skip

SUMMARY = Table(
    title="How many agree",
    says="Of those that said something and of which a number was published; a mark is no number.",
    given=("Verdicts",),
    then=("Agree", "Of"),
    rows=(
        ("agrees; above; below; nothing said; a mark; nothing published", 1, 3),
        ("nothing said; a mark", 0, 0),
    ),
    run=_sum,
)

PAGE = Page(
    slug="self-report",
    title="What councils said, against what was published",
    says="""An answer about a council's own numbers can be held against a figure that was published of it. The
two are never quite one count, so it is said how they differ, and within how much they are taken to agree.""",
    tables=(COUNTS, SHARES, SHARES_OF, MAY, SUMMARY),
)
