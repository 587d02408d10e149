"""A wave's report is written; figures of very few are looked at by a second person."""

from datetime import datetime

from wherewithal.actions.record import action, locked
from wherewithal.core.refusal import Refusal
from wherewithal.policy.report import ReportDefinition, text
from wherewithal.records.models import Report, SecondLook, User, Wave


class NoTitle(Refusal):
    """A report, or a section of it, that is called nothing, or two sections alike."""


@action("write survey report")
def write(*, wave: Wave, definition: ReportDefinition, by: User, at: datetime) -> Report:
    """What the report will say from now on; what was released before stays. Raises NoTitle."""
    wave = locked(wave)
    titles = [section.title.strip() for section in definition.sections]
    if not definition.title.strip() or not all(titles):
        raise NoTitle("Enter a title.", field="title")
    if double := next((one for one in titles if titles.count(one) > 1), ""):
        raise NoTitle(f"There is a section called “{double}” already. Give this one another.", field="title")
    made, _ = Report.objects.update_or_create(
        wave=wave, defaults={"definition": text(definition), "changed_by": by}
    )
    return made


@action("look at figure of few")
def look(*, wave: Wave, figure: str, count: int, base: int, by: User, at: datetime) -> None:
    """``by`` saw that ``count`` of ``base`` stand behind ``figure`` (question:value), and it may be told."""
    SecondLook.objects.get_or_create(
        wave=wave, figure=figure, count=count, base=base, by=by, defaults={"at": at}
    )
