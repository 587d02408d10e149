"""Some made-up replies of 2011 change councils, so that they agree with what was published of the council.

As they are drawn, nobody’s size and take-up come near the published count, and nobody could see what
agreement looks like. Only councils of one type exchange numbers, and a take-up only within a band: what is
counted of the replies by type or by band stays as it was. All of it is made up all the same.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations

from wherewithal.core.self_report import Verdict
from wherewithal.policy.self_reports import Compared, compared_with, comparisons, said_by
from wherewithal.policy.series import Printed
from wherewithal.simulate.dealing import Draft

SIZE, TAKE_UP = ("target_size",), ("takeup", "takeup_band")
EXCHANGES = (SIZE, TAKE_UP, SIZE + TAKE_UP)


def come_near(drafts: Sequence[Draft], opened: date) -> None:
    """Exchanges numbers of two councils, pair after pair, wherever more then agree; the same each time."""
    [of] = comparisons("personalisation-2011", opened)
    figures = of.by_council()
    pairs = [pair for pair in combinations(drafts, 2) if pair[0].council.type == pair[1].council.type]
    while any(_nearer(pair, names, figures, of) for pair in pairs for names in EXCHANGES):
        pass


def _nearer(
    pair: tuple[Draft, Draft], names: Sequence[str], figures: Mapping[str, Printed], of: Compared
) -> bool:
    """Whether more agree for the exchange; else it is undone."""
    if not _may_exchange(pair, names):
        return False
    before = _agreeing(pair, figures, of)
    _exchange(pair, names)
    if _agreeing(pair, figures, of) > before:
        return True
    _exchange(pair, names)
    return False


def _may_exchange(pair: tuple[Draft, Draft], names: Sequence[str]) -> bool:
    """Sizes always; take-up where both state one below 60 in a hundred, of which no milestone speaks."""
    if names == SIZE:
        return True
    return all("takeup" in one.answers and one.codes["takeup_band"] == ["under_60"] for one in pair)


def _exchange(pair: tuple[Draft, Draft], names: Sequence[str]) -> None:
    one, other = pair
    for name in names:
        one.answers[name], other.answers[name] = other.answers[name], one.answers[name]


def _agreeing(pair: tuple[Draft, Draft], figures: Mapping[str, Printed], of: Compared) -> int:
    verdicts = [compared_with(said_by(one.answers, of), figures[one.council.code], of) for one in pair]
    return verdicts.count(Verdict.AGREES)
