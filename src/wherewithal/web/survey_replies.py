"""What was answered: the replies of a wave, one by one. Whose each is, only where it is attributed."""

import uuid

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.cache import never_cache

from wherewithal.core.roles import may
from wherewithal.core.survey import JUDGEMENTS, Judgement, Mode
from wherewithal.records.models import AnswerFile, Reply
from wherewithal.web.access import user_of
from wherewithal.web.answer_files import Files
from wherewithal.web.clock import now
from wherewithal.web.page import page, render
from wherewithal.web.paper import Paper
from wherewithal.web.survey_field import Standing, found

A_PAGE = 60


@page("survey.see")
def survey_replies(request: HttpRequest, slug: str) -> HttpResponse:
    """In the order of their random numbers, which tells nothing; late ones apart."""
    standing = Standing(found(slug), now())
    rows = standing.wave.replies.order_by("late", "id").select_related("key__invitation")
    page_of = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    listed = [(reply, _called(reply, standing), _counts(reply)) for reply in page_of]
    context = {"standing": standing, "wave": standing.wave, "page": page_of, "listed": listed}
    return render(request, "survey/replies.html", context)


@page("survey.see")
def survey_reply(request: HttpRequest, slug: str, reply: uuid.UUID) -> HttpResponse:
    standing = Standing(found(slug), now())
    one = standing.wave.replies.select_related("key__invitation").filter(pk=reply).first()
    if one is None:
        raise Http404("This survey has no such reply.")
    context = {
        "standing": standing, "wave": standing.wave, "reply": one, "called": _called(one, standing),
        "said": _said(one, standing, judges=may(user_of(request).roles, "survey.code") and not one.late),
        "counts": _counts(one),
    }  # fmt: skip
    return render(request, "survey/reply.html", context)


@page("survey.see")
@never_cache
def survey_reply_file(request: HttpRequest, slug: str, reply: uuid.UUID, question: str) -> HttpResponse:
    """A file that a reply gave as an answer, without its authors."""
    standing = Standing(found(slug), now())
    one = standing.wave.replies.filter(pk=reply).first()
    if one is None:
        raise Http404("This survey has no such reply.")
    return _files(one, standing).handed_out(question, one.answers)


def _files(reply: Reply, standing: Standing) -> Files:
    slug = standing.wave.slug
    return Files(
        AnswerFile.objects.filter(reply=reply),
        lambda question: reverse("survey_reply_file", args=[slug, reply.pk, question]),
    )


def _said(reply: Reply, standing: Standing, *, judges: bool) -> list[tuple[str, list[tuple[str, ...]]]]:
    """By section: each question that was asked, what was answered, how that is to be read; and where who
    ``judges`` says so.
    """
    paper = Paper(standing.questionnaire, reply.answers, _files(reply, standing))
    judged = {one.question: JUDGEMENTS[Judgement(one.says)] for one in reply.judged.all()}
    found = []
    for section in standing.questionnaire.sections:
        words = paper.said_by_id(section)
        rows: list[tuple[str, ...]] = []
        for question in paper.asked_in(section):
            if question.takes_answer:
                says = words.get(question.id, "Left blank")
                says += f" ({judged[question.id]})" if question.id in judged else ""
                file = paper.file(question.id)
                where = reverse("reply_judge", args=[standing.wave.slug, reply.pk, question.id])
                actions = [file.href, "Download"] if file and file.href else []
                actions += [where, "How it is read"] if judges else []
                rows.append((question.label, says, *actions))
        found.append((section.title, rows))
    return found


def _called(reply: Reply, standing: Standing) -> str:
    """The council's name where the wave is attributed, else the beginning of the reply's number."""
    key = getattr(reply, "key", None)
    if standing.wave.mode == Mode.ATTRIBUTED and key is not None:
        return str(key.invitation.name)
    return f"Reply {str(reply.pk)[:8]}"


def _counts(reply: Reply) -> dict[str, int]:
    """How many questions have which status."""
    found: dict[str, int] = {}
    for status in reply.statuses.values():
        found[status] = found.get(status, 0) + 1
    return found


urlpatterns = [
    path("survey/<slug:slug>/replies/", survey_replies, name="survey_replies"),
    path("survey/<slug:slug>/replies/<uuid:reply>/", survey_reply, name="survey_reply"),
    path(
        "survey/<slug:slug>/replies/<uuid:reply>/file/<question>/",
        survey_reply_file,
        name="survey_reply_file",
    ),
]
