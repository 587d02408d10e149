"""Letters, read as another program would read them."""

import io
import json
from datetime import date

import pytest
import typst
from pypdf import PdfReader

from wherewithal.core.workings import Line
from wherewithal.web import home, letters

AWKWARD = "Pat #1 $x$ *b* _i_ <tag> @me \\n [c] `d` // =e"
TO = letters.Envelope(
    council="Exampleshire County Council",
    contact="Call 01632 960001.",
    name=AWKWARD,
    reference="P-000123",
    on=date(2026, 4, 6),
    address=("1 Made-up Lane", "Exampleton"),
)
LINES = [
    Line("Washing and dressing", 6, "points", "I need help every day"),
    Line("6 points by the price list", 21450, "pence_per_week", source="Made-up scheme 2026", verified=False),
]


def budget(**changes) -> bytes:
    totals = [Line("Indicative budget", 21450, "pence_per_week")]
    return letters.budget(TO, pence_per_week=21450, lines=LINES, totals=totals, **changes)


def contribution(**changes) -> bytes:
    return letters.contribution(
        TO,
        pence_per_week=1200,
        starts_on=date(2026, 4, 13),
        how_paid="We take it off.",
        lines=LINES,
        **changes,
    )


def agreement(**changes) -> bytes:
    return letters.agreement(
        TO,
        starts_on=date(2026, 4, 13),
        amounts=[Line("Your direct payment", 15600, "pence_per_week")],
        how_paid="Every four weeks, before you need it.",
        uses=[letters.Use("Personal assistant", "Ready for the day", 15600)],
        you_agree=["You use it for your plan."],
        we_agree=["We pay on time."],
        reviews="Within six months, then every year.",
        council_may_stop="We stop it only with reasons.",
        **changes,
    )


def explained(large_print: bool = True) -> bytes:
    return home.explained_pdf(large_print=large_print)


TITLES = {
    budget: "Your indicative budget",
    contribution: "What you pay towards your care and support",
    agreement: "Your direct payment agreement",
    explained: "What a personal budget is",
}


def read(pdf: bytes) -> tuple[PdfReader, str]:
    reader = PdfReader(io.BytesIO(pdf))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize("large_print", [False, True])
@pytest.mark.parametrize("make", TITLES)
def test_a_letter_is_tagged_titled_and_in_english(make, large_print):
    reader, text = read(make(large_print=large_print))
    root = reader.trailer["/Root"]
    assert reader.metadata.title == TITLES[make]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"] and root["/StructTreeRoot"]["/K"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert TITLES[make] in text


def test_what_a_person_wrote_stays_as_they_wrote_it():
    _, text = read(budget())
    assert AWKWARD in text


def test_a_budget_letter_shows_the_workings_and_how_to_ask_again():
    _, text = read(budget(explains=["We used the scheme of 6 April 2026."]))
    for words in (
        "About £214.50 a week",
        "£11,154.00 a year",
        "Washing and dressing",
        "I need help every day",
        "6 points",
        "(unverified rate)",
        "has not yet been checked",
        "We used the scheme of 6 April 2026.",
        "You can ask us to look at it again",
        "Call 01632 960001.",
        "Local Government and Social Care Ombudsman",
    ):
        assert words in text, words


def test_an_unverified_rate_is_explained_only_where_one_was_used():
    _, text = read(letters.budget(TO, pence_per_week=100, lines=LINES[:1]))
    assert "unverified" not in text


def test_full_cost_is_said_only_to_those_who_pay_it():
    assert "full cost" in read(contribution(full_cost=True))[1]
    assert "full cost" not in read(contribution())[1]


def test_an_agreement_names_who_holds_the_money_and_who_signs():
    _, text = read(agreement(holder="Sam Sample"))
    assert "The money is held by Sam Sample" in text
    assert "For Exampleshire County Council" in text
    assert "You can stop having a direct payment at any time." in text
    assert "held by" not in read(agreement())[1]


def test_large_print_is_18_point_throughout():
    sizes: set[float] = set()

    def note(text, matrix, text_matrix, font, size):
        if text.strip():
            sizes.add(round(size * abs(text_matrix[3]) * abs(matrix[3]), 1))

    for page in read(budget(large_print=True))[0].pages:
        page.extract_text(visitor_text=note)
    assert min(sizes) == 18.0


@pytest.mark.parametrize(
    ("large_print", "offers"),
    [(False, "this letter in large print,"), (True, "this letter in ordinary print,")],
)
def test_a_letter_offers_the_print_that_it_is_not_in(large_print, offers):
    assert offers in read(budget(large_print=large_print))[1]


def test_a_letter_has_its_letters_on_a_machine_without_typefaces(monkeypatch):
    bare = typst.Fonts(include_system_fonts=False)
    monkeypatch.setattr(letters, "_fonts", lambda: bare)
    assert "£214.50 a week" in read(budget())[1]


def test_a_letter_that_lacks_its_data_is_not_printed():
    with pytest.raises(typst.TypstError, match="name"):
        letters.pdf("budget", {"council": "Exampleshire County Council"})
    with pytest.raises(FileNotFoundError):
        letters.pdf("unheard-of", {})
    with pytest.raises(TypeError, match="cannot print object"):
        letters.pdf("budget", {"name": object()})


def test_page_and_pdf_on_budgets_say_the_same():
    _, text = read(explained())
    for section in home.explained()["sections"]:
        for words in [section["heading"], *section["says"], *section["points"]]:
            assert words in text, words
    assert json.dumps(home.explained())
