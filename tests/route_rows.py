"""Rows of a person for the table of routes: one small row of each kind, straight into the database.

``make(kind, person)`` gives what stands in the address (a primary key, or a name). A new kind is one more
function here, called as ``routes.toml`` calls it.
"""

from datetime import date
from typing import Any
from uuid import UUID

import conversing
from django.conf import settings
from making import at, user

from wherewithal.actions import survey_design, survey_pack
from wherewithal.analytics.bridge import bridged
from wherewithal.core.questions import Questionnaire
from wherewithal.core.roles import Role
from wherewithal.core.survey_link import COMPENDIUM, hashed, token
from wherewithal.policy.codebook import codebook
from wherewithal.policy.councils import CouncilRow
from wherewithal.policy.questionnaire import surveys
from wherewithal.records.coding import as_kept
from wherewithal.records.models import (
    Account,
    Actual,
    AgreedAction,
    Agreement,
    AnswerFile,
    Arrangement,
    Assessment,
    BroughtFile,
    Caring,
    Codebook,
    Coded,
    Contribution,
    Conversation,
    Decision,
    DestroyedKey,
    Door,
    Draft,
    EarlyReader,
    Edition,
    Example,
    Import,
    Invitation,
    KeyMessage,
    Offer,
    Pack,
    Payment,
    Person,
    Plan,
    PlanLine,
    PlanOutcome,
    Price,
    Question,
    Quotation,
    QuotedPassage,
    ReadThrough,
    Release,
    Reply,
    ReplyKey,
    Representation,
    Request,
    Response,
    Review,
    Risk,
    Run,
    StageTwoQuestion,
    Submission,
    Talk,
    Tool,
    Transfer,
    User,
    Wave,
)

ON = date(2026, 4, 6)


def make(kind: str, person: Person) -> Any:
    return globals()[kind](person)


def request(person: Person) -> int:
    made = Request.objects.create(
        person=person, received_on=ON, route="community", from_whom="self", about="Help", taken_by=_somebody()
    )
    return made.pk


def representation(person: Person) -> int:
    made = Representation.objects.create(
        person=person, kind="nominated", name="Ash Helper", holds_money=False, since=ON
    )
    return made.pk


def caring(person: Person) -> int:
    carer = Person.objects.create(
        ref=f"C{person.pk}", given_name="Sam", family_name="Carer", registered_on=ON, team=person.team
    )
    return Caring.objects.create(carer=carer, cared_for=person, relationship="friend", since=ON).pk


def assessment(person: Person) -> Assessment:
    return Assessment.objects.filter(person=person).first() or Assessment.objects.create(
        person=person,
        kind="adult",
        state="agreed",
        started_on=ON,
        agreed_on=ON,
        eligible=True,
        by=_somebody(),
    )


def offer(person: Person) -> int:
    made = Offer.objects.create(
        person=person, assessment=assessment(person), made_on=ON, made_by=_somebody(), format="standard"
    )
    return made.pk


def plan(person: Person) -> Plan:
    return Plan.objects.filter(person=person).first() or Plan.objects.create(
        person=person, assessment=assessment(person), state="submitted", written_by="worker",
        author=_somebody(), started_on=ON, submitted_on=ON,
    )  # fmt: skip


def decision(person: Person) -> int:
    made = Decision.objects.create(
        kind="sign_off", level="manager", person=person, plan=plan(person), author=_somebody(),
        asked_by=_somebody(), asked_on=ON, asks="May this plan be agreed?",
        content={"pence_per_week": 20800, "indicative_pence_per_week": 21450, "limit_pence_per_week": 150000,
                 "reasons": ["The plan costs £208.00 a week."]},
    )  # fmt: skip
    return made.pk


def plan_outcome(person: Person) -> int:
    return PlanOutcome.objects.create(plan=plan(person), text="I swim every week.").pk


def plan_line(person: Person) -> int:
    made = PlanLine.objects.create(
        plan=plan(person), what="Swimming", kind="personal_assistant", units=8, unit="hour",
        pence_per_unit=1500, how_often="weekly", pence_per_week=12000, first=ON, held="direct_payment",
    )  # fmt: skip
    return made.pk


def plan_risk(person: Person) -> int:
    return Risk.objects.create(plan=plan(person), kind="customer", what="A fall", likelihood=2, impact=3).pk


def review_due(person: Person) -> int:
    return _review(person, kind="direct_payment", state="due").pk


def review(person: Person) -> int:
    """One that is being held, with the person's questions."""
    held = _review(person, kind="plan", state="held", held_on=ON, by=_somebody())
    Response.objects.create(
        person=person, review=held, view="own", questionnaire="review", version="1", fingerprint="0" * 64,
        by=_somebody(), saved_at=at(),
    )  # fmt: skip
    return held.pk


def _review(person: Person, **more: Any) -> Review:
    return Review.objects.create(
        person=person, plan=plan(person), opens_on=ON, due_on=date(2026, 6, 1), source="Section 27", **more
    )  # fmt: skip


def _somebody():
    return user("Rowan Registrar")


def run(person: Person) -> Run:
    number = f"RUN-T{person.pk}"
    return Run.objects.filter(number=number).first() or Run.objects.create(
        number=number, kind="off_cycle", first=ON, last=ON, pay_on=ON, drafted_by=_somebody(), drafted_at=at()
    )


def run_number(person: Person) -> str:
    return run(person).number


def payment(person: Person) -> int:
    decision = Decision.objects.create(
        kind="direct_payment", level="officer", person=person, plan=plan(person), author=_somebody(),
        asked_by=_somebody(), asked_on=ON, asks="May it be?",
    )  # fmt: skip
    agreement = Agreement.objects.create(
        person=person, plan=plan(person), decision=decision, holder="person", paid_to="bank", payee_name="P",
        sort_code="000000", account_number="00000000", signed_on=ON, signed_by=_somebody(),
    )  # fmt: skip
    made = Payment.objects.create(
        run=run(person), agreement=agreement, person=person, end_to_end=f"T{person.pk}", pence=100,
        gross_pence=100, first=ON, last=ON, payee_name="P", sort_code="000000", account_number="00000000",
    )  # fmt: skip
    return made.pk


def batch(person: Person) -> int:
    made = Import.objects.create(
        file_name="t.csv", sha256=f"{person.pk}", lines_count=1, total_pence=1, by=_somebody(), at=at()
    )
    return made.pk


def actual(person: Person) -> int:
    return line(person).pk


def line(person: Person) -> Actual:
    held, spent = (
        Account.objects.get_or_create(code=f"t:{kind}:{person.pk}", kind=kind, person=person)[0]
        for kind in ("held", "spent")
    )
    key = f"t:{person.pk}:{Actual.objects.count()}"
    transfer = Transfer.objects.create(
        key=key, debit=spent, credit=held, pence=100, on=ON, at=at(), kind="spending", about="a test"
    )
    return Actual.objects.create(
        person=person, source="csv", line_id=key, card="0000", spent_on=ON, merchant="M", pence=100,
        transfer=transfer,
    )  # fmt: skip


def question(person: Person) -> int:
    made = Question.objects.create(
        person=person, actual=line(person), code="cash_above_limit", asks="?", for_officer="?", raised_on=ON
    )
    return made.pk


def contribution(person: Person) -> int:
    made = Contribution.objects.create(person=person, first=ON, last=ON, due_on=ON, due_pence=100)
    return made.pk


def order_number(person: Person) -> str:
    made = Arrangement.objects.create(
        person=person, order_number=f"T-{person.pk}", what="Help", kind="home_care", held="direct_payment",
        term="long", state="active", first=ON,
    )  # fmt: skip
    Price.objects.create(arrangement=made, first=ON, pence_per_week=12000)
    return made.order_number


def team(person: Person) -> int | None:
    return person.team_id


def wave(person: Person) -> Wave:
    """A draft of a survey that asks two made-up councils."""
    title = f"Survey {person.pk}"
    register = [CouncilRow(str(code), f"Council {code}", "County", "London", "") for code in (1, 2)]
    return Wave.objects.filter(title=title).first() or survey_design.design(
        title=title, questionnaire=surveys()[0], mode="attributed", register=register, by=_somebody(),
        at=at(), opens_at=at(2026, 1, 1), closes_at=at(2126, 1, 1),
    )  # fmt: skip


def earlier_wave_slug(person: Person) -> str:
    """Of a wave before, which asked the same."""
    first = _open_wave(person)
    title = f"Before {first.title}"
    found = Wave.objects.filter(title=title).first() or survey_design.design(
        title=title, questionnaire=surveys()[0], mode="attributed", register=(), by=_somebody(), at=at(),
        opens_at=at(2025, 1, 1), closes_at=at(2126, 1, 1),
    )  # fmt: skip
    if found.state == "draft":
        survey_design.open_wave(wave=found, by=_somebody(), at=at())
    return found.slug


def wave_slug(person: Person) -> str:
    return wave(person).slug


def early_reader(person: Person) -> int:
    somebody = _somebody()
    return EarlyReader.objects.create(wave=wave(person), user=somebody, why="A test", named_by=somebody).pk


def sealed_slug(person: Person) -> str:
    return _sealed(person).slug


def destroyed_key(person: Person) -> int:
    """A holder of a closed anonymous wave's key said that it is destroyed."""
    made, _ = DestroyedKey.objects.get_or_create(
        wave=_sealed(person), holder="Ann", defaults={"destroyed_on": ON, "by": _somebody(), "at": at()}
    )
    return made.pk


def _sealed(person: Person) -> Wave:
    """An anonymous wave that is closed, whose key two people hold."""
    title = f"Sealed {person.pk}"
    of = Wave.objects.filter(title=title).first() or survey_design.design(
        title=title, questionnaire=surveys()[0], mode="anonymous", register=[], by=_somebody(), at=at(),
        opens_at=at(2026, 1, 1), closes_at=at(2026, 2, 1),
    )  # fmt: skip
    Wave.objects.filter(pk=of.pk).update(
        state=Wave.State.CLOSED, sealing_key="0" * 64, key_holders=["Ann", "Bo"]
    )
    of.refresh_from_db()
    return of


def released_slug(person: Person) -> str:
    """A wave whose report is public, with one file: of the survey of 2011, that was printed before."""
    title = f"Released {person.pk}"
    of = Wave.objects.filter(title=title).first() or survey_design.design(
        title=title, questionnaire=_of_2011(), mode="attributed", register=[], by=_somebody(), at=at(),
        opens_at=at(2011, 8, 8), closes_at=at(2011, 9, 1),
    )  # fmt: skip
    if not of.releases.exists():
        _release(of)
    return of.slug


def _of_2011() -> Questionnaire:
    return next(one for one in surveys() if one.id == "personalisation-2011")


def _release(of: Wave) -> None:
    Wave.objects.filter(pk=of.pk).update(state=Wave.State.RELEASED)
    said = {
        "title": of.title,
        "publisher": "Nobody",
        "headline": "It was done",
        "summary": [],
        "sections": [],
    }
    made = Release.objects.create(
        wave=of, version=1, content=said, content_hash="0" * 64, built_by=_somebody(), built_at=at()
    )
    made.files.create(name="report.html", content=b"<p>It was done", size=14, sha256="0" * 64)


def pack_token(person: Person) -> str:
    """The link of a council's private pack."""
    title, register = f"Packs {person.pk}", [CouncilRow("1", "Council 1", "County", "London", "")]
    found = Pack.objects.filter(invitation__wave__title=title).select_related("invitation__wave").first()
    if found is None:
        of = survey_design.design(
            title=title, questionnaire=surveys()[0], mode="attributed", register=register, by=_somebody(),
            at=at(), opens_at=at(2026, 1, 1), closes_at=at(2026, 2, 1),
        )  # fmt: skip
        Wave.objects.filter(pk=of.pk).update(state=Wave.State.OPEN)
        asked = of.invitations.get()
        reply = Reply.objects.create(wave=of, answers={}, statuses={}, region="London", type="County")
        ReplyKey.objects.create(invitation=asked, reply=reply, handed_in_by="Ro", handed_in_at=at())
        Invitation.objects.filter(pk=asked.pk).update(answered=True, email="a@example.org")
        _release(of)
        asked.refresh_from_db()
        found = survey_pack.begin(invitation=asked, by=_somebody(), at=at())
    asked = found.invitation
    return survey_pack.link(asked, asked.wave, found.number, "/").strip("/").removeprefix("pack/")


def reply_id(person: Person) -> str:
    of = _open_wave(person)
    made = of.replies.first() or Reply.objects.create(wave=of, answers={}, statuses={})
    return str(made.pk)


def answer_token(person: Person) -> str:
    """The personal link of a council that an open wave asks."""
    return token(settings.SECRET_KEY, _open_wave(person).slug, "1")


def approval_token(person: Person) -> str:
    invitation = _open_wave(person).invitations.get(code="1")
    Draft.objects.update_or_create(
        invitation=invitation,
        defaults={"saved_at": at(), "approval_hash": hashed("theirs"), "asked_at": at()},
    )
    return "theirs"


def filed_slug(person: Person) -> str:
    return _filed(person).slug


def filed_reply(person: Person) -> str:
    return str(_filed(person).replies.get().pk)


def filed_token(person: Person) -> str:
    """The personal link of a council that has handed in a file."""
    return token(settings.SECRET_KEY, _filed(person).slug, "1")


def filed_approval(person: Person) -> str:
    """The director's link of a council whose draft has a file."""
    return f"theirs-{_filed(person).slug}"


def _filed(person: Person) -> Wave:
    """An open wave: one council's reply has a file, and another's draft, which waits for approval."""
    title, register = f"Files {person.pk}", [CouncilRow(code, code, "County", "London", "") for code in "12"]
    if found := Wave.objects.filter(title=title).first():
        return found
    asks = next(one for one in surveys() if one.id == "stage-two-outcomes")
    of = survey_design.design(
        title=title, questionnaire=asks, mode="attributed", register=register, by=_somebody(), at=at(),
        opens_at=at(2026, 1, 1), closes_at=at(2126, 1, 1),
    )  # fmt: skip
    survey_design.open_wave(wave=of, by=_somebody(), at=at())
    for one in of.invitations.all():
        answers = {"asks_people": "no", "own_questionnaire": f"{int(one.code):032x} ours.txt"}
        draft = Draft.objects.create(
            invitation=one, answers=answers, saved_at=at(), asked_at=at(),
            approval_hash=hashed(f"theirs-{of.slug}") if one.code == "2" else "",
        )  # fmt: skip
        file = AnswerFile.objects.create(
            id=UUID(int=int(one.code)), draft=draft, question="own_questionnaire", kind="text",
            content=b"How are you?", size=12,
        )  # fmt: skip
        if one.code == "1":
            reply = Reply.objects.create(wave=of, answers=answers, statuses={})
            ReplyKey.objects.create(invitation=one, reply=reply, handed_in_by="Ro", handed_in_at=at())
            AnswerFile.objects.filter(pk=file.pk).update(draft=None, reply=reply)
            draft.delete()
    return of


def open_wave_slug(person: Person) -> str:
    return _open_wave(person).slug


def _open_wave(person: Person) -> Wave:
    found = wave(person)
    if found.state == "draft":
        survey_design.open_wave(wave=found, by=_somebody(), at=at())
    return wave(person)


def first_section(person: Person) -> str:
    return surveys()[0].sections[0].id


def key_message(person: Person) -> int:
    return _key_message(person).pk


def stage_two_question(person: Person) -> int:
    return _stage_two_question(person).pk


def asking_slug(person: Person) -> str:
    """A wave with a question for stage two."""
    return _stage_two_question(person).message.wave.slug


def _key_message(person: Person) -> KeyMessage:
    of = wave(person)
    return of.key_messages.first() or KeyMessage.objects.create(
        wave=of, number=1, says="It works.", by=_somebody()
    )


def _stage_two_question(person: Person) -> StageTwoQuestion:
    of = _key_message(person)
    return of.questions.first() or StageTwoQuestion.objects.create(
        message=of, text="Why?", kind="longtext", by=_somebody()
    )


def coded_slug(person: Person) -> str:
    """A wave with a codebook in use, an answer that two coders have read, and a draft of the next version."""
    return _coded(person).reply.wave.slug


def coded_reply(person: Person) -> str:
    return str(_coded(person).reply_id)


def coded(person: Person) -> int:
    return _coded(person).pk


def _coded(person: Person) -> Coded:
    """The surveyor's own where there is one, so that it opens for them."""
    of = _open_wave(person)
    found = Coded.objects.filter(reply__wave=of).first()
    if found is not None:
        return found
    answers = {"strategic_approach": "We begin early."}
    reply = Reply.objects.create(wave=of, answers=answers, statuses=dict.fromkeys(answers, "answered"))
    for state, version in (("in_use", 1), ("draft", 2)):
        Codebook.objects.create(
            wave=of, version=version, title="Codes", codes=as_kept(codebook(of.questionnaire).codes),
            state=state, used_from=at(), by=_somebody(),
        )  # fmt: skip
    own = User.objects.filter(memberships__role=Role.SURVEYOR).first() or _somebody()
    for coder in (own, user("Sky Second")):
        ReadThrough.objects.create(reply=reply, question="strategic_approach", coder=coder)
    return Coded.objects.create(
        reply=reply, question="strategic_approach", start=0, end=2, code="approach_clear", coder=own
    )


def quotation(person: Person) -> int:
    return quoted(person).quotation_id


def quoted_passage(person: Person) -> int:
    return quoted(person).pk


def quoted(person: Person) -> QuotedPassage:
    found = QuotedPassage.objects.first()
    if found is not None:
        return found
    on = _coded(person)
    row = Quotation.objects.create(
        wave=on.reply.wave, printed="We begin in Kent.", by=_somebody(), changed_by=_somebody()
    )
    return QuotedPassage.objects.create(
        quotation=row, reply=on.reply, question=on.question, start=on.start, end=on.end
    )


def door_token(person: Person) -> str:
    """A council's own link to the compendium."""
    _door("1")
    return token(settings.SECRET_KEY, "", "1", COMPENDIUM)


def example(person: Person) -> int:
    """What the council of that link handed in, with a file."""
    return _example("1").pk


def published_example(person: Person) -> int:
    return _published(_example("2"))


def others_example(person: Person) -> int:
    """One of another council, to be taken up."""
    return _published(_example("2"))


def _door(code: str) -> Door:
    link = hashed(token(settings.SECRET_KEY, "", code, COMPENDIUM))
    return Door.objects.get_or_create(code=code, defaults={"name": f"Council {code}", "token_hash": link})[0]


def _example(code: str) -> Example:
    found = Example.objects.filter(door=_door(code)).first()
    if found is not None:
        return found
    made = Example.objects.create(
        door=_door(code),
        title="Brokers",
        themes=["Brokerage"],
        done="Early",
        for_whom="All",
        handed_in_at=at(),
    )
    Tool.objects.create(example=made, kind="text", content=b"A leaflet", size=9)
    return made


def _published(of: Example) -> int:
    if of.state != Example.State.PUBLISHED:
        one, other = user("Ed Writer", Role.SURVEYOR), user("Sy Signer", Role.SURVEYOR)
        Tool.objects.filter(example=of).update(looked_by=other, looked_at=at())
        Edition.objects.create(
            example=of, texts={"title": "Brokers", "done": "Early", "for_whom": "All"}, stands_on="0" * 64,
            state="signed_off", by=one, changed_by=one, signed_by=other, signed_at=at(),
        )  # fmt: skip
        of.state, of.published_at = Example.State.PUBLISHED, at()
        of.save()
    return of.pk


def conversation(person: Person) -> int:
    return _conversation(person).pk


def talk(person: Person) -> int:
    made = Talk.objects.create(
        conversation=_conversation(person), on=ON, ours="Survey officer", theirs="Head of care",
        said="A test", by=_somebody(), written_at=at(),
    )  # fmt: skip
    return made.pk


def agreed_action(person: Person) -> int:
    made = AgreedAction.objects.create(
        conversation=_conversation(person), what="A test", owner="Head of care", due_on=ON, agreed_on=ON
    )
    return made.pk


def _conversation(person: Person) -> Conversation:
    """About a published figure of a council that is there, begun by the real action."""
    return Conversation.objects.first() or conversing.begun()


def submission(person: Person) -> int:
    """One of nothing, which is compared with none."""
    made = Submission.objects.create(
        first=date(2025, 1, 1), last=date(2025, 12, 31), made_by=_somebody(), made_at=at(), reason="A test",
        sent_to="nobody", rows_count=0, people_count=0, sha256="0" * 64, fields=[], key_check="",
    )  # fmt: skip
    return made.pk


def brought_file(person: Person) -> UUID:
    """A file that was counted, in which nobody is."""
    ids = [one.id for one in bridged()]
    stands = {"999": {"measures": ids, "ways": [[] for _ in ids], "rows": []}}
    health = {"rows": 0, "people": 0, "councils": {}, "stated": [None, None], "seen": [None, None],
              "absent": [], "blanked": 0, "worst": "", "faults": []}  # fmt: skip
    counted = {"period": "2025-26", "year": "2025-26", "until": None, "rows": 0, "people": 0, "left_out": 0,
               "superseded": 0, "councils": [{"code": "999", "first": None, "last": None}],
               "told": [], "exact": []}  # fmt: skip
    made = BroughtFile.objects.create(
        file_name="return.csv", size=1, sha256="0" * 64, by=_somebody(), at=at(), state="counted",
        ended_at=at(), health=health, counted=counted, stands=stands, rule="nhsd-ascof-legacy",
    )  # fmt: skip
    return made.pk
