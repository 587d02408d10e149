"""Somebody for each page that the made-up council's people may happen not to lead to on the day of the test.

Run as a program in that council's database. Prints ``{route: [as whom, address]}`` as JSON.
"""

import json
from datetime import date, timedelta

import django

django.setup()

import assessing  # noqa: E402 (Django first)
import bringing  # noqa: E402
import compending  # noqa: E402
import planning  # noqa: E402
import reviewing  # noqa: E402
import surveying  # noqa: E402
from django.urls import reverse  # noqa: E402
from making import at, person, team, user  # noqa: E402

from wherewithal.actions import (  # noqa: E402
    access,
    card,
    circle,
    codebook,
    plan,
    risk,
    staff,
    survey_answer,
    survey_key,
    survey_mail,
    survey_pack,
    survey_seal,
)  # fmt: skip
from wherewithal.actions import person as people  # noqa: E402
from wherewithal.formats.card_csv import CardLine  # noqa: E402
from wherewithal.records.models import (  # noqa: E402
    AgreedAction,
    Coded,
    Contribution,
    Conversation,
    Invitation,
    Payment,
    Person,
    Plan,
    Run,
    Wave,
)
from wherewithal.simulate.cast import address  # noqa: E402
from wherewithal.web.sector_targets import made_up_figures  # noqa: E402

WORKER, OFFICER, MONEY = "Wren Worker", "Dee Direct", "Fin Finance"
SURVEYOR, ANALYST = "Sol Surveyor", "Ana Analyst"
CASH, CASH_MACHINE = 25_000, "6011"
DONE = planning.doing()
Pages = dict[str, tuple[str, str]]


def drafting() -> Pages:
    """A plan that is being written, with a risk; and what the person themselves may do about it."""
    draft = planning.drafted(person("Ola Drafting"))
    threat = risk.add_risk(plan=draft, kind="customer", what="A fall", likelihood=2, impact=3, **DONE)
    ref, me = draft.person.ref, let_in(draft.person)
    rows = {"plan_outcome_edit": draft.outcomes.get().pk, "plan_line_edit": draft.lines.first().pk,
            "plan_risk_edit": threat.pk}  # fmt: skip
    for_staff = ("plan_describe", "plan_tests", "plan_submit", "plan_outcome", "plan_line", "plan_risk")
    return {
        **{name: (WORKER, reverse(name, args=[ref, pk])) for name, pk in rows.items()},
        **{name: (WORKER, reverse(name, args=[ref])) for name in (*for_staff, "plan_call_panel")},
        "dp_conditions": (OFFICER, reverse("dp_conditions", args=[ref])),
        "my_call_panel": (me, reverse("my_call_panel")),
        "my_ask_again": (me, reverse("my_ask_again")),
        "allocation_ask_again": (WORKER, reverse("allocation_ask_again", args=[ref])),
    }


def assessed() -> Pages:
    """An assessment that both sides still fill in."""
    who = assessing.started(person("Asa Answering")).person
    me, ref = let_in(who), who.ref
    return {
        "assessment_section": (WORKER, reverse("assessment_section", args=[ref, "worker", "eating"])),
        "assessment_explain": (WORKER, reverse("assessment_explain", args=[ref])),
        "assessment_agree": (WORKER, reverse("assessment_agree", args=[ref])),
        "my_questions": (me, reverse("my_questions")),
        "my_questions_section": (me, reverse("my_questions_section", args=["eating"])),
    }


def offered() -> Pages:
    """An offer that waits for its answer, and somebody to speak for the person."""
    who = assessing.agreed(person("Otto Offered")).person
    made = assessing.offered(who.assessments.get())
    speaks = circle.name_representative(
        person=who, kind="nominated", name="Ash Helper", relationship="friend", **DONE
    )
    return {
        "offer_answer": (WORKER, reverse("offer_answer", args=[who.ref, made.pk])),
        "representative_login": (WORKER, reverse("representative_login", args=[who.ref, speaks.pk])),
        "tie_end": (WORKER, reverse("tie_end", args=[who.ref, "representatives", speaks.pk])),
    }


def agreed() -> Pages:
    """A plan in force whose direct payment nobody has signed, and the next version of another."""
    unsigned = planning.agreed(person("Sia Signing")).person.ref
    before = planning.agreed(person("Vera Version"))
    plan.start(person=before.person, written_by="worker", **DONE)
    return {
        "dp_sign": (OFFICER, reverse("dp_sign", args=[unsigned])),
        "plan_start": (WORKER, reverse("plan_start", args=[unsigned])),
        "plan_versions": (WORKER, reverse("plan_versions", args=[before.person.ref])),
    }


def reviewed() -> Pages:
    """A review that is being held, the next that is due, and one for which the person fills in their part."""
    runs = reviewing.running(person("Rea Review"))
    held, due = reviewing.held(runs), reviewing.ahead(runs, "direct_payment")
    ref, me = held.person.ref, let_in(held.person)
    return {
        "review_call_off": (WORKER, reverse("review_call_off", args=[due.pk])),
        "review": (WORKER, reverse("review", args=[ref, held.pk])),
        "review_answers": (WORKER, reverse("review_answers", args=[ref, held.pk, "life"])),
        "my_review_part": (me, reverse("my_review_part", args=["life"])),
        "dp_stop": (OFFICER, reverse("dp_stop", args=[ref])),
    }


def asked_about() -> Pages:
    """Cash that the council's rules ask about, in a card line that belongs to no part of the plan; and a
    contribution that is due. A run would ask for it, and with it pay everybody's support.
    """
    holds: Plan = planning.agreed(person("Cas Cash"))
    planning.signed(holds, paid_to="card", card="MORE-1")
    line = CardLine("more-1", "MORE-1", date(2026, 4, 20), "Cash machine", CASH_MACHINE, CASH, "", 0)
    taken = card.receive(line=line, by=card.provider(), at=at(2026, 4, 20))
    card.raise_questions(on=date(2026, 4, 21), by=card.provider(), at=at(2026, 4, 21))
    question = holds.person.questions.get()
    day = line.posted_on
    due = Contribution.objects.create(person=holds.person, first=day, last=day, due_on=day, due_pence=1_200)
    return {
        "contribution_receive": (OFFICER, reverse("contribution_receive", args=[holds.person.ref])),
        "contribution_waive": (OFFICER, reverse("contribution_waive", args=[holds.person.ref, due.pk])),
        "dp_agreement": (OFFICER, reverse("dp_agreement", args=[holds.person.ref])),
        "exception": (OFFICER, reverse("exception", args=[question.pk])),
        "line_match": (OFFICER, reverse("line_match", args=[taken.pk])),
    }


def surveyed() -> Pages:
    """Waves of a survey before, in and after the field, and the links of whom one asks."""
    days = {"opens_at": at(2020, 1, 1), "destroy_keys_on": at(2126, 6, 1).date()}
    draft = surveying.draft(title="Not yet in the field", **days, closes_at=at(2126, 1, 1))
    asks = {"questionnaire": surveying.with_files(), **days}
    wave, _ = surveying.opened(title="In the field", needs_approval=True, **asks, closes_at=at(2126, 1, 1))
    one, other = surveying.one_of(wave), surveying.one_of(wave, 1)
    surveying.fill_with_file(one)
    surveying.fill_with_file(other)
    _, approves = survey_answer.ask_approval(
        invitation=one, name="Ann Answerer", director="Dee Director", director_email="dee@example.org",
        by=survey_answer.respondent(), at=surveying.IN_TIME,
    )  # fmt: skip
    closed = surveying.opened(title="Answered", **asks, closes_at=surveying.CLOSES)[0]
    surveying.fill_with_file(surveying.one_of(closed))
    reply = survey_answer.hand_in(
        invitation=surveying.one_of(closed), name="Ann Answerer", **surveying.doing(surveying.IN_TIME)
    )
    survey_seal.close(wave=closed, **surveying.doing(surveying.LATE))
    days_of_few = {"opens_at": at(2020, 1, 1), "closes_at": at(2126, 1, 1)}
    sealed = surveying.draft("anonymous", title="To be sealed", **days_of_few)
    few = surveying.opened("anonymous", title="Few answered", **days_of_few)[0]
    surveying.answer(surveying.one_of(few))
    mixed, key = surveying.opened("anonymous", title="Mixed", **days_of_few)
    surveying.sealed_enough(mixed)
    survey_seal.close(wave=mixed, key=key, **surveying.doing(surveying.LATE))
    said = survey_key.note_destroyed(
        wave=mixed, holder=Wave.objects.get(pk=mixed.pk).key_holders[0], destroyed_on=surveying.LATE.date(),
        **surveying.doing(surveying.LATE),
    )  # fmt: skip
    coded = Coded.objects.select_related("reply__wave").filter(coder=user(SURVEYOR))[0]
    codes = codebook.begin(wave=closed, **surveying.doing(surveying.LATE))
    code = codebook.save_code(
        book=codes, question="words", label="Early", definition="Speaks of what is done early",
        **surveying.doing(surveying.LATE),
    )  # fmt: skip
    theirs = survey_mail.link(other, wave, "http://x/").removeprefix("http://x")
    out = Invitation.objects.filter(wave__state=Wave.State.RELEASED, key__isnull=False).exclude(email="")[0]
    sent = survey_pack.begin(invitation=out, **surveying.doing())
    theirs_too = survey_pack.link(out, out.wave, sent.number, "/")
    crossed = reverse("survey_crossed", args=[out.wave.slug])
    slug = {"survey_open": draft.slug, "survey_change": draft.slug, "survey_throw_away": draft.slug,
            "survey_bank": draft.slug, "survey_key": sealed.slug,
            "survey_sample": draft.slug, "survey_addresses": draft.slug,
            "survey_close": wave.slug, "survey_extend": wave.slug, "survey_post": wave.slug,
            "survey_destroy_keys": closed.slug, "survey_close_unread": few.slug,
            "survey_key_copies": mixed.slug}  # fmt: skip
    return {
        **{name: (SURVEYOR, reverse(name, args=[of])) for name, of in slug.items()},
        "survey_key_take_back": (SURVEYOR, reverse("survey_key_take_back", args=[mixed.slug, said.pk])),
        "survey_invitation": (SURVEYOR, reverse("survey_invitation", args=[wave.slug, one.code])),
        "coding_note": (SURVEYOR, reverse("coding_note", args=[coded.reply.wave.slug, coded.pk])),
        "codebook_throw_away": (SURVEYOR, reverse("codebook_throw_away", args=[closed.slug])),
        "codebook_add": (SURVEYOR, reverse("codebook_add", args=[closed.slug])),
        "codebook_code": (SURVEYOR, reverse("codebook_code", args=[closed.slug, code.id])),
        "survey_reply": (SURVEYOR, reverse("survey_reply", args=[closed.slug, reply.pk])),
        "reply_judge": (SURVEYOR, reverse("reply_judge", args=[closed.slug, reply.pk, "words"])),
        "quotation_pick": (SURVEYOR, reverse("quotation_pick", args=[closed.slug, "words", reply.pk])),
        "answer": (WORKER, theirs),
        "answer_part": (WORKER, f"{theirs}part/support/"),
        "answer_whole": (WORKER, f"{theirs}whole/"),
        "answer_ask": (WORKER, f"{theirs}approval/"),
        "answer_hand_in": (WORKER, f"{theirs}hand-in/"),
        "approve": (WORKER, reverse("approve", args=[approves])),
        "pack": (WORKER, theirs_too),
        "survey_crossed": (SURVEYOR, f"{crossed}?of=self_funders&by=brokerage_offered"),
    }


def compended() -> Pages:
    """What a council handed in by its link and may still change, what is published, what others took up."""
    mine, out = compending.handed_in(file=b"A leaflet", done="As they do in Kent."), compending.published()
    compending.worded(mine)
    compending.taken_up(out, result="worked", says="It is full.")
    theirs, others = compending.address(mine.door), compending.address(compending.door(2))
    keep = reverse("compendium_keep", args=["examples", mine.pk])
    return {
        "door": (WORKER, theirs),
        "door_new": (WORKER, f"{theirs}new/"),
        "door_example": (WORKER, f"{theirs}{mine.pk}/"),
        "door_change": (WORKER, f"{theirs}{mine.pk}/change/"),
        "door_take_back": (WORKER, f"{theirs}{mine.pk}/take-back/"),
        "door_withdraw": (WORKER, f"{theirs}{out.pk}/withdraw/"),
        "door_try": (WORKER, f"{others}try/"),
        "door_take_up": (WORKER, f"{others}try/{out.pk}/"),
        "compendium_keep": (SURVEYOR, f"{keep}?kind=place&words=Kent"),
        "compendium_withdraw": (SURVEYOR, reverse("compendium_withdraw", args=[mine.pk])),
    }


def conversed() -> Pages:
    """A conversation of the made-up council with a note that stands and an action that is open."""
    open_action = AgreedAction.objects.filter(state="open", conversation__closed_on=None)[0]
    row = open_action.conversation
    closed = Conversation.objects.exclude(closed_on=None)[0]
    anew = f"{reverse('conversation_begin')}?threshold={closed.threshold}&council={closed.code}"
    return {
        "conversation_begin": (SURVEYOR, anew),
        "conversation_correct": (SURVEYOR, reverse("conversation_correct", args=[row.pk, row.notes[0].pk])),
        "conversation_end": (SURVEYOR, reverse("conversation_end", args=[row.pk, open_action.pk])),
    }


def watched() -> Pages:
    """A target with figures enough for a control chart, and a measure that the council has a target of; links
    lead to more of both than a walk opens.
    """
    return {
        "sector_target": (SURVEYOR, made_up_figures("30-percent-ongoing")),
        "measure": (ANALYST, reverse("measure", args=["ascof-3d-2a"])),
    }


def brought() -> Pages:
    """A council's return that was read, and one that waits."""
    row, waits = bringing.read_now(bringing.faulty()), bringing.brought()
    of = {"brought_file": waits, "brought_file_throw_away": row, "brought_file_as_counted": row}
    return {
        **{name: (ANALYST, reverse(name, args=[one.pk])) for name, one in of.items()},
        "brought_file_bridge": (ANALYST, reverse("brought_file_bridge", args=[row.pk])),
    }


def elsewhere() -> Pages:
    """Somebody of another team, whose record opens in an emergency only."""
    far = person("Fay Faraway", team=team("South"))
    return {"person_emergency": (WORKER, reverse("person_emergency", args=[far.ref]))}


def paid() -> Pages:
    """Of the made-up council a run that waits, a payment that the bank made, whose account it is in, and the
    run with its file.
    """
    waiting = Run.objects.filter(state__in=(Run.State.DRAFT, Run.State.CHECKED)).latest("id")
    made = (
        Payment.objects.select_related("run", "person")
        .filter(state=Payment.State.SETTLED, pence__gt=0)
        .latest("id")
    )
    return {
        "run_cancel": (MONEY, reverse("run_cancel", args=[waiting.number])),
        "run": (MONEY, reverse("run", args=[made.run.number])),
        "person_money": (MONEY, reverse("person_money", args=[made.person.ref])),
        "payment_return": (MONEY, reverse("payment_return", args=[made.run.number, made.pk])),
    }


def ended() -> Pages:
    """A record that has ended."""
    gone = people.end(person=person("Eve Ended"), on=at().date(), because=Person.EndReason.MOVED, **DONE)
    return {"person_reopen": (WORKER, reverse("person_reopen", args=[gone.ref]))}


def let_in(who: Person) -> str:
    """The person may be entered as; their name."""
    login = access.act_for(person=who, email=address(who.name), **DONE)
    staff.show_in_demo(user=login, by=user("Ada Administrator"), at=at() + timedelta(minutes=1))
    return who.name


if __name__ == "__main__":
    found: Pages = {}
    for make in (
        drafting,
        assessed,
        offered,
        agreed,
        reviewed,
        asked_about,
        surveyed,
        compended,
        conversed,
        watched,
        brought,
        elsewhere,
        paid,
        ended,
    ):
        found |= make()
    print(json.dumps(found))
