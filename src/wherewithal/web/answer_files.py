"""Files that are given as answers: looked at when they come, told with their size, handed out again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import Http404, HttpResponse

from wherewithal.actions.record import day
from wherewithal.core.file_kind import KINDS, told
from wherewithal.core.policy import Used
from wherewithal.core.questions import (
    Answers,
    Attached,
    Question,
    attached,
    belies,
    hint_of,
    name_of,
    taken_of,
)
from wherewithal.formats.handed_in import CannotTake, Taken, take
from wherewithal.policy.answer_files import kinds, largest_bytes
from wherewithal.records.models import AnswerFile
from wherewithal.web.clock import now
from wherewithal.web.downloads import file_answer


@dataclass(frozen=True)
class FileTold:
    """What a page says of a file: the answer that names it, its name, what it is ("PDF, 24 kB"), where it is
    handed out ('' where it is not here any more).
    """

    answer: str
    name: str
    says: str
    href: str

    @property
    def words(self) -> str:
        return f"{self.name} ({self.says})"


class Files:
    """The files with a draft or a reply; ``href`` takes a question's id to where its file is handed out."""

    def __init__(self, rows: "QuerySet[AnswerFile]", href: Callable[[str], str]) -> None:
        self.rows, self.href = rows, href

    def told(self, question: str, answers: Answers) -> FileTold | None:
        """None where no answer names one."""
        file = attached(answers.get(question))
        if file is None:
            return None
        row = self.rows.filter(question=question, pk=file.id).defer("content").first()
        says = told(row.kind, row.size) if row else "destroyed"
        return FileTold(file.answer, file.name, says, self.href(question) if row else "")

    def handed_out(self, question: str, answers: Answers) -> HttpResponse:
        """The file, to be kept and never opened by the browser, nor kept on the way. Raises Http404."""
        file = attached(answers.get(question))
        row = self.rows.filter(question=question, pk=file.id).first() if file else None
        if file is None or row is None:
            raise Http404("There is no such file.")
        handed = file_answer(bytes(row.content), file.name, KINDS[row.kind].media_type)
        handed["Cache-Control"] = "no-store, private"
        return handed


def bring(question: Question, file: "UploadedFile[Any]") -> tuple[Attached, Taken]:
    """A file that comes now, as it may be kept, and the answer that names it. Raises CannotTake."""
    used = Used(day(now()))
    largest, given = largest_bytes(used), file.name or ""
    taken = take(file.read(largest + 1), largest, taken_of(question, kinds(used)))  # never more than that
    if claims := belies(given, taken.kind):
        raise CannotTake(
            f"“{given}” is called as a {KINDS[claims].title} is, and is none inside: it is read as "
            f"{KINDS[taken.kind].title}. Save it anew as what it is."
        )
    return Attached(uuid4().hex, name_of(given, taken.kind)), taken


def hint(question: Question) -> str:
    """What is said beside the box: what it asks for, which kinds, how large."""
    used = Used(day(now()))
    return hint_of(question, kinds(used), largest_bytes(used))
