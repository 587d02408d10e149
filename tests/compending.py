"""The compendium for the tests: doors, examples handed in, published and taken up, by made-up surveyors."""

from coding_by import coders
from making import at
from surveying import draft

from wherewithal.actions import compendium as actions
from wherewithal.actions import compendium_desk as desk
from wherewithal.actions import compendium_take_up as takes
from wherewithal.actions import survey_mail
from wherewithal.core.compendium import HandedIn
from wherewithal.policy.councils import councils
from wherewithal.records.models import Door, Example, TakeUp, User

ON = at(2026, 5, 4)
SAYS = {"title": "Brokers meet people early", "done": "Brokers meet people before the plan is written.",
        "for_whom": "Everybody who asks for support"}  # fmt: skip
TOLD = {**SAYS, "themes": ("Brokerage",), "tags": ("brokers",)}


def doors() -> list[Door]:
    """Every council's, by its code; a wave of councils makes them."""
    if not Door.objects.exists():
        draft(title="The wave whose letters name the doors", register=councils()[:6])
    return list(Door.objects.order_by("code"))


def door(number: int = 0) -> Door:
    return doors()[number]


def address(of: Door) -> str:
    return survey_mail.door_link(of.code, "http://x/").removeprefix("http://x")


def by_link(moment=None) -> dict:
    return {"by": actions.contributor(), "at": moment or ON}


def doing(by: User | None = None, moment=None) -> dict:
    return {"by": by or coders()[0], "at": moment or ON}


def second() -> User:
    return coders()[1]


def handed_in(of: Door | None = None, file: bytes = b"", **more) -> Example:
    given = HandedIn(**{**TOLD, **more})
    return actions.hand_in(door=of or door(), given=given, file=file, **by_link())


def changed(row: Example, file: bytes = b"", no_file: bool = False, **more) -> Example:
    given = HandedIn(**{**TOLD, **more})
    return actions.change(example=row, given=given, file=file, no_file=no_file, **by_link())


def worded(of: Example | TakeUp, **texts):
    """By the first surveyor, as it was handed in but for ``texts``."""
    of.refresh_from_db()
    return desk.word(of=of, texts=desk.handed_in(of) | texts, **doing())


def published(of: Door | None = None, moment=None, **more) -> Example:
    row = handed_in(of, **more)
    worded(row)
    if hasattr(row, "tool"):
        desk.look_at_file(tool=row.tool, **doing())
    desk.sign_off(of=row, **doing(second(), moment))
    row.refresh_from_db()
    return row


def taken_up(example: Example, number: int = 1, **more) -> TakeUp:
    """By the council of that number."""
    given = {"result": "trying", "says": "", "figure": "", "named": False} | more
    return takes.take_up(example=example, door=door(number), **given, **by_link())


def signed(of: TakeUp, **texts) -> TakeUp:
    worded(of, **texts)
    desk.sign_off(of=of, **doing(second()))
    return TakeUp.objects.get(pk=of.pk)
