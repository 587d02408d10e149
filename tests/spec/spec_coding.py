"""Reference: two coders beside each other, and what a new codebook does to codings."""

from spec.tables import Page, Table
from wherewithal.core.coding import Agreement, Code, Codebook, Source, became, passage


def kappa(both, first, second, neither):
    found = Agreement(both, first, second, neither)
    value, error = (
        None if number is None else round(number, 3) for number in (found.kappa.value, found.kappa.error)
    )
    percent = "" if found.percent is None else f"{found.percent}%"
    return percent, value, error, found.kappa.status.value


def trimmed(text, start, end):
    found = passage(Source("s", "r", "q", text), start, end)
    return found.start, found.end


def book(*codes):
    made = (Code(id, id, definition, "q", was=tuple(was.split())) for id, definition, was in codes)
    return Codebook("b", "1", "B", "q", "made up", tuple(made))


def fate(before, after):
    found = became("a", book(before), book(*after))
    return found.fate.value, found.codes


PAGE = Page(
    slug="coding",
    title="Coding what people wrote",
    says="Two coders give codes to the passages of the same answers. The rules are in `core/coding/`.",
    tables=(
        Table(
            title="A passage",
            says=(
                "From one character to before another, counted in Unicode code points from 0. White space at "
                "its ends is left out."
            ),
            given=("text", "from", "to"),
            then=("begins", "ends"),
            rows=(("too dear", 0, 3, 0, 3), ("too dear", 3, 8, 4, 8), ("👍 dear", 1, 6, 2, 6)),
            run=trimmed,
        ),
        Table(
            title="Agreement and kappa",
            says=(
                "Kappa is agreement beyond chance (Cohen 1960), with its standard error (Fleiss, Cohen and "
                "Everitt 1969). A unit is an answer that may have a code. Without variation there is none, "
                "and it says why."
            ),
            given=("both", "only the first", "only the second", "neither"),
            then=("agree", "kappa", "standard error", "status"),
            rows=(
                (20, 5, 10, 15, "70.0%", 0.4, 0.127, "ok"),
                (4, 6, 1, 89, "93.0%", 0.5, 0.161, "ok"),
                (0, 3, 4, 93, "93.0%", -0.036, 0.014, "ok"),
                (10, 0, 0, 90, "100.0%", 1.0, 0.0, "ok"),
                (0, 0, 0, 50, "100.0%", None, None, "neither coder used it"),
                (50, 0, 0, 0, "100.0%", None, None, "both coders used it everywhere"),
                (0, 5, 0, 45, "90.0%", 0.0, None,
                 "one coder never varied, so kappa is 0 however often they agree"),
                (0, 0, 0, 0, "", None, None, "nothing to compare"),
            ),
            run=kappa,
        ),
        Table(
            title="A new version of the codebook",
            says=(
                "What became of the code a: kept and renamed codes keep their codings, the others are looked "
                "at again. A code names the ids that it was."
            ),
            given=("before: id, definition, was", "after"),
            then=("fate", "what it may be now"),
            rows=(
                (("a", "money", ""), (("a", "money", ""),), "kept", ("a",)),
                (("a", "money", ""), (("b", "money", "a"),), "renamed", ("b",)),
                (("a", "money", ""), (("a", "any cost", ""),), "reworded", ("a",)),
                (("a", "money", ""), (("b", "fees", "a"), ("c", "wages", "a")), "split", ("b", "c")),
                (("a", "money", ""), (("b", "time", ""),), "removed", ()),
            ),
            run=fate,
        ),
    ),
)  # fmt: skip
