"""Projects of qualitative analysis made by hypothesis: every noun that the format holds, all related."""

import uuid
from datetime import UTC, datetime
from itertools import count

from hypothesis import strategies as st

from wherewithal.formats.refi_qda.model import (
    Case,
    Code,
    Coding,
    Link,
    Project,
    Selection,
    Set,
    Text,
    User,
    Value,
    Variable,
)

words = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
    | st.sampled_from("\n\t"),
    max_size=12,
)  # fmt: skip
texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r\ufeff"), max_size=30)
times = st.none() | st.datetimes(timezones=st.just(UTC) | st.none())
colors = st.sampled_from(("", "#fff", "#00aB09"))
VALUES = {
    "Text": words.filter(bool), "Boolean": st.sampled_from(("true", "false")),
    "Integer": st.integers().map(str),
    "Float": st.decimals(allow_nan=False, allow_infinity=False, places=2).map("{:f}".format),
    "Date": st.dates().map(str), "DateTime": st.datetimes().map(datetime.isoformat),
}  # fmt: skip


@st.composite
def projects(draw):
    """GUIDs are counted, so that no two things share one; references go to what was made before."""
    number = count(1)

    def new():
        return str(uuid.UUID(int=next(number)))

    def some(of, most=3):
        return tuple(draw(of()) for _ in range(draw(st.integers(0, most))))

    def refer(to):
        return tuple(draw(st.lists(st.sampled_from(to), max_size=2))) if to else ()

    def one_of(to):
        return draw(st.sampled_from(["", *to]))

    notes, users, codes, variables = [], [], [], []

    def written():
        return {
            "by": one_of(users),
            "at": draw(times),
            "changed_by": one_of(users),
            "changed_at": draw(times),
        }

    def user():
        users.append(new())
        return st.builds(User, st.just(users[-1]), words, words)

    def note():
        notes.append(new())
        return st.builds(Text, st.just(notes[-1]), texts, words, words, **just(written()))

    def just(fields):
        return {name: st.just(value) for name, value in fields.items()}

    def code(depth=0):
        codes.append(new())
        mine = codes[-1]
        under = some(lambda: code(depth + 1), 2) if depth < 2 else ()
        return st.builds(
            Code, st.just(mine), words, st.booleans(), colors, words, st.just(refer(notes)), st.just(under)
        )

    def variable():
        variables.append((new(), draw(st.sampled_from(sorted(VALUES)))))
        return st.builds(Variable, st.just(variables[-1][0]), words, st.just(variables[-1][1]), words)

    def value():
        guid, kind = draw(st.sampled_from(variables))
        return st.builds(Value, st.just(guid), st.just(kind), VALUES[kind])

    def values():
        return some(value, 2) if variables else ()

    def coding():
        return st.builds(
            Coding,
            st.just(new()),
            st.sampled_from(codes),
            st.just(one_of(users)),
            times,
            st.just(refer(notes)),
        )

    def codings():
        return some(coding, 2) if codes else ()

    def selection(text):
        start = draw(st.integers(0, len(text)))
        return Selection(
            new(), start, draw(st.integers(start, len(text))), draw(words), draw(words), codings(),
            refer(notes), **written(),
        )  # fmt: skip

    def source():
        text = draw(texts)
        selections = some(lambda: st.just(selection(text)))
        return st.just(
            Text(
                new(),
                text,
                draw(words),
                draw(words),
                selections,
                codings(),
                refer(notes),
                values(),
                **written(),
            )
        )

    all_users, all_notes, all_codes = some(user), some(note), some(code, 2)
    all_variables, all_sources = some(variable), some(source)
    sources = [one.guid for one in all_sources]
    selections = [each.guid for one in all_sources for each in one.selections]
    anything = [*notes, *users, *codes, *sources, *selections]

    def case():
        return st.just(
            Case(new(), draw(words), draw(words), refer(codes), values(), refer(sources), refer(selections))
        )

    def set_():
        return st.just(Set(new(), draw(words), draw(words), refer(codes), refer(sources), refer(notes)))

    def link():
        direction = draw(st.sampled_from(("", "Associative", "OneWay", "Bidirectional")))
        return st.just(
            Link(
                new(), draw(words), direction, draw(colors), one_of(anything), one_of(anything), refer(notes)
            )
        )

    return Project(
        draw(words), draw(words), all_users, all_codes, all_variables, some(case), all_sources, all_notes,
        some(link), some(set_), draw(words), refer(notes), **written(),
    )  # fmt: skip
