"""The questionnaire engine: what is asked, what is wrong, what it scores, what changed."""

from datetime import date

from spec.tables import Page, Table
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
    Worked,
    asked,
    belies,
    changes,
    counted,
    differences,
    faults,
    holds,
    name_of,
    progress,
    read,
    score,
    work_out,
)
from wherewithal.core.refusal import Refusal
from wherewithal.policy.questionnaire import questionnaire

DRINKS = (Choice("tea", "Tea", 1), Choice("coffee", "Coffee", 2), Choice("none", "Nothing", 0))
DRINKS_RANKED = (Choice("tea", "Tea"), Choice("coffee", "Coffee"), Choice("none", "Nothing"))
CAKES = (Choice("scone", "Scone", 3), Choice("bun", "Bun", 2), Choice("none", "No cake", 0, alone=True))
YES_NO = (Choice("yes", "Yes"), Choice("no", "No"))

CAFE = Questionnaire(
    id="cafe",
    version="1",
    title="At the café",
    about="example",
    first=date(2026, 1, 1),
    last=None,
    source="Made up for this page",
    sections=(
        Section(
            "drinking",
            "Drinking",
            (
                Question(
                    "drink", "What would you like to drink?", "one", "Drink", choices=DRINKS, required=True
                ),
                Question(
                    "sugar",
                    "Do you take sugar?",
                    "yes_no",
                    "Sugar",
                    choices=YES_NO,
                    required=True,
                    relevant=Given("drink", ("tea", "coffee")),
                ),
                Question(
                    "spoons",
                    "How many spoons?",
                    "whole_number",
                    "Spoons",
                    required=True,
                    relevant=Given("sugar", ("yes",)),
                    check=Check(least=1, most=5),
                ),
            ),
        ),
        Section(
            "eating",
            "Eating",
            (
                Question("cake", "Which cakes?", "several", "Cake", choices=CAKES),
                Question("words", "Anything else?", "text", check=Check(longest=20)),
            ),
        ),
    ),
)

KINDS = Questionnaire(
    id="kinds",
    version="1",
    title="One of each kind",
    about="example",
    first=date(2026, 1, 1),
    last=None,
    source="Made up for this page",
    sections=(
        Section(
            "all",
            "All",
            (
                Question("whole_number", "How many?", "whole_number", check=Check(least=0, most=168)),
                Question("decimal", "How tall?", "decimal", check=Check(least=0, most=3, step=0.1)),
                Question("money", "How much?", "money", check=Check(least=0)),
                Question("date", "When?", "date", check=Check(least="2026-01-01")),
                Question("one", "Which?", "one", choices=DRINKS),
                Question("several", "Which ones?", "several", choices=CAKES),
                Question("rank", "Which first?", "rank", choices=DRINKS_RANKED),
                Question("text", "Your postcode?", "text", check=Check(pattern="postcode")),
                Question("longtext", "Anything else?", "longtext"),
                Question("file", "Which paper?", "file", check=Check(files=("pdf", "png"))),
            ),
        ),
    ),
)


OUTING = Questionnaire(
    id="outing",
    version="1",
    title="Out to the café",
    about="example",
    first=date(2026, 1, 1),
    last=None,
    source="Made up for this page",
    sections=(
        Section(
            "outing",
            "The outing",
            (
                Question("adults", "How many adults?", "whole_number"),
                Question("children", "How many children?", "whole_number"),
                Question(
                    "all",
                    "All together",
                    "calculated",
                    value=Worked("plus", (AnswerTo("adults"), AnswerTo("children"))),
                ),
                Question(
                    "chairs",
                    "How many chairs?",
                    "whole_number",
                    must=Compared(AnswerTo("all"), "at_most", AnswerTo("chairs")),
                    check=Check(says="Everybody needs a chair."),
                ),
                Question(
                    "menu",
                    "Which menu?",
                    "one",
                    choices=(
                        Choice("small", "Small"),
                        Choice("large", "Large"),
                        Choice("sharing", "Sharing", relevant=Compared(1, "less", AnswerTo("all"))),
                    ),
                ),
            ),
        ),
    ),
)


def outing(answers):
    menu = asked(OUTING, answers)[-1]
    said = "; ".join(f"{one.question}: {one.says}" for one in faults(OUTING, answers, whole=False))
    return (
        counted(OUTING, answers).get("all"),
        ", ".join(one.value for one in menu.choices),
        said or "nothing",
    )


def ids_asked(answers):
    return ", ".join(question.id for question in asked(CAFE, answers))


def is_met(condition, answers):
    return "yes" if holds(condition, answers) else "no"


def wrong(answers):
    return tuple(
        "; ".join(f"{fault.question}: {fault.says}" for fault in faults(CAFE, answers, whole=whole))
        or "nothing"
        for whole in (False, True)
    )


PAPER = "0" * 28 + "cafe"  # the id of a file, which is drawn by chance


def heard(kind, posted):
    """The typed answer, or what the form says."""
    found = read(KINDS, posted, only=[kind])
    return found.faults[0].says if found.faults else found.answers[kind]


def how_far(answers):
    return tuple(f"{one.answered} of {one.asked}, {one.state}" for one in progress(CAFE, answers))


def points(answers):
    found = score(CAFE, answers)
    lines = "; ".join(f"{line.text}: {line.answer_text}, {line.points}" for line in found.lines)
    return found.points, lines, ", ".join(found.unanswered)


def side_by_side(compare):
    def run(before, after):
        found = compare(CAFE, before, after)
        return (
            "; ".join(
                f"{one.text}: {one.before_text or '-'} to {one.after_text or '-'}, {one.points_change:+d}"
                for one in found
            )
            or "nothing"
        )

    return run


def in_force(id, on):
    try:
        found = questionnaire(id, on)
    except Refusal as refusal:
        return refusal.says
    return f"version {found.version}: {found.title}"


SUGARED = {"drink": "tea", "sugar": "yes", "spoons": 2}

PAGE = Page(
    slug="questions",
    title="Questionnaires",
    says=(
        "A questionnaire is data: sections of questions, with choices, points, checks and conditions. The "
        "same engine serves an assessment, a review and a survey. The examples are a café's: a drink (tea 1 "
        "point, coffee 2, nothing 0); sugar, asked with tea or coffee; spoons (1 to 5), asked with sugar; "
        "cakes (scone 3, bun 2, or none); and a few words of at most 20 characters."
    ),
    tables=(
        Table(
            title="Which questions are asked",
            says=(
                "A condition looks back at the answers before it. An answer to a question that is no longer "
                "asked does not count, so what hangs on it is not asked either."
            ),
            given=("answers",),
            then=("asked",),
            rows=(
                ({}, "drink, cake, words"),
                ({"drink": "none"}, "drink, cake, words"),
                ({"drink": "tea"}, "drink, sugar, cake, words"),
                ({"drink": "tea", "sugar": "no"}, "drink, sugar, cake, words"),
                (SUGARED, "drink, sugar, spoons, cake, words"),
                (SUGARED | {"drink": "none"}, "drink, cake, words"),
            ),
            run=ids_asked,
        ),
        Table(
            title="When a condition is met",
            says=(
                "A question that was not answered meets no condition about its answer; “not” turns that "
                "round. Of several answers one is enough."
            ),
            given=("condition", "answers"),
            then=("met",),
            rows=(
                (Given("drink", ("tea",)), {"drink": "tea"}, "yes"),
                (Given("drink", ("tea",)), {"drink": "coffee"}, "no"),
                (Given("drink", ("tea",)), {}, "no"),
                (Unless(Given("drink", ("tea",))), {}, "yes"),
                (Given("cake", ("bun",)), {"cake": ["scone", "bun"]}, "yes"),
                (Given("spoons", at_least=2), {"spoons": 2}, "yes"),
                (Given("spoons", at_least=2), {"spoons": 1}, "no"),
                (Given("spoons", at_least=1, at_most=2), {"spoons": 3}, "no"),
                (Given("spoons"), {"spoons": 0}, "yes"),
                (Given("words"), {"words": ""}, "no"),
                (Given("born", at_most="2008-04-06"), {"born": "2008-04-06"}, "yes"),
                (Given("height", at_least=1.5), {"height": 1.62}, "yes"),
                (Compared(AnswerTo("words"), "is", "Strong"), {"words": "Strong"}, "yes"),
                (Compared(AnswerTo("spoons"), "less", 3), {"spoons": 2}, "yes"),
                (Compared(AnswerTo("spoons"), "less", 3), {}, "no"),
                (Compared(Worked("plus", (AnswerTo("spoons"), 1)), "is", ""), {}, "no"),
                (Compared(2, "at_most", SizeOf("cake")), {"cake": ["scone", "bun"]}, "yes"),
                (
                    Compared(AnswerTo("left"), "at_most", AnswerTo("came")),
                    {"left": "2026-04-06", "came": "2026-03-30"},
                    "no",
                ),
                (Every((Given("drink"), Given("cake"))), {"drink": "tea"}, "no"),
                (Some((Given("drink"), Given("cake"))), {"drink": "tea"}, "yes"),
            ),
            run=is_met,
        ),
        Table(
            title="What a value comes to",
            says=(
                "Values are compared, or calculated and kept beside the answers. What is worked out of an "
                "answer that is missing, or is no number, is nothing; so is a division by nought. A date "
                "counts as its day, so that the days between two dates can be told."
            ),
            given=("value", "answers"),
            then=("comes to",),
            rows=(
                (AnswerTo("words"), {"words": "Strong"}, "Strong"),
                (AnswerTo("words"), {}, ""),
                (AnswerTo("cake"), {"cake": ["bun", "scone"]}, "bun scone"),
                (SizeOf("cake"), {"cake": ["bun", "scone"]}, 2),
                (SizeOf("words"), {"words": "Strong"}, 6),
                (Worked("plus", (AnswerTo("a"), AnswerTo("b"), 1)), {"a": 2, "b": 3}, 6),
                (Worked("plus", (AnswerTo("a"), AnswerTo("b"))), {"a": 2}, ""),
                (Worked("minus", (10, 3, 2)), {}, 5),
                (Worked("times", (AnswerTo("a"), 1.5)), {"a": 3}, 4.5),
                (Worked("over", (1, 4)), {}, 0.25),
                (Worked("over", (1, AnswerTo("a"))), {"a": 0}, ""),
                (Worked("remainder", (7, 3)), {}, 1),
                (
                    Worked("minus", (AnswerTo("left"), AnswerTo("came"))),
                    {"left": "2026-04-06", "came": "2026-03-30"},
                    7,
                ),
                (
                    If(Given("drink", ("tea",)), AnswerTo("milk"), "none"),
                    {"drink": "tea", "milk": "a lot"},
                    "a lot",
                ),
                (If(Given("drink", ("tea",)), AnswerTo("milk"), "none"), {"milk": "a lot"}, "none"),
            ),
            run=work_out,
        ),
        Table(
            title="What is calculated, which choices are shown, what an answer must be beside the others",
            says=(
                "An outing asks for adults and children, adds them up to all, wants a chair for everybody, "
                "and shows the sharing menu only to more than one."
            ),
            given=("answers",),
            then=("all", "menus shown", "what is wrong"),
            rows=(
                ({}, None, "small, large", "nothing"),
                ({"adults": 1, "children": 0}, 1, "small, large", "nothing"),
                ({"adults": 2, "children": 1, "chairs": 3}, 3, "small, large, sharing", "nothing"),
                (
                    {"adults": 2, "children": 1, "chairs": 2},
                    3,
                    "small, large, sharing",
                    "chairs: Everybody needs a chair.",
                ),
                (
                    {"adults": 1, "children": 0, "menu": "sharing"},
                    1,
                    "small, large",
                    "menu: Choose from the answers to “Which menu?” that are shown.",
                ),
                ({"adults": 1, "children": 0, "all": 9}, 1, "small, large", "nothing"),
            ),
            run=outing,
        ),
        Table(
            title="What is wrong",
            says=(
                "While saving, only what was answered is checked. When handing in, what is required may not "
                "be missing, unless it is not asked."
            ),
            given=("answers",),
            then=("while saving", "when handing in"),
            rows=(
                ({}, "nothing", "drink: Choose an answer for “What would you like to drink?”."),
                ({"drink": "none"}, "nothing", "nothing"),
                ({"drink": "tea"}, "nothing", "sugar: Choose yes or no for “Do you take sugar?”."),
                (
                    {"drink": "tea", "sugar": "yes", "spoons": 9},
                    "spoons: This must be 5 or less.",
                    "spoons: This must be 5 or less.",
                ),
                ({"drink": "none", "sugar": "yes", "spoons": 9}, "nothing", "nothing"),
                (
                    {"drink": "beer"},
                    "drink: Choose from the answers to “What would you like to drink?” that are shown.",
                    "drink: Choose from the answers to “What would you like to drink?” that are shown.",
                ),
                (
                    {"drink": "none", "cake": ["bun", "none"]},
                    "cake: Choose “No cake” or other answers, not both.",
                    "cake: Choose “No cake” or other answers, not both.",
                ),
                (
                    {"drink": "none", "words": "No milk for me today."},
                    "words: Use 20 characters or fewer. You wrote 21.",
                    "words: Use 20 characters or fewer. You wrote 21.",
                ),
                (
                    {"drink": "none", "tip": "yes"},
                    "tip: There is no question called “tip”.",
                    "tip: There is no question called “tip”.",
                ),
            ),
            run=wrong,
        ),
        Table(
            title="What a form sends, and what is heard",
            says=(
                "Text becomes a whole number, pence, a date or choices. What is blank clears the answer "
                "that was kept. What cannot be read is told, and the answer that was kept stays."
            ),
            given=("kind", "posted"),
            then=("answer, or what the form says",),
            rows=(
                ("whole_number", {"whole_number": " 1,0 "}, "“1,0” is not a whole number. Write it like 3."),
                ("whole_number", {"whole_number": " 40 "}, 40),
                ("whole_number", {"whole_number": "0"}, 0),
                ("whole_number", {"whole_number": "169"}, "This must be 168 or less."),
                ("whole_number", {"whole_number": "half"}, "“half” is not a whole number. Write it like 3."),
                ("whole_number", {}, None),
                ("decimal", {"decimal": " 1.70 "}, 1.7),
                ("decimal", {"decimal": "2.0"}, 2),
                ("decimal", {"decimal": "1.75"}, "This must be 0, or a number of steps of 0.1 from it."),
                ("decimal", {"decimal": "1e0"}, "“1e0” is not a number. Write it like 2.5."),
                ("money", {"money": "£1,234.5"}, 123450),
                ("money", {"money": "-3"}, "This must be £0.00 or more."),
                ("money", {"money": "a lot"}, "“a lot” is not an amount of money. Write it like 214.50."),
                ("date", {"date-day": "6", "date-month": "4", "date-year": "2026"}, "2026-04-06"),
                ("date", {"date": "2026-04-06"}, "2026-04-06"),
                (
                    "date",
                    {"date-day": "29", "date-month": "2", "date-year": "2026"},
                    "Write a real date for “When?”, like 6 4 2026.",
                ),
                (
                    "date",
                    {"date-day": "31", "date-month": "12", "date-year": "2025"},
                    "The date must be 1 January 2026 or later.",
                ),
                ("date", {"date-day": "", "date-month": "", "date-year": ""}, None),
                ("one", {"one": "tea"}, "tea"),
                ("one", {"one": "beer"}, "Choose from the answers to “Which?” that are shown."),
                ("several", {"several": ["scone", "bun"]}, ["scone", "bun"]),
                ("several", {}, None),
                ("rank", {"rank": ["none", "tea", "coffee"]}, ["none", "tea", "coffee"]),
                ("rank", {"rank-tea": "2", "rank-coffee": "3", "rank-none": "1"}, ["none", "tea", "coffee"]),
                (
                    "rank",
                    {"rank-tea": "1", "rank-coffee": "1"},
                    "Give each answer to “Which first?” a place of its own, from 1 to 3.",
                ),
                ("rank", {"rank": ["none", "tea"]}, "Give every answer to “Which first?” a place."),
                ("rank", {}, None),
                ("text", {"text": " ex1 1aa "}, "ex1 1aa"),
                ("text", {"text": "Exeter"}, "Write a postcode, like EX1 1AA."),
                ("longtext", {"longtext": "One\r\ntwo\x00"}, "One\ntwo"),
                ("file", {"file": f"{PAPER} plan.pdf"}, f"{PAPER} plan.pdf"),
                (
                    "file",
                    {"file": f"{PAPER} plan.docx"},
                    "Choose a file of one of these kinds: PDF or PNG picture (png).",
                ),
                ("file", {"file": "plan.pdf"}, "Choose a file for “Which paper?”."),
                ("file", {}, None),
            ),
            run=heard,
        ),
        Table(
            title="What a file is called that is given as an answer",
            says=(
                "What it is, is told by its content. It keeps its name without folders and with the ending "
                "of its kind, unless the name claims another kind: then it is refused. Where a survey is "
                "coded, it is called after its question once it is handed in."
            ),
            given=("name", "kind"),
            then=("called", "claims"),
            rows=(
                ("Our plan.PDF", "pdf", "Our plan.pdf", ""),
                (r"C:\Users\ann\plan.docx", "docx", "plan.docx", ""),
                ("../../plan", "odt", "plan.odt", ""),
                ("notes.md", "text", "notes.txt", ""),
                ("Version 2.final draft", "text", "Version 2.final draft.txt", ""),
                ("photo.jpeg", "jpeg", "photo.jpg", ""),
                ("plan.pdf", "docx", "plan.docx", "pdf"),
                ("", "pdf", "file.pdf", ""),
            ),
            run=lambda name, kind: (name_of(name, kind), belies(name, kind)),
        ),
        Table(
            title="How far the person has come",
            says=(
                "By section. A section is complete when nothing required is missing and nothing is wrong; "
                "one without required questions is optional until something is answered."
            ),
            given=("answers",),
            then=("drinking", "eating"),
            rows=(
                ({}, "0 of 1, not started", "0 of 2, optional"),
                ({"drink": "tea"}, "1 of 2, started", "0 of 2, optional"),
                ({"drink": "none"}, "1 of 1, complete", "0 of 2, optional"),
                (SUGARED | {"cake": ["bun"]}, "3 of 3, complete", "1 of 2, complete"),
                (SUGARED | {"spoons": 9}, "3 of 3, started", "0 of 2, optional"),
            ),
            run=how_far,
        ),
        Table(
            title="Points",
            says=(
                "The points of the chosen answers; of several, all of them. Each scored answer is a line, "
                "and the lines add up. A scored question that was asked and not answered is named, not "
                "counted as 0."
            ),
            given=("answers",),
            then=("points", "lines", "not answered"),
            rows=(
                ({}, 0, "", "drink, cake"),
                ({"drink": "none", "cake": ["none"]}, 0, "Drink: Nothing, 0; Cake: No cake, 0", ""),
                (
                    {"drink": "coffee", "cake": ["scone", "bun"]},
                    7,
                    "Drink: Coffee, 2; Cake: Scone, Bun, 5",
                    "",
                ),
                ({"drink": "beer", "cake": ["bun"]}, 2, "Drink: beer, 0; Cake: Bun, 2", ""),
            ),
            run=points,
        ),
        Table(
            title="What changed since last time",
            says="Question by question. What is no longer asked counts as no answer.",
            given=("last time", "this time"),
            then=("changes",),
            rows=(
                (SUGARED, SUGARED, "nothing"),
                (SUGARED, SUGARED | {"drink": "coffee"}, "Drink: Tea to Coffee, +1"),
                (
                    SUGARED,
                    SUGARED | {"drink": "none"},
                    "Drink: Tea to Nothing, -1; Sugar: Yes to -, +0; Spoons: 2 to -, +0",
                ),
                ({"cake": ["bun", "scone"]}, {"cake": ["scone", "bun"]}, "nothing"),
                ({}, {"cake": ["bun"]}, "Cake: - to Bun, +2"),
            ),
            run=side_by_side(changes),
        ),
        Table(
            title="Where two people see it differently",
            says=(
                "The person's own view beside the worker's: only where both answered, and never free text, "
                "since two people never write the same."
            ),
            given=("own view", "worker's view"),
            then=("differences",),
            rows=(
                ({"drink": "tea"}, {"drink": "coffee"}, "Drink: Tea to Coffee, +1"),
                ({"drink": "tea"}, {}, "nothing"),
                ({"drink": "tea", "words": "Strong"}, {"drink": "tea", "words": "Weak"}, "nothing"),
                (SUGARED, {"drink": "none", "sugar": "no"}, "Drink: Tea to Nothing, -1"),
            ),
            run=side_by_side(differences),
        ),
        Table(
            title="The version in force",
            says="A version starts on a day and holds until the next one; a response keeps its version.",
            given=("questionnaire", "on"),
            then=("in force",),
            rows=(
                ("sds-adult", date(2026, 4, 6), "version 2: About you and the support you need"),
                ("sds-carer", date(2011, 4, 1), "version 1: About you as a carer"),
                (
                    "review",
                    date(2011, 3, 31),
                    "No version of “How things are going” is in force on 31 March 2011.",
                ),
                ("cafe", date(2026, 4, 6), "There is no questionnaire called “cafe”."),
            ),
            run=in_force,
        ),
    ),
)
