"""A questionnaire of every kind, with every sort of condition and of value, in two languages."""

from datetime import date

from wherewithal.core.file_kind import PICTURES
from wherewithal.core.questions import (
    AnswerTo,
    Check,
    Choice,
    Compared,
    Every,
    Given,
    If,
    Question,
    Questionnaire,
    Section,
    SizeOf,
    Some,
    Unless,
    Wording,
    Worked,
)

FIRST = date(2026, 1, 1)


def everything():
    likes = (Choice("a", "A", 2, "First"), Choice("b", 'B\'s "best"', 1), Choice("c", "=1+1", alone=False))
    order = (Choice("a", "A"), Choice("b", "B"))
    own = (Choice("a", "A"), Choice("none", "None", alone=True))
    shown = (
        Choice("x", "X", relevant=Given("one", ("a",))),
        Choice("y", "Y", relevant=Unless(Given("one", ("a",)))),
        Choice("z", "Z"),
        Choice("w", "W", relevant=Given("one", ("a",))),
    )
    first = (
        Question("one", "Which?", "one", "Short", "Hint\nof two lines", likes, required=True),
        Question(
            "agree",
            "Agree?",
            "likert",
            choices=likes,
            outcome="home",
            outcome_from_points=2,
            relevant=Given("one", ("a", "b")),
        ),
        Question("whether", "Whether?", "yes_no", choices=(Choice("yes", "Yes"), Choice("no", "No"))),
        Question("odd", "One of yes and no?", "one", choices=(Choice("yes", "Aye"), Choice("no", "Nay"))),
        Question("several", "Which ones?", "several", choices=own, check=Check(1, 2, says="One or two")),
        Question("rank", "In which order?", "rank", choices=order, relevant=Given("several", ("a", "none"))),
        Question("tick", "Tick", "several", choices=(Choice("ok", "OK"),)),
    )
    second = (
        Question("n", "How many?", "whole_number", check=Check(0, 9)),
        Question(
            "x",
            "How tall?",
            "decimal",
            check=Check(0.5),
            bands=(0.5, 1.75),
            must=Compared(AnswerTo("x"), "less", 3.5),
        ),
        Question("pounds", "How much?", "money", check=Check(150, 21450), bands=(200, 1001, 20000)),
        Question("often", "How often?", "whole_number", bands=(-1, 0, 1, 5), identifies=True),
        Question(
            "day", "When?", "date", check=Check("2026-01-01", says="This year"), published=("R1", "R2-b")
        ),
        Question(
            "words", "Words?", "longtext", check=Check(longest=90), relevant=Given("pounds", at_least=1001)
        ),
        Question("post", "Where?", "text", check=Check(pattern="postcode")),
        Question("paper", "Which paper?", "file", check=Check(files=("pdf", "odt")), required=True),
        Question("any", "Any document?", "file", relevant=Given("paper")),
        Question("picture", "A picture?", "file", check=Check(files=PICTURES)),
        Question("slide", "Slide", "decimal", check=Check(0, 10, 2)),
        Question(
            "many", "All", "calculated", value=Worked("minus", (AnswerTo("n"), Worked("over", (1, 3)), -2))
        ),
        Question(
            "which",
            "Either",
            "calculated",
            value=If(Compared(AnswerTo("pounds"), "at_most", 500), AnswerTo("words"), "it's"),
        ),
        Question("shown", "Shown?", "one", choices=shown, relevant=Compared(1, "less", AnswerTo("many"))),
        Question(
            "note",
            "Thank you",
            "note",
            relevant=Every(
                (
                    Some((Given("n", at_least=2, at_most=4), Given("x", at_most=1.5))),
                    Unless(Given("day", at_least="2026-04-06")),
                    Compared(SizeOf("several"), "is", 1),
                    Compared(SizeOf("words"), "at_most", 5),
                    Given("pounds", at_least=5, at_most=5),
                )
            ),
        ),
    )
    welsh = (
        ("title", "Popeth"),
        ("section.one.title", "Un"),
        ("question.one.text", "Pa un?"),
        ("question.one.short", "Byr"),
        ("choice.one.a.text", "Â"),
        ("choice.one.a.hint", "Cyntaf"),
        ("question.day.says", "Eleni"),
    )
    sections = (
        Section("one", "One", first, hint="Begin"),
        Section("two", "Two", second, relevant=Given("whether", ("yes",))),
    )
    return Questionnaire(
        "every-thing",
        "2.1",
        "Everything",
        "survey",
        FIRST,
        date(2027, 1, 1),
        "Made up",
        sections,
        hint="All of it",
        language="English (en)",
        translations=(Wording("Welsh (cy)", welsh),),
    )
