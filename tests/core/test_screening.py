"""What might tell whose words they are: found wherever it stands, and nothing found where nothing tells."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wherewithal.core.policy import Used
from wherewithal.core.screening import Kind, pieces, screen
from wherewithal.policy.codebook import books
from wherewithal.policy.councils import councils
from wherewithal.policy.quotation import screened_by

WORDS = screened_by(Used(date(2026, 6, 1)))
# Words of a sentence: letters that no list holds a word of, so that none is a place by chance.
plain = st.text("xzqvé", min_size=1, max_size=6)
sentence = st.lists(plain, min_size=1, max_size=6).map(lambda words: " ".join(words).capitalize())
texts = st.lists(sentence, max_size=4).map(". ".join)


def found(text: str) -> list[tuple[str, str]]:
    return [(one.kind.value, one.words) for one in screen(text, WORDS)]


@given(texts)
def test_without_a_capital_inside_a_sentence_and_without_a_figure_nothing_is_found(text):
    assert found(text) == []


@given(
    st.sampled_from([one.name for one in councils()]), texts, texts,
    st.sampled_from([" ", "\n", " (", "; ", " “"]),
    st.sampled_from(["", ".", "’s", ")", " & co", " County Council"]),
)  # fmt: skip
def test_every_council_of_the_register_is_found_wherever_its_name_stands(name, before, after, opens, closes):
    text = f"{before}{opens}{name}{closes} {after}"
    start = len(before) + len(opens)
    covered = [one for one in screen(text, WORDS) if one.start <= start and start + len(name) <= one.end]
    assert len(covered) == 1


@given(st.sampled_from([one.name for one in councils()]))
def test_a_council_is_found_in_capitals_and_hyphened_and_in_small_letters_unless_that_is_a_word(name):
    assert found(f"as in {name.upper()} it is")[0][0] == "place"
    assert found(f"as in {name.replace(' ', '-')} it is")[0][0] == "place"
    assume(name not in WORDS.ordinary)
    assert found(f"as in {name.lower()} it is")[0][0] == "place"


@given(st.text(max_size=60))
def test_findings_follow_each_other_and_the_pieces_are_the_text_again(text):
    all_found = screen(text, WORDS)
    assert all(one.words == text[one.start : one.end] for one in all_found)
    assert all(one.end <= other.start for one, other in pairwise(all_found))
    assert "".join(piece.words for piece in pieces(text, all_found)) == text
    assert [piece.finding for piece in pieces(text, all_found) if piece.finding] == list(all_found)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("we asked Hove, Sussex and cheshire", "place Hove, place Sussex, place cheshire"),
        ("Telford & the Wrekin, St. Helens", "place Telford & the Wrekin, place St. Helens"),
        ("reading takes time, Reading does not", "place Reading"),
        ("like all of the south east", "region south east"),
        ("with Bluefinch Care Ltd and Smith & Sons", "firm Bluefinch Care Ltd, firm Smith & Sons"),
        ("The Trust and our Primary Care Trust agreed.", ""),
        ("Kent Primary Care Trust agreed.", "place Kent"),
        ("our Horizon programme, Project Sunrise", "programme Horizon programme, programme Project Sunrise"),
        ("Pilot schemes and brokerage projects help.", ""),
        ("ask jo@x.gov.uk or see www.x.org", "address jo@x.gov.uk, address www.x.org"),
        ("on 3 March 2011, in May, by 2009-10", "date 3 March 2011, date 2009-10"),
        ("for 43%, 7.5 per cent, £2.5m or £5", "number 43%, number 7.5 per cent, number £2.5m, number £5"),
        ("two of 5 people, 24/7, under NI130", ""),
        ("Guildford Borough closed. So did it.", "name Guildford"),
        ("we use Careweaver, e.g. Tallyho; MCCH helps", "name Careweaver, name Tallyho, name MCCH"),
        ("I think the NHS’s staff and Personal Budgets work on Mondays.", ""),
    ],
)
def test_each_kind_is_found_by_its_marks(text, wanted):
    assert ", ".join(f"{kind} {words}" for kind, words in found(text)) == wanted


def test_the_made_up_examples_of_the_codebook_raise_no_false_alarm():
    """Whoever wrote them put in dates and amounts, and no name; those are all that is found."""
    examples = [text for book in books() for code in book.codes for text in code.examples]
    kinds = {one.kind for text in examples for one in screen(text, WORDS)}
    assert len(examples) > 150
    assert kinds == {Kind.DATE, Kind.NUMBER}


def test_each_finding_says_what_to_do():
    assert screen("as Kent does", WORDS)[0].do.startswith("Say ‘a neighbouring council’")
