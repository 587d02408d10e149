"""A small survey for the tests: three parts with routing, 152 councils, through the real actions."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

from making import at, user

from wherewithal.actions import survey_answer, survey_design, survey_invite, survey_seal
from wherewithal.core.file_kind import KINDS, PICTURES
from wherewithal.core.questions import Attached, Check, Question, Questionnaire
from wherewithal.core.roles import Role
from wherewithal.formats.handed_in import Taken, take
from wherewithal.policy.councils import councils
from wherewithal.policy.questionnaire import parse
from wherewithal.records.models import Invitation, Wave

OPENS, CLOSES = at(2026, 4, 7), at(2026, 5, 5)
IN_TIME, LATE = at(2026, 4, 20), at(2026, 5, 6)
KEYS_KEPT_UNTIL = date(2130, 1, 1)  # they are due on no day on which the tests run
REGISTER = councils("2010-11")
WHOLE = {"budgets": "yes", "how_many": 120, "brokerage": "own", "words": "Brokers meet people early."}


def small() -> Questionnaire:
    def question(id, text, kind="yes_no", **more):
        return {"id": id, "text": text, "kind": kind, **more}

    brokerage = [{"value": value, "text": value.title()} for value in ("own", "bought", "none")]
    only_yes = {"question": "budgets", "is": "yes"}
    return parse(
        "small",
        {
            "id": "small", "version": "1", "title": "Budgets and brokerage", "about": "A test",
            "first": date(2026, 1, 1), "source": "Made up",
            "sections": [
                {"id": "money", "title": "Budgets", "questions": [
                    question("budgets", "Does everybody get a personal budget?", required=True),
                    question("how_many", "How many people have one?", "whole_number", relevant=only_yes,
                             check={"min": 0}),
                ]},
                {"id": "support", "title": "Brokerage", "questions": [
                    question("brokerage", "Who offers brokerage?", "one", choices=brokerage)]},
                {"id": "words", "title": "In your words", "questions": [
                    question("words", "What works?", "longtext")]},
            ],
        },
    )  # fmt: skip


def with_files() -> Questionnaire:
    """The small survey, and in its second part the paper that it has to show and a picture that it may."""
    of = small()
    money, support, words = of.sections
    asks = (
        Question("paper", "Your guidance on brokerage", "file", "Guidance", required=True),
        Question("picture", "A picture of it", "file", check=Check(files=PICTURES)),
    )
    return replace(of, sections=(money, replace(support, questions=(*support.questions, *asks)), words))


def file_of(content: bytes, name: str = "Our guidance.txt", kinds=None) -> tuple[Attached, Taken]:
    """A file as it comes, and the answer that names it."""
    return Attached(uuid4().hex, name), take(content, 5_000_000, kinds or KINDS)


def surveyor():
    return user("Sol Surveyor", Role.SURVEYOR)


def doing(moment=None) -> dict:
    return {"by": surveyor(), "at": moment or at()}


def draft(mode: str = "coded", title: str = "Budgets and brokerage", **more) -> Wave:
    if mode == "coded":
        more.setdefault("destroy_keys_on", KEYS_KEPT_UNTIL)
    made = {"opens_at": OPENS, "closes_at": CLOSES, "questionnaire": small(), "register": REGISTER} | more
    return survey_design.design(title=title, mode=mode, **made, **doing())


def addressed(wave: Wave) -> Wave:
    """Everybody has an address."""
    rows = [
        survey_invite.Addressee(one.code, f"council.{one.code}@example.org") for one in wave.invitations.all()
    ]
    survey_invite.give_addresses(wave=wave, addresses=rows, **doing())
    return wave


def opened(mode: str = "coded", **more) -> tuple[Wave, bytes]:
    """An open wave and, where it is anonymous, its private key."""
    wave, key, holders = draft(mode, **more), b"", ()
    if mode == "anonymous":
        key, holders = survey_design.make_key(wave=wave, **doing()), ("Ann Holder", "Bea Holder")
        wave.refresh_from_db()
    opens = doing(more.get("opens_at", OPENS))
    return survey_design.open_wave(wave=wave, key=key, holders=holders, **opens), key


def one_of(wave: Wave, number: int = 0) -> Invitation:
    return wave.invitations.order_by("code")[number]


def answer(invitation: Invitation, moment=IN_TIME, **changes):
    """Fill in all parts and hand in; sealed where the wave is anonymous."""
    answers = WHOLE | changes
    if invitation.wave.mode == "anonymous":
        return survey_seal.seal(invitation=invitation, answers=answers, **doing(moment))
    fill(invitation, moment - timedelta(minutes=5), **changes)
    return survey_answer.hand_in(invitation=invitation, name="Ro Respondent", **doing(moment))


def sealed_enough(wave: Wave, **changes) -> None:
    """As many councils answer an anonymous wave, all the same, as it takes for answers to be opened."""
    for number in range(survey_seal.opened_from(wave) - wave.invitations.filter(answered=True).count()):
        answer(one_of(wave, 150 - number), **changes)


def fill(invitation: Invitation, moment=IN_TIME, files=None, **changes):
    return survey_answer.save_part(
        invitation=invitation, section="money", answers=WHOLE | changes, name="Ro Respondent",
        files=files, **doing(moment),
    )  # fmt: skip


def fill_with_file(invitation: Invitation, content: bytes = b"Brokers come early.", moment=IN_TIME, **named):
    """Fill in all parts, with the paper that is asked for; gives the answer that names it."""
    answer, taken = file_of(content, **named)
    fill(invitation, moment, files={"paper": taken}, paper=answer.answer)
    return answer
