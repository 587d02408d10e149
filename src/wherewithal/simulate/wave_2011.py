"""The survey of 2011: its made-up replies as a wave, by the real actions, in the days of 2011."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from random import Random

from wherewithal.actions import (
    codebook,
    coding,
    judging,
    survey_answer,
    survey_design,
    survey_invite,
    survey_seal,
)
from wherewithal.core.coding import Code, Coding, Passage
from wherewithal.core.survey import Judgement
from wherewithal.records.coding import key_of, place_of
from wherewithal.records.models import Invitation, Reply, User, Wave
from wherewithal.simulate.clock import moment
from wherewithal.simulate.survey_2011 import (
    CLOSED,
    LABEL,
    OPENED,
    SEED,
    TARGETED,
    MadeUpReply,
    MadeUpSurvey,
    made_up_survey,
)

TITLE = "Personalisation survey, September 2011 (made-up replies)"
EMBARGO = moment(date(2011, 10, 19), 0, 1)  # that of the notice to the press
BEGUN_ON, CODED_ON = date(2011, 9, 12), date(2011, 9, 21)
BY, DIRECTOR = "Alex Respondent", "Drew Director"
MISSED, WRONG = 0.01, 0.004  # how often one of two coders does not see a code, or sees one that is not there

Answered = Mapping[str, Reply]
"""The replies on record, by the code of the council whose made-up answers they are."""


def wave_2011(coders: Sequence[User], keys_until: date) -> Wave:
    """All 58 replies handed in, closed, coded by both coders and settled, so that its tables are those of
    ``survey_2011``. In 2011 the keys would have gone within months; here they are kept until ``keys_until``,
    so that a council can still be given its own answers.
    """
    survey = made_up_survey()
    wave = _in_the_field(survey, coders[0], keys_until)
    replies = _answer(wave, survey)
    wave = survey_seal.close(wave=wave, by=coders[0], at=moment(CLOSED, 17))
    _judge(survey, replies, coders[0])
    _code(wave, survey, replies, coders)
    return wave


def _in_the_field(survey: MadeUpSurvey, by: User, keys_until: date) -> Wave:
    """Open, with its sample drawn and everybody written to."""
    opens = moment(OPENED)
    wave = survey_design.design(
        title=TITLE, questionnaire=survey.questionnaire, mode="coded", says=LABEL, needs_approval=True,
        register=survey.invited, opens_at=opens, closes_at=moment(CLOSED, 17), embargo_until=EMBARGO,
        destroy_keys_on=keys_until, by=by, at=opens - timedelta(days=14),
    )  # fmt: skip
    addresses = [
        survey_invite.Addressee(one.code, f"survey.{one.code}@example.org") for one in survey.invited
    ]
    survey_invite.give_addresses(wave=wave, addresses=addresses, by=by, at=opens - timedelta(days=7))
    survey_invite.draw_sample(wave=wave, size=TARGETED, seed=SEED, by=by, at=opens - timedelta(days=7))
    wave = survey_design.open_wave(wave=wave, by=by, at=opens)
    for one in wave.invitations.order_by("code"):
        survey_invite.told(invitation=one, by=by, at=opens + timedelta(minutes=5))
    return wave


def _answer(wave: Wave, survey: MadeUpSurvey) -> Answered:
    """Each council writes it all in one part; its director approves it, and it is handed in the same day."""
    invitations = {one.code: one for one in wave.invitations.select_related("wave")}
    early_first = sorted(survey.replies, key=lambda one: one.received_on)
    return {one.council.code: _hand_in(invitations[one.council.code], one) for one in early_first}


def _hand_in(invitation: Invitation, given: MadeUpReply) -> Reply:
    by, at = survey_answer.respondent(), moment(given.received_on, 10)
    survey_answer.save_part(
        invitation=invitation, section="profile", answers=given.reply.answers, name=BY, by=by, at=at
    )
    draft, _ = survey_answer.ask_approval(
        invitation=invitation, name=BY, director=DIRECTOR, by=by, at=at + timedelta(hours=1),
        director_email=f"director.{invitation.code}@example.org",
    )  # fmt: skip
    survey_answer.approve(draft=draft, by=by, at=at + timedelta(hours=2))
    return survey_answer.hand_in(invitation=invitation, name=BY, by=by, at=at + timedelta(hours=3))


def _judge(survey: MadeUpSurvey, replies: Answered, by: User) -> None:
    """What was said outright, what only follows, what is too little, and who would not say."""
    for one in survey.replies:
        said = chain((one.reply.senses or {}).items(), (one.reply.statuses or {}).items())
        for question, says in said:
            judging.judge(
                reply=replies[one.council.code], question=question, says=Judgement(says), by=by,
                at=moment(CODED_ON, 9),
            )  # fmt: skip


def _code(wave: Wave, survey: MadeUpSurvey, replies: Answered, coders: Sequence[User]) -> None:
    """Both coders bring in what they coded on their own; then they settle where they differ."""
    draft = codebook.begin(wave=wave, by=coders[0], at=moment(BEGUN_ON))
    codebook.put_in_use(book=draft, by=coders[0], at=moment(BEGUN_ON, 15))
    seen = list(_seen(survey, replies, Random(f"coding {SEED}")))
    for number, coder in enumerate(coders):
        own = [one.coding for one in seen if one.by[number]]
        coding.bring_in(
            wave=wave, codings=own, read=[*survey.book.questions], by=coder, at=moment(CODED_ON, 10 + number)
        )
    on_record = {str(reply.pk): reply for reply in replies.values()}
    for one in seen:
        if not all(one.by):
            of, question = place_of(one.coding.passage.source)
            coding.settle(
                reply=on_record[of], question=question, code=one.coding.code, stands=one.stands,
                why="" if one.stands else "Talked over: the words do not go so far", by=coders[0],
                at=moment(CODED_ON, 15),
            )  # fmt: skip


@dataclass(frozen=True)
class _Seen:
    """A coding, which of the two coders made it, and whether it stands."""

    coding: Coding
    by: tuple[bool, bool] = (True, True)
    stands: bool = True


def _seen(survey: MadeUpSurvey, replies: Answered, rng: Random) -> Iterator[_Seen]:
    """Every code that an answer was written for, as two coders see it; and some that only one sees."""
    for one in survey.replies:
        for question, codes in (one.reply.codes or {}).items():
            text = str(one.reply.answers[question])
            source = key_of(replies[one.council.code].pk, question)
            for id in codes:
                on = _where(text, survey.book.code[id], source)
                first_sees, second_sees = rng.choice(((True, False), (False, True)))
                missed = rng.random() < MISSED
                yield _Seen(Coding(on, id, ""), (first_sees, second_sees) if missed else (True, True))
            others = [code.id for code in survey.book.questions[question] if code.id not in codes]
            if others and rng.random() < WRONG and not survey.book.code[codes[0]].alone:
                yield _Seen(Coding(on, rng.choice(others), ""), (False, True), stands=False)


def _where(text: str, code: Code, source: str) -> Passage:
    """The words that the code's example lent to the answer; all of it where it says so in other words."""
    [example] = code.examples
    start = max(0, text.find(example))
    return Passage(source, start, start + len(example) if example in text else len(text))
