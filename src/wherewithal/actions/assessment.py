"""Assessment: started, answered from two sides, explained, agreed with eligibility decided."""

from collections.abc import Collection, Mapping
from datetime import datetime

from wherewithal.actions.record import action, day, locked
from wherewithal.core.assessment import check_advocate, check_explained, check_heard, explanation
from wherewithal.core.eligibility import Eligibility, Findings, decide
from wherewithal.core.period import written
from wherewithal.core.questions import Answer, Answers, carried, check, counted
from wherewithal.core.refusal import Refusal
from wherewithal.policy.eligibility import rules
from wherewithal.policy.questionnaire import questionnaire, questionnaire_version
from wherewithal.records.models import Arrangement, Assessment, Person, Request, Response, User
from wherewithal.records.reading import gave_own_answers

QUESTIONNAIRES = {"adult": "sds-adult", "carer": "sds-carer"}


class AlreadyStarted(Refusal):
    """A second open assessment of one kind for one person."""


class PersonHasEnded(Refusal):
    """Work on somebody whose record has ended."""


class NotTheirs(Refusal):
    """A request of somebody else, or a person cared for that makes no sense."""


class NotOpen(Refusal):
    """Answers that are handed in, or an assessment that is no longer open."""


class NotHandedIn(Refusal):
    """An assessment agreed, or answers taken back, before the worker's answers were handed in."""


@action("start assessment")
def start(
    *,
    person: Person,
    kind: str,
    by: User,
    at: datetime,
    request: Request | None = None,
    cared_for: Person | None = None,
    substantial_difficulty: bool = False,
    appropriate_person: str = "",
    advocate: str = "",
) -> Assessment:
    """A new assessment (``kind`` adult or carer) with two sets of answers: the person's own, the worker's.

    Both are to the questionnaire of the day, and start from last time's answers where there is an agreed
    assessment of that kind. Raises PersonHasEnded, AlreadyStarted, NotTheirs, AdvocateNeeded (Care Act 2014
    s67), NoQuestionnaire.
    """
    person = locked(person)
    _refuse_ended(person)
    if person.assessments.filter(kind=kind, state=Assessment.State.STARTED).exists():
        what = "A carer’s assessment" if kind == "carer" else "An assessment"
        raise AlreadyStarted(f"{what} of {person.name} is open already. Go on with that one.")
    _check_theirs(person, kind, request, cared_for)
    check_advocate(
        substantial_difficulty=substantial_difficulty,
        appropriate_person=appropriate_person,
        advocate=advocate,
    )
    previous = person.assessments.filter(kind=kind, state=Assessment.State.AGREED).first()
    started = Assessment.objects.create(
        person=person, kind=kind, cared_for=cared_for, request=request, previous=previous, by=by,
        started_on=day(at), substantial_difficulty=substantial_difficulty,
        appropriate_person=appropriate_person.strip(), advocate=advocate.strip(),
    )  # fmt: skip
    _hand_out(started, by, at)
    return started


@action("save answers")
def save_answers(*, response: Response, answers: Answers, by: User, at: datetime) -> Response:
    """Keep answers as they are given; what was kept for other questions stays.

    None or nothing clears an answer. An answer to a question that is no longer asked is dropped. All or
    nothing: raises AnswersAtFault with every fault; a form saves what it could read without fault and shows
    the rest again. Raises NotOpen after hand-in.
    """
    response = _open(response)
    asked_of = questionnaire_version(response.questionnaire, response.version, response.view)
    given: dict[str, Answer] = {**response.answers, **answers}
    check(asked_of, given, whole=False)
    response.answers = counted(asked_of, given)
    response.by, response.saved_at = by, at
    response.save(update_fields=["answers", "by", "saved_at"])
    return response


@action("hand in answers")
def hand_in(*, response: Response, by: User, at: datetime) -> Response:
    """No more changes. Raises AnswersAtFault with every required answer that is missing, or NotOpen."""
    response = _open(response)
    asked_of = questionnaire_version(response.questionnaire, response.version, response.view)
    check(asked_of, response.answers, whole=True)
    response.state = Response.State.HANDED_IN
    response.by, response.handed_in_at = by, at
    response.save(update_fields=["state", "by", "handed_in_at"])
    return response


@action("take back answers")
def take_back(*, response: Response, by: User, at: datetime) -> Response:
    """Open handed-in answers again, while the assessment is open. Raises NotHandedIn or NotOpen."""
    response = locked(response)
    if response.assessment is None or response.assessment.state != Assessment.State.STARTED:
        raise NotOpen("The assessment is no longer open. Start a new one to change these answers.")
    if response.state != Response.State.HANDED_IN:
        raise NotHandedIn("These answers are open already.")
    response.state = Response.State.DRAFT
    response.by, response.handed_in_at = by, None
    response.save(update_fields=["state", "by", "handed_in_at"])
    return response


@action("explain")
def explain(*, assessment: Assessment, what: str | Collection[str], by: User, at: datetime) -> Assessment:
    """Record that a thing (a code of core/assessment.EXPLANATIONS), or several, were explained today.

    What was explained before keeps its day. Raises NoSuchExplanation or NotOpen.
    """
    assessment = _started(assessment)
    codes = [explanation(code).code for code in ([what] if isinstance(what, str) else what)]
    assessment.explained = {code: day(at).isoformat() for code in codes} | assessment.explained
    assessment.save(update_fields=["explained"])
    return assessment


@action("agree assessment")
def agree(
    *, assessment: Assessment, findings: Findings, by: User, at: datetime, reason: str = ""
) -> Assessment:
    """Decide eligibility by the rule of the day and agree the assessment.

    The agreed one before is superseded. Keeps findings, reasons, unmet outcomes, the rule and its
    fingerprint. ``reason``: why there is no answer of the person's own, where there is none. Raises NotOpen,
    NotHandedIn (the worker's answers), NotHeard, NotExplained, PersonHasEnded, and what core/eligibility
    raises.
    """
    assessment = _started(assessment)
    person = locked(assessment.person)
    _refuse_ended(person)
    if not assessment.responses.filter(view="worker", state=Response.State.HANDED_IN).exists():
        raise NotHandedIn("The worker’s answers are not handed in yet. Hand them in, then decide.")
    check_explained(assessment.explained)
    check_heard(gave_own_answers(assessment), reason)
    decided = decide(rules(assessment.kind, day(at)), findings)
    _supersede_the_one_before(assessment)
    _keep(assessment, decided, at)
    _set_standing(person)
    return assessment


def _hand_out(started: Assessment, by: User, at: datetime) -> None:
    """The two sets of answers, each beginning with what was said last time."""
    asked_of = questionnaire(QUESTIONNAIRES[started.kind], day(at))
    earlier, words = _last_time(started), asked_of.fingerprint
    for view in Response.View:
        put = questionnaire_version(asked_of.id, asked_of.version, view)
        Response.objects.create(
            person=started.person, assessment=started, view=view, by=by, saved_at=at,
            questionnaire=asked_of.id, version=asked_of.version, fingerprint=words,
            answers=carried(put, earlier.get(view, {})),
        )  # fmt: skip


def _last_time(started: Assessment) -> Mapping[str, Answers]:
    """Last time's answers by view."""
    return dict(started.previous.responses.values_list("view", "answers")) if started.previous else {}


def _keep(assessment: Assessment, decided: Eligibility, at: datetime) -> None:
    record = decided.record()
    assessment.findings = record.pop("findings")
    assessment.eligibility = record
    assessment.eligible = decided.eligible
    assessment.agreed_on = day(at)
    assessment.state = Assessment.State.AGREED
    assessment.save()


def _supersede_the_one_before(assessment: Assessment) -> None:
    for former in Assessment.objects.select_for_update().filter(
        person=assessment.person, kind=assessment.kind, state=Assessment.State.AGREED
    ):
        former.state = Assessment.State.SUPERSEDED
        former.save(update_fields=["state"])
        former.responses.update(state=Response.State.SUPERSEDED)


def _set_standing(person: Person) -> None:
    """Drawing on support while any is arranged; being eligible alone is not yet drawing on it."""
    draws = person.arrangements.exclude(state=Arrangement.State.ENDED).exists()
    person.state = Person.State.DRAWING if draws else Person.State.KNOWN
    person.save(update_fields=["state"])


def _open(response: Response) -> Response:
    """The answers, locked; raises NotOpen where they can no longer be changed."""
    assessment = locked(response.assessment) if response.assessment else None
    response = locked(response)
    if response.state != Response.State.DRAFT:
        when = written(day(response.handed_in_at)) if response.handed_in_at else "an earlier day"
        raise NotOpen(f"These answers were handed in on {when} and cannot be changed.")
    if assessment and assessment.state != Assessment.State.STARTED:
        raise NotOpen("The assessment was agreed, so these answers cannot be changed any more.")
    return response


def _started(assessment: Assessment) -> Assessment:
    assessment = locked(assessment)
    if assessment.state != Assessment.State.STARTED:
        on = written(assessment.agreed_on) if assessment.agreed_on else "an earlier day"
        raise NotOpen(f"This assessment was agreed on {on}. Start a new one to change it.")
    return assessment


def _refuse_ended(person: Person) -> None:
    if person.state == Person.State.ENDED:
        raise PersonHasEnded(f"The record of {person.name} has ended. Open it again before you assess.")


def _check_theirs(person: Person, kind: str, request: Request | None, cared_for: Person | None) -> None:
    if request is not None and request.person_id != person.pk:
        raise NotTheirs(f"That request is not about {person.name}.", field="request")
    if cared_for is not None and (kind != "carer" or cared_for.pk == person.pk):
        raise NotTheirs("Only a carer’s assessment names a person cared for, and never the carer.")
