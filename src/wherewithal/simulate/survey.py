"""Waves of a survey in the field, for the demo: who is asked, who answered what. All made up."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from wherewithal.actions import survey_answer, survey_design, survey_invite
from wherewithal.core.questions import Answer, Question, Questionnaire, asked_by_section, is_answered
from wherewithal.core.roles import Role
from wherewithal.policy.codebook import books
from wherewithal.policy.questionnaire import surveys
from wherewithal.records.asking import asked_in
from wherewithal.records.models import Invitation, User, Wave
from wherewithal.simulate import coding, compendium, conversations, key_messages, quotation
from wherewithal.simulate.cast import Cast
from wherewithal.simulate.clock import before, moment
from wherewithal.simulate.release_2011 import release_2011
from wherewithal.simulate.wave_2011 import wave_2011

SAMPLE, SEED = 20, 2011
ANSWERED, BEGUN = 24, 6  # of 153 councils: handed in, and some parts filled in
OPEN_WORKING_DAYS = 18  # 24 calendar days or more: the last answer comes in on the 23rd
KEYS_KEPT = timedelta(days=200)
SAID = (
    "Brokers meet people before the plan is written, and stay until the first review.",
    "A panel looks at plans above the limit every second week.",
    "We have no figures of this yet; a pilot in one district began in the spring.",
    "A user-led organisation writes plans with people, at their home or ours.",
    "Prepaid cards were tried with forty people and are offered to all now.",
)
NAMES = ("Alex Respondent", "Billie Planner", "Charlie Counter", "Drew Director")


def waves(cast: Cast, until: date, seed: int) -> list[Wave]:
    """Every wave that the made-up council shows, as they stand on its last day."""
    surveyors = cast.all(Role.SURVEYOR)[:2]
    return [wave(surveyors, until, seed) for wave in WAVES]


def _of_2011(surveyors: Sequence[User], until: date, seed: int) -> Wave:
    wave = wave_2011(surveyors, until + KEYS_KEPT)
    release_2011(wave, surveyors)
    return wave


def _half_way(surveyors: Sequence[User], until: date, seed: int) -> Wave:
    wave = in_the_field(surveyors[0], until, seed)
    coding.begin(wave, surveyors, moment(until), Random(f"coding {seed}"))
    quotation.begin(wave, surveyors, moment(until))
    key_messages.write(wave, surveyors[0], moment(until))
    examples = compendium.hand_in(wave, surveyors, moment(until))
    conversations.hold(surveyors, examples, moment(until))
    return wave


WAVES = (_of_2011, _half_way)


def in_the_field(by: User, until: date, seed: int) -> Wave:
    """A coded wave of 153 councils, half-way: a sample of 20, reminders out, some answers in."""
    rng = Random(f"survey {seed}")
    opens = moment(before(until, OPEN_WORKING_DAYS))
    wave = survey_design.design(
        title=f"Self-directed support, {opens:%B %Y}", questionnaire=surveys()[0], mode="coded", by=by,
        says="How councils offer personal budgets, and what they learned. A made-up round, for the demo.",
        at=opens - timedelta(days=5), opens_at=opens, closes_at=moment(until + timedelta(days=17), 17),
        needs_approval=True, embargo_until=moment(until + timedelta(days=60)),
        destroy_keys_on=until + KEYS_KEPT,
    )  # fmt: skip
    _ask(wave, rng, by, opens)
    wave.refresh_from_db()
    everybody = list(wave.invitations.filter(state=Invitation.State.INVITED).order_by("code"))
    rng.shuffle(everybody)
    for one in everybody[:ANSWERED]:
        _answer(one, rng, opens + timedelta(days=rng.uniform(1, 20)), whole=True)
    for one in everybody[ANSWERED : ANSWERED + BEGUN]:
        _answer(one, rng, opens + timedelta(days=rng.uniform(15, 22)), whole=False)
    _remind(wave, by, opens + timedelta(days=21))
    return wave


def _ask(wave: Wave, rng: Random, by: User, opens: datetime) -> None:
    """Addresses, the sample, the opening, the first letters: one comes back, one council will not answer."""
    doing: dict[str, Any] = {"by": by, "at": opens - timedelta(days=4)}
    rows = [
        survey_invite.Addressee(code, f"survey.{code}@example.org")
        for code in wave.invitations.values_list("code", flat=True)
    ]
    survey_invite.give_addresses(wave=wave, addresses=rows, **doing)
    survey_invite.draw_sample(wave=wave, size=SAMPLE, seed=SEED, **doing)
    wave = survey_design.open_wave(wave=wave, by=by, at=opens)
    invitations = list(wave.invitations.order_by("code"))
    bounced, refuses = rng.sample(invitations, 2)
    for one in invitations:
        said = "550 no such mailbox here" if one == bounced else ""
        survey_invite.told(invitation=one, bounced=said, by=by, at=opens + timedelta(minutes=5))
    survey_invite.note(
        invitation=refuses, state="refused", note="No time this year", by=by, at=opens + timedelta(days=3)
    )


def _answer(invitation: Invitation, rng: Random, at: datetime, *, whole: bool) -> None:
    """Part by part by several people; where it is ``whole`` approved by a director and handed in."""
    by = survey_answer.respondent()
    asked = asked_in(invitation.wave)
    answers = made_up(asked, rng, _on_the_register(invitation, asked, at.date()), at.date())
    sections = asked.sections
    for section in sections if whole else sections[: len(sections) // 2]:
        ids = {question.id for question in section.questions}
        part = {id: answer for id, answer in answers.items() if id in ids}
        survey_answer.save_part(
            invitation=invitation, section=section.id, answers=part, name=rng.choice(NAMES), by=by, at=at
        )
    if whole:
        draft, _ = survey_answer.ask_approval(
            invitation=invitation, name=NAMES[0], director=NAMES[-1], by=by, at=at + timedelta(hours=1),
            director_email=f"director.{invitation.code}@example.org",
        )  # fmt: skip
        survey_answer.approve(draft=draft, by=by, at=at + timedelta(hours=2))
        survey_answer.hand_in(invitation=invitation, name=NAMES[0], by=by, at=at + timedelta(hours=3))


def _remind(wave: Wave, by: User, at: datetime) -> None:
    for one in wave.invitations.filter(answered=False):
        if survey_invite.may_be_told(one, wave, at):
            survey_invite.told(invitation=one, by=by, at=at)


def _on_the_register(invitation: Invitation, asked: Questionnaire, on: date) -> dict[str, Answer]:
    """What the survey office fills in of a council, as far as it is asked."""
    told: dict[str, Answer] = {
        "region": invitation.region,
        "type": invitation.type,
        "targeted": "yes" if invitation.targeted else "no",
        "received": on.isoformat(),
    }
    questions = asked.questions
    found = {id: answer for id, answer in told.items() if id in questions}
    for id in ("region", "type"):
        values = {choice.text: choice.value for choice in questions[id].choices} if id in found else {}
        found |= {id: values[str(told[id])]} if values else {}
    return found


def made_up(
    questionnaire: Questionnaire, rng: Random, known: Mapping[str, Answer], on: date
) -> dict[str, Answer]:
    """Answers that a council might give on a day, beside what is ``known`` of it: all that is required, and
    three of four others."""
    answers = dict(known)
    before = -1
    while len(answers) > before:  # an answer may lead to more questions
        before = len(answers)
        for _, questions in asked_by_section(questionnaire, answers):
            for question in questions:
                if question.takes_answer and question.id not in answers:
                    given = question.required or rng.random() < 0.75
                    answers[question.id] = _one(question, rng, on) if given else None
    return {id: answer for id, answer in answers.items() if is_answered(answer)}


def said(question: Question, rng: Random) -> str:
    """A few words: where the codebook has codes for the question, what it gives as examples of one or two."""
    codes = next((book.questions[question.id] for book in books() if question.id in book.questions), ())
    together = [code for code in codes if not code.alone and code.examples]
    if not codes or not any(code.examples for code in codes):
        return rng.choice(SAID)
    if len(together) > 1:
        chosen = rng.sample(together, rng.choice((1, 2, 2)))
    else:
        chosen = [rng.choice([code for code in codes if code.examples])]
    return " ".join(rng.choice(code.examples) for code in chosen)


def _one(question: Question, rng: Random, on: date) -> Answer:
    values = [choice.value for choice in question.choices]
    match question.kind:
        case "several":
            alone = [choice.value for choice in question.choices if choice.alone]
            many = [value for value in values if value not in alone]
            return rng.sample(many, rng.randint(1, min(3, len(many))))
        case "rank":
            return rng.sample(values, len(values))
        case "whole_number" | "money" | "decimal":
            return rng.randint(int(question.check.least or 0), int(question.check.most or 900))
        case "date":
            return (on + timedelta(days=rng.randint(30, 700))).isoformat()  # each asks for a day to come
        case "file":
            return None  # the made-up councils attach nothing
        case "text" | "longtext":
            return said(question, rng)[: question.check.longest or 200]
    return rng.choice(values)
