"""The survey of 2011 with made-up replies: 58 of 152 councils, every published number that can be true.

Which councils replied was never published: those here were drawn by chance, and so were their answers,
within the numbers of ``survey_2011.toml``; a few then exchanged theirs (``near_published``). They say nothing
about the council whose name is beside them.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from wherewithal.analytics.replies import Reply, Sense
from wherewithal.core.coding import Codebook
from wherewithal.core.questions import Questionnaire
from wherewithal.core.sampling import draw
from wherewithal.policy.codebook import codebook
from wherewithal.policy.councils import CouncilRow, councils
from wherewithal.policy.questionnaire import questionnaire
from wherewithal.simulate.dealing import Dealer, Draft
from wherewithal.simulate.near_published import come_near

LABEL = (
    "Made up: drawn by chance so that the figures published in 2011 come out, and exchanged so that a few "
    "agree with what was published of a council. No council answered this."
)
SEED = 2011
OPENED, CLOSED = date(2011, 8, 8), date(2011, 9, 9)
_WANTED: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
TARGETED = 20  # which they were, and how many of them replied, was never published
_IN_AUGUST = 34


@dataclass(frozen=True)
class MadeUpReply:
    """``council`` is where the invitation went, kept apart from the answers."""

    council: CouncilRow
    received_on: date
    reply: Reply


@dataclass(frozen=True)
class MadeUpSurvey:
    """``invited`` is the whole register, ``targeted`` the codes of those invited by name."""

    label: str
    questionnaire: Questionnaire
    book: Codebook
    invited: tuple[CouncilRow, ...]
    targeted: frozenset[str]
    replies: tuple[MadeUpReply, ...]


@cache
def made_up_survey(seed: int = SEED) -> MadeUpSurvey:
    """The same survey for the same seed; another seed gives the numbers to other councils."""
    rng = Random(seed)
    asked, book = questionnaire("personalisation-2011", OPENED), codebook("personalisation-2011")
    register = councils("2010-11")
    drafts = [Draft(council) for council in _who_replied(register, rng)]
    targeted = frozenset(draw({row.code: (row.region, row.type) for row in register}, TARGETED, seed).drawn)
    days = _days(rng)
    for draft, day in zip(drafts, days, strict=True):
        _profile(draft, asked, draft.council.code in targeted, day)
    dealer = Dealer(asked, book, drafts, rng, _WANTED["insufficient"]["text"])
    for wanted in _WANTED["questions"]:
        dealer.deal(wanted)
    _take_up(drafts, book, rng)
    _numbers(drafts, rng)
    come_near(drafts, OPENED)
    for told in _WANTED["told"]:
        dealer.tell(told)
    replies = (
        MadeUpReply(draft.council, day, draft.reply(asked)) for draft, day in zip(drafts, days, strict=True)
    )
    return MadeUpSurvey(LABEL, asked, book, register, targeted, tuple(replies))


def _who_replied(register: Sequence[CouncilRow], rng: Random) -> list[CouncilRow]:
    """As many of each region and type as replied, in the register's order."""
    drawn = set()
    for region, types in _WANTED["replied"].items():
        for type, count in types.items():
            stratum = [row for row in register if (row.region, row.type) == (region, type)]
            drawn |= {row.code for row in rng.sample(stratum, count)}
    return [row for row in register if row.code in drawn]


def _days(rng: Random) -> list[date]:
    """The day of each reply: working days, some in each month, and one on the last day."""
    open_days = [OPENED + timedelta(days) for days in range((CLOSED - OPENED).days + 1)]
    working = [day for day in open_days if day.weekday() < 5]
    august, september = [d for d in working if d.month == 8], [d for d in working if d.month == 9]
    count = sum(count for types in _WANTED["replied"].values() for count in types.values())
    days = rng.choices(august, k=_IN_AUGUST) + rng.choices(september, k=count - _IN_AUGUST - 1) + [CLOSED]
    rng.shuffle(days)
    return days


def _profile(draft: Draft, asked: Questionnaire, is_targeted: bool, day: date) -> None:
    for id, name in (("region", draft.council.region), ("type", draft.council.type)):
        choices = asked.question(id).choices
        draft.answers[id] = next(choice.value for choice in choices if choice.text == name)
    draft.answers["targeted"] = "yes" if is_targeted else "no"
    draft.answers["received"] = day.isoformat()


def _take_up(drafts: Sequence[Draft], book: Codebook, rng: Random) -> None:
    """29 under 60 in a hundred, 23 at 60 or more, 2 with too little, 4 blank; some state it, some imply it.

    Who is slow is under 60, and who said nothing of its aims says nothing of this. Three of those at 60 or
    more expect everybody by the end of 2011-12; the others later, and who is slow after 2013.
    """
    on_target = [draft for draft in drafts if draft.answers.get("on_target") == "on_target"]
    behind = [draft for draft in drafts if draft.answers.get("on_target") in ("slow", "disappointing")]
    rng.shuffle(on_target)
    high, low = on_target[:23], behind + on_target[23 : 52 - len(behind)]
    unclear = on_target[52 - len(behind) :][:2]  # the three after these leave it blank
    for number, draft in enumerate(high):
        least = 85 if number < 3 else 60
        _band(draft, book, "from_60", rng.randint(least, 96) if number < 17 else None)
        if number < 3:
            draft.answers["milestones"] = "31 March 2012: all"
        draft.answers["full_takeup_date"] = "2012-03-31" if number < 3 else _later(rng)
    for number, draft in enumerate(low):
        _band(draft, book, "under_60", rng.randint(11, 59) if number < 20 else None)
        draft.answers["full_takeup_date"] = "2014-03-31" if draft in behind else _later(rng)
    for draft in unclear:
        draft.answers["takeup_band"] = _WANTED["insufficient"]["text"]
        draft.statuses["takeup_band"] = "insufficient"


def _later(rng: Random) -> str:
    return rng.choice(("2012-09-30", "2012-12-31", "2013-03-31", "2013-03-31"))


def _band(draft: Draft, book: Codebook, band: str, percent: int | None) -> None:
    """A council that states its take-up wrote a number, and in words too; of one that implies it, the words
    were read.
    """
    sense: Sense = "implied" if percent is None else "stated"
    draft.codes |= {"takeup_band": [band], "takeup_source": [sense]}
    draft.answers["takeup_source"] = book.code[sense].examples[0]
    draft.senses["takeup_band"] = sense
    draft.answers["takeup_band"] = book.code[band].examples[0]
    if percent is not None:
        draft.answers |= {"takeup": percent, "takeup_band": f"{percent} in a hundred."}


def _numbers(drafts: Sequence[Draft], rng: Random) -> None:
    """How many people by type of council, days to a payment, pence an hour, staff trained."""
    for number, draft in enumerate(rng.sample(drafts, len(drafts))):
        draft.answers["target_size"] = _target_size(draft, rng)
        if number < 21:
            draft.answers["time_to_payment"] = 42 if number == 0 else rng.choice((14, 21, 28, 35, 56, 63, 70))
        if 2 <= number < 40:
            draft.answers["training_volume"] = rng.randint(20, 350)
        elif number < 2:
            draft.statuses["training_volume"] = "refused"
    london = [draft for draft in drafts if draft.council.type == "London borough"]
    for draft in rng.sample(london, 4):
        draft.answers["target_size"] = rng.randrange(2_400, 4_900, 10)
    counties = [draft for draft in drafts if draft.council.type == "County"]
    for draft in rng.sample(counties, 14):
        draft.answers["target_size"] = rng.randrange(15_100, 29_000, 100)
    inside = iter((1850, 1725))
    for draft in drafts:
        if draft.has("unit_cost_named"):
            draft.answers["unit_cost"] = next(inside) if draft.has("own_team") else 1400


def _target_size(draft: Draft, rng: Random) -> int:
    if draft.council.type == "County":
        return rng.randrange(9_000, 15_000, 100)
    return rng.randrange(5_000, 12_000, 50)
