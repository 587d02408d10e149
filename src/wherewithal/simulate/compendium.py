"""What made-up councils handed in for the compendium: published and taken up twice with different results,
published without a name, with findings open, waiting for a second surveyor. All made up, and tagged so, since
the councils of the register are real.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from wherewithal.actions import compendium, compendium_desk, compendium_take_up
from wherewithal.core.compendium import Evidence, HandedIn, Result
from wherewithal.records.compendium import handed_in
from wherewithal.records.models import Door, Example, TakeUp, User, Wave

A_WEEK = timedelta(days=7)
EVENINGS = HandedIn(
    title="Brokers who meet people in the evening", themes=("Brokerage", "Support planning"),
    tags=("made up", "evenings", "carers"), named=True, contact="Broker team leader", may_be_asked=True,
    contact_email="brokers@example.org",
    done="Two brokers work from four to eight o’clock on three days, at the library and at people’s homes. "
    "People who work, and carers, no longer take a day off to write a plan.",
    for_whom="Everybody who writes a plan, carers first",
    came_of="More people wrote their own plan, and fewer meetings were put off. The library wants to go on.",
    evidence=Evidence.OWN,
    known="Counted from the diary of the team: 64 of 80 meetings were kept, before it was 45.",
)  # fmt: skip
LEAFLET = HandedIn(
    title="A leaflet that says what a budget can buy", themes=("Information and advice",),
    tags=("made up", "easy read"),
    done="We wrote the leaflet with a group of people who have a budget, over six evenings in Harrogate. "
    "Every example in it is one of theirs. Swiftprint Ltd printed 5,000.",
    for_whom="People who ask about support for the first time",
    came_of="Staff say that the first talk goes better. Nobody has counted yet.",
)  # fmt: skip
LEAFLET_AS_PUBLISHED = {
    "done": "We wrote the leaflet with a group of people who have a budget, over some evenings. Every "
    "example in it is one of theirs. A local printer made it.",
}
LEAFLET_FILE = (
    b"What can a budget buy?\n\nA budget is money for your support. You choose.\n\n"
    b"- Somebody who helps you to get up\n- A day out with a friend\n"
    b"- A break for the person who cares for you\n"
)
PANEL = HandedIn(
    title="Plans below a limit without a panel", themes=("Support planning", "Risk and safeguarding"),
    tags=("made up", "panel", "sign-off"),
    done="Since 3 March 2025 a worker agrees plans of up to £350 a week alone, and a senior reads one in ten "
    "afterwards. We took it from Leicester, where it is called the Trust First programme.",
    for_whom="Workers and whoever waits for a plan", evidence=Evidence.EVALUATED,
    came_of="People wait nine days less for their plan. Costs did not rise.",
    known="Looked at by Northmoor University over a year, with a report.",
)  # fmt: skip
PANEL_FILE = (
    b"How we sample plans\n\nOne in ten, by lot, each month. Write to sampling@northmoor.example.org.\n"
)
CARDS = HandedIn(
    title="Prepaid cards that people may refuse", themes=("Direct payments and how they are paid",),
    tags=("made up", "cards"),
    done="We offer the card beside a bank account, and say plainly that nobody has to take it.",
    for_whom="Everybody who takes a direct payment", named=True, came_of="About half choose the card.",
    evidence=Evidence.OWN, known="Counted at the end of each quarter.",
)  # fmt: skip


def hand_in(wave: Wave, surveyors: Sequence[User], at: datetime) -> list[Example]:
    """By councils that the wave asks, as they stand at ``at``; what came before lies in earlier weeks."""
    first, second = surveyors
    begins = at - 5 * A_WEEK
    asked = wave.invitations.values("code")
    doors = list(Door.objects.filter(code__in=asked).order_by("code")[:6])
    evenings = _handed_in(doors[0], EVENINGS, b"", begins)
    leaflet = _handed_in(doors[1], LEAFLET, LEAFLET_FILE, begins + A_WEEK)
    for row, changed in ((evenings, {}), (leaflet, LEAFLET_AS_PUBLISHED)):
        _published(row, changed, first, second, begins + 2 * A_WEEK)
    _word(_handed_in(doors[3], CARDS, b"", at - A_WEEK), {}, first, at - A_WEEK / 2)
    _word(_handed_in(doors[2], PANEL, PANEL_FILE, at - A_WEEK), {}, second, at - A_WEEK / 2)
    _taken_up(evenings, doors, (first, second), begins + 3 * A_WEEK, at)
    return list(Example.objects.order_by("pk"))


def _taken_up(of: Example, doors: Sequence[Door], by: Sequence[User], since: datetime, at: datetime) -> None:
    """By one council that is named, whose words are signed off; by one that is not, whose words are new."""
    worked = _take_up(of, doors[4], since, named=True)
    _say(
        worked,
        at - A_WEEK,
        Result.WORKED,
        "We began with one evening. It is full every week.",
        "31 of 36 kept",
        True,
    )
    _word(worked, {}, by[0], at - A_WEEK / 2)
    compendium_desk.sign_off(of=worked, by=by[1], at=at - A_WEEK / 4)
    failed = _take_up(of, doors[5], since, named=False)
    said = (
        "Nobody came to the office at Croydon after dark: there is no bus. We go to people’s homes instead."
    )
    _say(failed, at - A_WEEK / 2, Result.NOT, said, "", False)


def _handed_in(door: Door, given: HandedIn, file: bytes, at: datetime) -> Example:
    return compendium.hand_in(door=door, given=given, file=file, by=compendium.contributor(), at=at)


def _word(of: Example | TakeUp, changed: dict[str, str], by: User, at: datetime) -> None:
    compendium_desk.word(of=of, texts=handed_in(of) | changed, by=by, at=at)


def _published(row: Example, changed: dict[str, str], first: User, second: User, at: datetime) -> None:
    _word(row, changed, first, at)
    if hasattr(row, "tool"):
        compendium_desk.look_at_file(tool=row.tool, by=first, at=at)
    compendium_desk.sign_off(of=row, by=second, at=at + timedelta(days=1))
    row.refresh_from_db()


def _take_up(of: Example, door: Door, at: datetime, *, named: bool) -> TakeUp:
    by: dict[str, Any] = {"by": compendium.contributor(), "at": at}
    return compendium_take_up.take_up(
        example=of, door=door, result=Result.TRYING, says="", figure="", named=named, **by
    )


def _say(row: TakeUp, at: datetime, result: Result, says: str, figure: str, named: bool) -> None:
    by: dict[str, Any] = {"by": compendium.contributor(), "at": at}
    compendium_take_up.say(take_up=row, result=result, says=says, figure=figure, named=named, **by)
    row.refresh_from_db()
