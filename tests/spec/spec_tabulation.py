"""Reference: a survey's tables, each share with its base."""

from datetime import date
from decimal import Decimal

from spec.tables import Page, Table
from wherewithal.analytics.base import Base
from wherewithal.analytics.figures import Figure
from wherewithal.analytics.replies import Reply, as_tables
from wherewithal.analytics.share import CannotTabulate, Cell, Survey, Weighting, change
from wherewithal.analytics.tabulate import tabulate
from wherewithal.core.questions import Check, Choice, Given, Question, Questionnaire, Section
from wherewithal.policy.disclosure import rule

PLAN = Question("plan", "Do you have a plan?", "yes_no", choices=(Choice("yes", "Yes"), Choice("no", "No")))
HOW = Question(
    "how", "How is it kept?", "several",
    choices=(Choice("paper", "On paper"), Choice("system", "In a system")),
    relevant=Given("plan", ("yes",)),
)  # fmt: skip
RATE = Question(
    "rate", "How good is it?", "likert",
    choices=tuple(Choice(str(n), word) for n, word in enumerate(("Poor", "Average", "Good"), 1)),
)  # fmt: skip
FIRST = Question(
    "first", "What would help most?", "rank", choices=(Choice("money", "Money"), Choice("time", "Time")),
)  # fmt: skip
MANY = Question("many", "How many have one?", "whole_number", bands=(0, 1, 10, 100), check=Check(0))
WORDS = Question("words", "What does it cost?", "longtext")
FORM = Questionnaire(
    "plans", "1", "Plans", "survey", date(2026, 1, 1), None, "made up",
    (Section("s", "Plans", (PLAN, HOW, RATE, FIRST, MANY, WORDS)),),
)  # fmt: skip
KINDS = {
    "Y": Reply(
        {"plan": "yes", "how": ["paper", "system"], "rate": "3", "first": ["time", "money"], "many": 9},
        groups={"region": "north"},
    ),
    "y": Reply(
        {"plan": "yes", "how": ["paper"], "rate": "2", "many": 10}, senses={"plan": "implied"},
        groups={"region": "south"},
    ),
    "n": Reply(
        {"plan": "no", "many": 0, "rate": "3", "first": ["money", "time"]}, groups={"region": "north"}
    ),
    "-": Reply({}, groups={"region": "south"}),
    "?": Reply({"words": "hm"}, statuses={"plan": "insufficient"}, groups={"region": "north"}),
    "x": Reply({}, statuses={"plan": "refused"}, groups={"region": "south"}),
    "w": Reply(
        {"plan": "yes", "words": "too much"}, codes={"words": ["dear", "vague"]}, groups={"region": "north"}
    ),
}  # fmt: skip
LABELS = {"words": {"dear": "It is dear", "vague": "Vague"}}


def tables(replies, id="councils", of="answered", by="", weights=None, field=None):
    survey = Survey("made up", rule(id), of=of, field=field)
    weighting = Weighting(weights, "by region") if weights else None
    made = as_tables(FORM, [KINDS[kind] for kind in replies])
    found = tabulate(FORM, made, survey, by=by, weighting=weighting, labels=LABELS)
    return {table.question: table for table in found}


def written(cell):
    figure = cell.figure
    shown = "[c]" if figure.status == "c" else "[x]" if figure.value is None else f"{figure.value}%"
    return f"{shown} ({figure.numerator} of {figure.denominator})" if figure.numerator is not None else shown


def shares(replies, question, of="answered"):
    return tuple(f"{row.label}: {written(row.cells['all'])}" for row in tables(replies, of=of)[question].rows)


def base(replies, question, of):
    table = tables(replies, of=of)[question]
    return table.bases["all"][of].says if of in table.bases["all"] else ""


def unheard(replies, question):
    return tuple(tables(replies)[question].unheard["all"].values())


def senses(replies):
    row = tables(replies)["plan"].rows[0]
    return row.stated, row.implied


def broken_down(replies, id, group):
    return tuple(written(row.cells[group]) for row in tables(replies, id, by="region")["plan"].rows)


def tied(replies, id):
    found = tables(replies, id)
    return written(found["plan"].rows[0].cells["all"]), found["how"].bases["all"]["asked"].says


def weighted(replies, *weights):
    cell = tables(replies, weights=list(weights))["plan"].rows[0].cells["all"]
    return round(cell.weighted, 3), round(cell.error, 3)


def compared(first, second, kinds, comparable, same_field):
    cells = [
        Cell(
            Figure("q:yes", "w", "all", "all", 1, 2, Decimal(value), "ok", "%", "", "", "", True),
            Base(kind, 2),
        )
        for value, kind in zip((first, second), kinds, strict=True)
    ]
    try:
        return str(change(*cells, comparable=comparable, same_field=same_field))
    except CannotTabulate as refusal:
        return refusal.says


PAGE = Page(
    slug="tabulation",
    title="A survey's tables",
    says=(
        "Seven made-up replies stand for the cases, one letter each: Y has a plan, kept on paper and in a "
        "system; "
        "y implies one, on paper; n has none; - left it all blank; ? wrote what is insufficient; x "
        "refused; w wrote "
        "what was coded twice. Y put time before money, n money before time; Y counted 9, y 10, "
        "n none. Whole percents, halves up."
    ),
    tables=(
        Table(
            title="Shares of those who answered",
            says="Blank, insufficient and refused are no answers. Every level of a scale stands there, "
            "zeros too. Of an order, what was put first is counted. A number is told in bands, and where the "
            "questionnaire names none in no table.",
            given=("replies", "question"),
            then=("shares",),
            rows=(
                ("Yyn-", "plan", ("Yes: 67% (2 of 3)", "No: 33% (1 of 3)")),
                ("Yyn-?x", "plan", ("Yes: 67% (2 of 3)", "No: 33% (1 of 3)")),
                ("Yyn", "how", ("On paper: 100% (2 of 2)", "In a system: 50% (1 of 2)")),
                ("Yyn", "rate", ("Poor: 0% (0 of 3)", "Average: 33% (1 of 3)", "Good: 67% (2 of 3)")),
                ("YYn-", "first", ("Money: 33% (1 of 3)", "Time: 67% (2 of 3)")),
                (
                    "Yyn-",
                    "many",
                    (
                        "0: 33% (1 of 3)",
                        "1 to 9: 33% (1 of 3)",
                        "10 to 99: 33% (1 of 3)",
                        "100 or more: 0% (0 of 3)",
                    ),
                ),
                ("ww-", "words", ("It is dear: 100% (2 of 2)", "Vague: 100% (2 of 2)")),
                ("-", "plan", ("Yes: [x] (0 of 0)", "No: [x] (0 of 0)")),
            ),
            run=shares,
        ),
        Table(
            title="Shares of all who took part",
            says="The same counts of another base; the table says which.",
            given=("replies", "question", "of"),
            then=("shares",),
            rows=(
                ("Yyn-", "plan", "cohort", ("Yes: 50% (2 of 4)", "No: 25% (1 of 4)")),
                ("Yyn-", "how", "asked", ("On paper: 100% (2 of 2)", "In a system: 50% (1 of 2)")),
                ("Yyn-", "how", "cohort", ("On paper: 50% (2 of 4)", "In a system: 25% (1 of 4)")),
            ),
            run=shares,
        ),
        Table(
            title="Bases",
            says="A base is a count with a kind and travels with the figure.",
            given=("replies", "question", "kind"),
            then=("base",),
            rows=(
                ("Yyn-", "plan", "cohort", "4 councils that took part"),
                ("Yyn-", "plan", "answered", "3 councils that answered this"),
                ("Yn--", "how", "asked", "1 council that was asked this"),
            ),
            run=base,
        ),
        Table(
            title="No answer, apart",
            says="Who was not asked is not blank; what is insufficient was an answer, but no use.",
            given=("replies", "question"),
            then=("not asked", "blank", "insufficient", "refused"),
            rows=(("Yyn-?x", "plan", 0, 1, 1, 1), ("Yyn-?x", "how", 4, 0, 0, 0)),
            run=unheard,
        ),
        Table(
            title="Stated and implied",
            says="Who implied an answer is counted with it and told apart.",
            given=("replies",),
            then=("stated", "implied"),
            rows=(("Yyy-", 0, 2), ("YYn", 0, 0)),
            run=senses,
        ),
        Table(
            title="By region",
            says="Breakdowns of fewer than the smallest base are not made; small counts of people go, and "
            "more with them.",
            given=("replies", "rule", "region"),
            then=("Yes", "No"),
            rows=(
                ("YYYYnyyyyy", "councils", "north", "80% (4 of 5)", "20% (1 of 5)"),
                ("YYnyyyyy", "councils", "north", "[c]", "[c]"),
                ("YYYYYYnnnnnnyyyyyyyy", "nhsd-ascof-legacy", "north", "50.0% (6 of 12)", "50.0% (6 of 12)"),
                ("YYYYYYnnyyyyyyyy", "nhsd-ascof-legacy", "north", "[c]", "[c]"),
            ),
            run=broken_down,
        ),
        Table(
            title="Tables that are tied",
            says="Asked how the plan is kept are those that have one: what one table hides, no other shows. "
            "All that may be printed of a survey is guarded together; that two counts are of the same "
            "replies is seen from the replies.",
            given=("replies", "rule"),
            then=("have a plan", "were asked how"),
            rows=(
                ("YYYYYYnnnnnn", "nhsd-ascof-legacy", "50.0% (6 of 12)", "6 councils that were asked this"),
                ("YYYYnnnnnnnn", "nhsd-ascof-legacy", "[c]", "a number of councils that is not told"),
                ("YYYYnnnnnnnn", "councils", "33% (4 of 12)", "4 councils that were asked this"),
            ),
            run=tied,
        ),
        Table(
            title="Weighted",
            says="The weighted share in percent and its standard error in points, by Taylor's linearisation.",
            given=("replies", "weight", "weight", "weight", "weight"),
            then=("share", "standard error"),
            rows=(("Yynn", 1.0, 1.0, 1.0, 1.0, 50.0, 28.868), ("Yynn", 2.0, 1.0, 0.5, 0.5, 75.0, 22.244)),
            run=weighted,
        ),
        Table(
            title="Change between waves",
            says="Points between two shares, only of the same question, the same kind of base and the "
            "same field.",
            given=("first", "second", "bases", "same question", "same field"),
            then=("change",),
            rows=(
                ("50.0", "62.5", ("answered", "answered"), True, True, "12.5"),
                (
                    "50.0",
                    "62.5",
                    ("answered", "cohort"),
                    True,
                    True,
                    "One share is of 2 councils that answered this, the other of 2 councils that took part.",
                ),
                (
                    "50.0",
                    "62.5",
                    ("answered", "answered"),
                    False,
                    True,
                    "The question changed between the waves, so its shares are not compared.",
                ),
                (
                    "50.0",
                    "62.5",
                    ("answered", "answered"),
                    True,
                    False,
                    "Other respondents answered: a difference could be theirs and not a change.",
                ),
            ),
            run=compared,
        ),
    ),
)
