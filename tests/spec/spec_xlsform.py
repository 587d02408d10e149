"""Reference: what the expressions of an XLSForm become."""

# ruff: noqa: E501  # a row of a table stands in one line, as it is printed

from spec.tables import Page, Table
from wherewithal.core.questions import Choice, Question
from wherewithal.formats.xlsform import NotCarried
from wherewithal.formats.xlsform.checks import with_constraint
from wherewithal.formats.xlsform.conditions import condition, value
from wherewithal.formats.xlsform.kinds import Asked, Frame, kind_of
from wherewithal.formats.xlsform.names import Around, Names
from wherewithal.policy.conditions import condition_body, value_body

FRUIT = (Choice("apple", "Apple"), Choice("pear", "Pear"), Choice("3", "Three plums"))
ASKED = {
    "fruit": Question("fruit", "Which?", "one", choices=FRUIT),
    "all": Question("all", "Which ones?", "several", choices=FRUIT),
    "age": Question("age", "How old?", "whole_number"),
    "height": Question("height", "How tall?", "decimal"),
    "born": Question("born", "When?", "date"),
    "name": Question("name", "Called?", "text"),
    "paper": Question("paper", "Which paper?", "file"),
}
NAMES = Names(later=frozenset({*ASKED, "later"}), known=ASKED, never={"never"}, gone={"place"})


def says(body):
    """A condition or a value in one line, as a definition writes it."""
    match body:
        case dict():
            return "{ " + ", ".join(f"{key} = {says(part)}" for key, part in body.items()) + " }"
        case list():
            return f"[{', '.join(map(says, body))}]"
        case str():
            return f'"{body}"'
        case bool():
            return "true" if body else "false"
    return str(body)


def asked_when(expression):
    try:
        found = condition(expression, Around(NAMES))
    except NotCarried as why:
        return f"lost: {why}"
    return ("always" if found else "never") if isinstance(found, bool) else says(condition_body(found))


def filtered(expression, **columns):
    found = condition(expression, Around(NAMES, columns=columns))
    return ("always" if found else "never") if isinstance(found, bool) else says(condition_body(found))


def worked(expression):
    try:
        return says(value_body(value(expression, Around(NAMES))))
    except NotCarried as why:
        return f"lost: {why}"


def held_to(question, expression):
    asked = ASKED[question]
    try:
        found = with_constraint(asked, question, expression, Around(NAMES, itself=(question, asked)))
    except NotCarried as why:
        return f"lost: {why}"
    limits = {"min": found.check.least, "max": found.check.most, "longest": found.check.longest}
    parts = [f"{key} {limit}" for key, limit in limits.items() if limit is not None]
    return "; ".join([*parts, *([f"must {says(condition_body(found.must))}"] if found.must else [])])


def kind(written):
    found = kind_of(*written.split(" that is drawn")[:1], "draw" if "drawn" in written else "")
    if isinstance(found, Frame):
        return f"{'begins' if found.begins else 'ends'} a {found.what}"
    if isinstance(found, Asked):
        files = f", {' or '.join(found.files)}" if found.files else ""
        return (
            found.kind
            + (f" of {found.list}" if found.list else "")
            + (", or other" if found.other else "")
            + files
        )
    return f"lost: {found.why}"


PAGE = Page(
    slug="xlsform",
    title="What a form in XLSForm becomes",
    says=(
        "`wherewithal survey import FORM.xlsx` reads a form in XLSForm (xlsform.org). pyxform says whether it is "
        "valid. What a questionnaire cannot hold is lost and named with its sheet, its row and what stood there. "
        "The examples ask fruit (apple, pear or 3), all (several of the same), age (a whole number), height (a "
        "decimal), born (a date), name (text) and paper (a file)."
    ),
    tables=(
        Table(
            title="Types",
            says="Each type of row, and the kind of question that it becomes.",
            given=("type",),
            then=("kind",),
            rows=(
                ("text", "text"),
                ("integer", "whole_number"),
                ("decimal", "decimal"),
                ("range", "whole_number"),
                ("date", "date"),
                ("note", "note"),
                ("calculate", "calculated"),
                ("acknowledge", "several"),
                ("select_one fruit", "one of fruit"),
                ("select_one fruit or_other", "one of fruit, or other"),
                ("select_multiple fruit", "several of fruit"),
                ("rank fruit", "rank of fruit"),
                ("begin_group", "begins a group"),
                ("begin repeat", "begins a repeat"),
                ("file", "file"),
                ("image", "file, png or jpeg"),
                ("audio", "lost: sound and film cannot be looked into for whose they are, so it is left out"),
                ("image that is drawn", "lost: nothing is drawn or signed here, so it is left out"),
                ("signature", "lost: nothing is drawn or signed here, so it is left out"),
                ("geopoint", "lost: there is no such question here, so it is left out"),
                ("deviceid", "lost: a device fills this in and nobody is asked it, so it is left out"),
                (
                    "select_one_from_file towns.csv",
                    "lost: its choices lie in another file, so it is left out",
                ),
            ),
            run=kind,
        ),
        Table(
            title="When something is asked",
            says="The expressions of the column relevant, as conditions. What cannot be carried is always asked.",
            given=("relevant",),
            then=("asked",),
            rows=(
                ("${fruit} = 'apple'", '{ question = "fruit", is = "apple" }'),
                ("'apple' = ${fruit}", '{ question = "fruit", is = "apple" }'),
                ("${fruit} = ‘apple’", '{ question = "fruit", is = "apple" }'),
                ("${fruit} = 3", '{ question = "fruit", is = "3" }'),
                ("${fruit} = 'fig'", "never"),
                ("${fruit} != 'apple'", '{ not = { question = "fruit", is = "apple" } }'),
                (
                    "${fruit} = 'apple' or ${fruit} = 'pear'",
                    '{ question = "fruit", any_of = ["apple", "pear"] }',
                ),
                ("selected(${all}, 'pear')", '{ question = "all", is = "pear" }'),
                (
                    "not(selected(${all}, 'pear'))",
                    '{ not = { question = "all", is = "pear" } }',
                ),
                ("${name} != ''", '{ question = "name", answered = true }'),
                ("${name} = ''", '{ not = { question = "name", answered = true } }'),
                ("${name} = 'Ann'", '{ value = { answer_to = "name" }, is = "Ann" }'),
                ("${age} >= 18", '{ question = "age", at_least = 18 }'),
                ("${age} > 17.5", '{ question = "age", at_least = 18 }'),
                ("${age} < 18", '{ question = "age", at_most = 17 }'),
                ("${age} >= 18 and ${age} <= 64", '{ question = "age", at_least = 18, at_most = 64 }'),
                ("${height} > 1.5", '{ value = 1.5, less_than = { answer_to = "height" } }'),
                ("${born} < date('2008-04-06')", '{ question = "born", at_most = 2008-04-05 }'),
                (
                    "count-selected(${all}) >= 2",
                    '{ value = 2, at_most = { size_of = "all" } }',
                ),
                (
                    "${fruit} = 'apple' and (${age} > 17 or ${name} != '')",
                    '{ all = [{ question = "fruit", is = "apple" }, { any = [{ question = "age", at_least = 18 }, '
                    '{ question = "name", answered = true }] }] }',
                ),
                ("true()", "always"),
                ("${never} = 'x' or ${age} = 3", '{ question = "age", at_least = 3, at_most = 3 }'),
                ("${later} = 1", "lost: it looks at “later”, which comes after it or takes no answer"),
                ("${paper} != ''", '{ question = "paper", answered = true }'),
                ("${paper} = 'a.pdf'", "lost: “paper” is a file, of which only whether it was given is known"),
                ("${place} = 1", "lost: it looks at “place”, which could not come along"),
                ("../age = 1", "lost: “../age” is a path, and only ${...} is followed"),
                ("${born} > '2008'", "lost: a date is compared with “2008”; write date('2026-04-06')"),
                (
                    "${born} > today()",
                    "lost: the day on which it is filled in is not known to a condition",
                ),
                ("regex(${name}, 'A.*')", "lost: regex(...) is no condition that can be carried"),
                ("${age} = (1", "lost: a bracket is not closed"),
            ),
            run=asked_when,
        ),
        Table(
            title="Which choices are shown",
            says=(
                "A choice filter becomes a condition of each choice: what the choice has in the column is put in "
                "its place. Here the column is kind."
            ),
            given=("choice_filter", "kind"),
            then=("shown",),
            rows=(
                ("kind = ${fruit}", "apple", '{ question = "fruit", is = "apple" }'),
                ("kind = ${fruit}", "fig", "never"),
                ("kind = 'any' or kind = ${fruit}", "any", "always"),
                ("true()", "", "always"),
            ),
            run=lambda expression, kind: filtered(expression, kind=kind),
        ),
        Table(
            title="What is calculated",
            says="What cannot be worked out is left out.",
            given=("calculation",),
            then=("value",),
            rows=(
                ("${age} + 1", '{ plus = [{ answer_to = "age" }, 1] }'),
                ("${age} * 2 - 1", '{ minus = [{ times = [{ answer_to = "age" }, 2] }, 1] }'),
                ("${name}", '{ answer_to = "name" }'),
                (
                    "if(${fruit} = 'apple', 1, 0)",
                    '{ when = { question = "fruit", is = "apple" }, then = 1, otherwise = 0 }',
                ),
                ("${paper}", "lost: “paper” is a file, of which only whether it was given is known"),
                ("concat(${name}, '!')", "lost: concat(...) is not worked out here"),
                ("pulldata('f', 'a', 'b', 'c')", "lost: pulldata(...) is not worked out here"),
            ),
            run=worked,
        ),
        Table(
            title="What an answer is held to",
            says="A constraint becomes limits, and what is more than a limit becomes what the answer must be.",
            given=("question", "constraint"),
            then=("held to",),
            rows=(
                ("age", ". > 0 and . < 120", "min 1; max 119"),
                ("age", ". <= ${height}", 'must { value = { answer_to = "age" }, at_most = { answer_to = "height" } }'),
                ("height", ". >= 0.5", "min 0.5"),
                ("born", ". >= date('2000-01-01')", "min 2000-01-01"),
                ("name", "string-length(.) <= 20", "longest 20"),
                ("all", "count-selected(.) <= 2", "max 2"),
                (
                    "all",
                    "not(selected(., 'apple') and selected(., 'pear'))",
                    'must { not = { all = [{ question = "all", is = "apple" }, { question = "all", is = "pear" }] } }',
                ),
                ("name", "regex(., '[a-z]+')", "lost: regex(...) is no condition that can be carried"),
            ),
            run=held_to,
        ),
    ),
)  # fmt: skip
