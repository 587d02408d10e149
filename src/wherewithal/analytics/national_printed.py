"""What was printed of the national picture in 2010 and 2011 alone, and what no table on record tells."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from wherewithal.analytics.national_picture import Topic, picture, printed
from wherewithal.policy.trend import trend

_DOCUMENTS = {
    "report": "ADASS, Report on the personalisation survey, September 2011, section ",
    "notice": "Press notice of the survey, 18 October 2011, ",
    "article-survey": "Community Care, article on the survey, October 2011, ",
    "article-slow": "Community Care, article on councils slow to roll out personal budgets, 2010, ",
    "article-staff": "Community Care, article on staff and personal budgets, 2010, ",
}
_SAID = {"R1.2-double": "double", "R1.2-second-half": "faster"}  # what is printed as no number nor share
PAYMENTS, DIRECTED, DIRECT = "direct-payments", "self-directed-support", "direct-payment-share"
_NOT_ON_RECORD: dict[Topic, str] = {
    "people": "Of 2008-09 only councils' figures are printed, and none of England. Of {missing} no table is "
    "on record here.",
    "money": "No table on record tells what is in all personal budgets, in any year but that of the report: "
    "the returns count the money of direct payments only.",
    "share": "No table on record tells direct spending by the ground of 1 in 7, so there is no share of "
    "another year.",
    "growth": "No two figures on record stand in one line, so no growth is worked out.",
    "spread": "No table on record tells how large budgets are, in any year but that of the report: returns "
    "count people and money, not budgets by their size.",
    "held": "In 2011 no count of how budgets are held is printed, only words. Individual service funds are "
    "counted in no table on record.",
    "councils": "What councils had in 2009-10 is printed for two of them, and without its base; of {missing} "
    "no share is on record council by council.",
}
_COUNTED_FROM: dict[Topic, tuple[str, tuple[str, ...]]] = {
    "people": ("2008-09", (PAYMENTS, DIRECTED, DIRECT)),
    "councils": ("2010-11", (DIRECTED, DIRECT)),
}
"""Of each topic that is told year by year: the first year that is asked for, and whose tables tell it."""
_IN_WORDS: tuple[tuple[Topic, str, str, str, str], ...] = (
    ("share", "2011", "R1.2-1in7", "Of councils’ direct spending on adult care",
     "Printed as almost 1 in 7; which spending is direct is not said."),
    ("growth", "2011", "R1.2-double", "People with a personal budget against a year before",
     "A word, so about twice as many."),
    ("growth", "2010-11", "R1.2-second-half", "When it grew faster: October 2010 to March 2011",
     "How much faster is not printed."),
    ("held", "2010-11", "C-1011-growth", "How much of the growth was in budgets that councils manage",
     "A word, not a count; there is no figure behind it in print."),
    ("held", "2013", "C-most-dp", "How many would have a direct payment by 2013, as was expected",
     "An expectation, not a count."),
    ("councils", "2009-10", "S-3.3", "Lowest take-up of a council",
     "Of eligible people, as each counts them."),
    ("councils", "2009-10", "S-58.7", "Highest take-up of a council",
     "Of eligible people, as each counts them."),
    ("councils", "2009-10", "D-13", "Average take-up of councils",
     "Which average is not said: a mean of councils' rates and one of all people differ."),
    ("councils", "2009-10", "S-half", "Councils under 10%", "A half in words, so rounded."),
    ("councils", "2009-10", "S-one-in-eight", "Councils over 20%", "Printed as one in eight, so rounded."),
)  # fmt: skip
"""Of each: topic, year, the printed figure's id, what it is, and what does not follow."""


@dataclass(frozen=True)
class Fact:
    """A figure of a year as it is ``written``; ``worked_out`` is '' for what stands so in print.

    ``written`` is '' where nothing may be told, and ``caveat`` then says why.
    """

    topic: Topic
    year: str
    what: str
    written: str
    worked_out: str
    caveat: str
    source: str


@cache
def not_on_record() -> dict[Topic, str]:
    """What no table on record tells, by topic. Said of the record, not of the world."""
    missing = {topic: " and ".join(_missing(*of)) for topic, of in _COUNTED_FROM.items()}
    return {topic: says.format(missing=missing.get(topic)) for topic, says in _NOT_ON_RECORD.items()}


def _missing(first: str, trends: tuple[str, ...]) -> Iterator[str]:
    """Reporting years from ``first`` to the last on record of which none of these has a figure, as runs:
    ``2012-13 to 2019-20``.
    """
    begins = int(first[:4])
    told = {begun for id in trends for year in trend(id).years if (begun := int(year[:4])) >= begins}
    for year in sorted(told | {begins - 1}):
        after = next((other for other in sorted(told) if other > year), None)
        if after is not None and after - year > 1:
            yield " to ".join(dict.fromkeys((_reporting_year(year + 1), _reporting_year(after - 1))))


def _reporting_year(begins: int) -> str:
    return f"{begins}-{(begins + 1) % 100:02}"


def printed_facts() -> Iterator[Fact]:
    """What follows from the report of 2011, then what is printed as a share, or in words."""
    for line in picture():
        stands = len(line.of) == 1 and line.unit != "%"
        parts = "; ".join(printed(id).what for id in line.of)
        figures = "figure" if len(line.of) == 1 else "figures"
        out = "" if stands else f"worked out from the printed {figures}: {parts}"
        yield Fact(line.topic, "2011", line.what, line.written, out, line.caveat, _printed_in(*line.of))
    for topic, year, id, what, caveat in _IN_WORDS:
        yield Fact(topic, year, what, _said(id), "", caveat, _printed_in(id))


def _said(id: str) -> str:
    """A printed figure as a reader writes it: ``1 in 7``, ``13%``, ``half``."""
    figure = printed(id)
    if figure.numerator is not None and figure.denominator:
        return f"{figure.numerator} in {figure.denominator}"
    if figure.percentage is not None:
        return f"{figure.percentage}%"
    return figure.words or _SAID[id]


def _printed_in(*ids: str) -> str:
    """Where figures stand in print; every one of them is of the same document."""
    figure = printed(ids[0])
    return f"{_DOCUMENTS[figure.document]}{figure.place} ({', '.join(ids)})"
