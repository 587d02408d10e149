"""A questionnaire on the web: one part a page, drawn from its definition, judged by the rule."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib import messages
from django.forms.utils import ErrorDict
from django.http import HttpRequest, QueryDict

from wherewithal.actions import assessment
from wherewithal.core.questions import (
    Answer,
    Answers,
    AnswersAtFault,
    Fault,
    Question,
    Section,
    is_answered,
    read,
)
from wherewithal.formats.handed_in import CannotTake, Taken
from wherewithal.web import access
from wherewithal.web.answer_files import bring
from wherewithal.web.clock import now
from wherewithal.web.editing import EditForm
from wherewithal.web.forms import Form, named
from wherewithal.web.page import refusals
from wherewithal.web.paper import Href, Paper, ResponsePaper
from wherewithal.web.question_fields import boxes_of, field_of


class SectionForm(EditForm):
    """One part of a questionnaire. What it read without fault is in ``heard``, also when it has faults.

    ``questions`` are those on the page, notes among them. The page says which they were (``shown``), so that
    an answer is cleared only where its question was seen. ``every``: also those that no answer leads to yet.
    ``brought`` are the files that came without fault, by question.
    """

    def __init__(
        self,
        paper: Paper,
        section: Section,
        data: QueryDict | None = None,
        files: Any = None,
        *,
        every: bool = False,
    ) -> None:
        super().__init__(data, files)
        self.brought: dict[str, Taken] = {}
        self.posted = data or QueryDict()
        self.paper, self.section = paper, section
        self.other_choices: list[str] = []
        self.questions = section.questions if every else paper.asked_in(section)
        if data is not None:
            seen = data.get("shown", "").split()
            self.questions = tuple(one for one in section.questions if one.id in seen or not one.takes_answer)
        self.ids = [one.id for one in self.questions if one.takes_answer]
        self.heard: dict[str, Answer] = {}
        self.fields["shown"] = forms.CharField(widget=forms.HiddenInput, initial=" ".join(self.ids))
        for question in self.questions:
            if question.takes_answer:
                self.fields[question.id] = field_of(question, paper.answers.get(question.id))

    def full_clean(self) -> None:
        """The rule reads and judges what was posted, not Django."""
        self._errors = ErrorDict(renderer=self.renderer)
        self.other_choices = []
        if not self.is_bound:
            return
        self.cleaned_data: dict[str, Any] = {}
        posted, wrong = self._posted()
        read_ids = [id for id in self.ids if id not in {fault.question for fault in wrong}]
        heard = read(self.paper.questionnaire, posted, only=read_ids)
        self.heard = heard.answers
        self._follow_choices()
        self.show([*heard.faults, *wrong])

    def _follow_choices(self) -> None:
        """Where an answer of this page changes what may be chosen under another question of it, what was
        chosen and is no longer shown is cleared, and the question comes again with its other choices.
        """
        before = {one.id: one for one in self.paper.asked_in(self.section)}
        now = {one.id: one for one in self.paper.led_to(self.section, {**self.paper.answers, **self.heard})}
        for id in self.ids:
            if id not in now or id not in before or now[id].choice.keys() == before[id].choice.keys():
                continue
            given = self.heard.get(id)
            chosen = set(given) if isinstance(given, list) else {given} if is_answered(given) else set()
            if chosen <= before[id].choice.keys() and not chosen <= now[id].choice.keys():
                self.heard[id], chosen = None, set()
            if not chosen:
                self.other_choices.append(now[id].text)
            self.fields[id] = field_of(now[id], self.heard.get(id))

    def shown_first(self) -> dict[str, Any]:
        return self.values(self.paper.answers)

    def typed(self) -> dict[str, Answer]:
        return self.heard

    def values(self, answers: Answers) -> dict[str, Any]:
        """What the page shows of ``answers``, by question."""
        asked = {one.id: one for one in self.questions if one.takes_answer}
        return {id: field_of(one, answers.get(id)).initial for id, one in asked.items()}

    def show(self, faults: Collection[Fault]) -> None:
        """Each fault beside its question, which it names."""
        for fault in faults:
            field = self.fields.get(fault.question)
            asks = str(field.label) if field else ""
            says = fault.says if asks in fault.says else named(asks, fault.says)
            self.add_error(fault.question if field else None, says)

    def following(self, section: Section, request: HttpRequest) -> str:
        """Where to go on after saving: this part again where the answers lead to questions that were not on
        the page, which the page then says; else the next one; '' back to the list, after the last or "later".
        """
        if "later" in request.POST:
            return ""
        if new := self.grown(section):
            more = "one more question" if len(new) == 1 else f"{len(new)} more questions"
            also = " ".join(f"“{text}”" for text in new)
            messages.info(request, f"Your answers are saved. They lead to {more} on this page: {also}")
            return section.id
        return self.paper.after(section)

    def grown(self, section: Section) -> list[str]:
        """The questions of the part that the answers lead to and that were not on the page, or have other
        choices now and none of them chosen.
        """
        asked = self.paper.asked_in(section)
        return [one.text for one in asked if one.takes_answer and one.id not in self.ids] + self.other_choices

    def lose_files(self) -> None:
        """Nothing was saved: say beside each file that came that it has to come again."""
        for id in self.brought:
            self.add_error(id, "Choose this file again: nothing is saved yet, and no page keeps a file")

    def takes_out(self, id: str) -> bool:
        """Was it ticked that the file is taken away?"""
        return f"{id}_out" in self.posted

    def _posted(self) -> tuple[dict[str, list[str]], list[Fault]]:
        """All that was posted, and the answer that names each file that came; what is wrong with those."""
        posted = {name: self.posted.getlist(name) for name in self.ids}
        wrong = []
        for question in self.questions:
            if question.kind == "file":
                posted[question.id], says = self._file(question)
                wrong += [Fault(question.id, says)] if says else []
            elif question.takes_answer:
                boxes = boxes_of(self.fields[question.id])
                posted |= {
                    f"{question.id}-{box}": self.posted.getlist(f"{question.id}_{box}") for box in boxes
                }
        return posted, wrong

    def _file(self, question: Question) -> tuple[list[str], str]:
        """The answer, as a list of none or one, and what is wrong with the file that came, '' for nothing."""
        if file := self.files.get(question.id):
            try:
                named, self.brought[question.id] = bring(question, file)
            except CannotTake as refusal:
                return [], refusal.says
            return [named.answer], ""
        return [] if self.takes_out(question.id) else self.posted.getlist(f"{question.id}_kept"), ""


def save(request: HttpRequest, form: SectionForm, paper: ResponsePaper) -> bool:
    """Keep what was read without fault; True where nothing is left to mend on the page."""
    if form.is_put_back:
        return False
    form.is_valid()
    with refusals(form):
        of = paper.response
        form.must_stand(of, lambda held: form.values(held.answers), under=of.assessment)
        saved = assessment.save_answers(
            response=paper.response, answers=form.heard, by=access.user_of(request), at=now()
        )
        form.stands_on(form.values(saved.answers))
        paper.keep_response(saved)
    return not form.errors


def tell(request: HttpRequest, form: Form, done: str) -> None:
    """Say on the next page that it is done, or why it was refused."""
    if form.errors:
        messages.warning(request, " ".join(map(str, form.non_field_errors())))
    else:
        messages.success(request, done)


def missing(paper: Paper, refusal: AnswersAtFault, href: Href) -> list[dict[str, str]]:
    """What is still wrong or missing, for a summary of errors that leads to each question."""
    return [
        {"text": says, "href": f"{href(paper.section_of(question))}#id_{question}"}
        for question, says in refusal.faults.items()
    ]
