"""A small made-up survey and its report, for the tests of sentences, checks and files."""

from datetime import UTC, date, datetime

from wherewithal.analytics.cohort import profile
from wherewithal.analytics.replies import Reply, as_tables
from wherewithal.analytics.report.assemble import Issue, assemble
from wherewithal.analytics.report.sentences import Counted
from wherewithal.analytics.share import Survey
from wherewithal.analytics.tabulate import tabulate
from wherewithal.core.questions import Choice, Question, Questionnaire, Section
from wherewithal.core.report import Report
from wherewithal.policy.disclosure import rule
from wherewithal.policy.report import ReportDefinition, SectionDefinition

PLAN = Question("plan", "Do you have a plan?", "yes_no", choices=(Choice("yes", "Yes"), Choice("no", "No")))
HOW = Question(
    "how",
    "How is it kept?",
    "several",
    choices=(Choice("paper", "On paper"), Choice("system", "In a system")),
)
FORM = Questionnaire(
    "plans", "1", "Plans", "survey", date(2026, 1, 1), None, "made up", (Section("s", "Plans", (PLAN, HOW)),)
)
DEFINITION = ReportDefinition(
    title="Plans of made-up councils",
    publisher="Nobody",
    headline="{Word most plan=yes} councils that took part have a plan: {share plan=yes}",
    summary=("{invited} councils were invited; {cohort} took part ({rate}).",),
    contacts=("Press desk, press@example.org",),
    notice="Made up for tests.",
    sections=(
        SectionDefinition("Who took part", ("{cohort} councils took part.",), (), (), ("region",)),
        SectionDefinition("Plans", ("{share plan=yes} have one.",), ("plan", "how"), ("plan",), ()),
    ),
)
ISSUE = Issue("1", date(2026, 11, 28), datetime(2026, 12, 1, 0, 1, tzinfo=UTC))


def counted(yes: int = 18, no: int = 5, blank: int = 1, invited: int = 40) -> Counted:
    """So many say yes (on paper), no (in a system), nothing, of so many councils invited in two regions."""
    regions = ["north" if number % 2 else "south" for number in range(invited)]
    replies = [Reply({"plan": "yes", "how": ["paper"]})] * yes + [
        Reply({"plan": "no", "how": ["system"]})
    ] * no
    replies += [Reply({})] * blank
    tables = tabulate(FORM, as_tables(FORM, replies), Survey("made up", rule("councils"), of="cohort"))
    field = [{"region": region} for region in regions]
    answered = [number < len(replies) for number in range(invited)]
    return Counted({table.question: table for table in tables}, profile(field, answered, ["region"]))


def report(**counts: int) -> Report:
    return assemble(DEFINITION, counted(**counts), ISSUE)
