"""Which questions are the same question, and a questionnaire chosen from all that were ever asked."""

from dataclasses import replace
from datetime import date

import pytest
from surveying import small

from wherewithal.core.comparable import meaning, why_not
from wherewithal.core.question_bank import (
    Asked,
    NothingChosen,
    OthersNeeded,
    TwoWordings,
    choose,
    key_of,
    needed,
    shelves,
    shelves_without,
)
from wherewithal.core.questions import Choice, Given, Question, Section, mistakes
from wherewithal.policy.questionnaire import read, surveys
from wherewithal.policy.questionnaire_text import text

ON = date(2026, 11, 29)


def changed(id: str, **changes):
    """The small questionnaire with one question changed."""
    of = small()
    sections = tuple(
        replace(
            part, questions=tuple(replace(one, **changes) if one.id == id else one for one in part.questions)
        )
        for part in of.sections
    )
    return replace(of, sections=sections)


OTHERWISE = Given("budgets", ("no",))
MORE = (Choice("own", "Own"), Choice("bought", "Bought"))


@pytest.mark.parametrize(
    "id, changes, why",
    [
        ("budgets", {"text": "Has everybody a budget?"}, "Its words changed."),
        ("words", {"kind": "text"}, "It is answered in another way."),
        ("brokerage", {"choices": MORE}, "The answers to choose from changed."),
        ("how_many", {"relevant": OTHERWISE}, "It is asked of others: what leads to it changed."),
        ("brokerage", {"hint": "Think of last year", "short": "Who", "required": True}, ""),
    ],
)
def test_a_question_is_comparable_while_text_kind_choices_and_routing_are(id, changes, why):
    assert why_not(small(), changed(id, **changes), id) == why


def test_a_question_that_follows_a_changed_one_is_asked_of_others():
    why = why_not(small(), changed("budgets", text="Has everybody a budget?"), "how_many")
    assert why.startswith("It is asked of others:") and "which leads to it, changed" in why


def test_routing_of_the_section_counts_too():
    of = small()
    last = replace(of.sections[-1], relevant=Given("budgets", ("yes",)))
    assert why_not(of, replace(of, sections=(*of.sections[:-1], last)), "words").startswith(
        "It is asked of others"
    )


def bank(*more):
    return shelves([Asked("A", small()), *more])


def keys(of, *ids):
    return {key_of(of, id) for id in ids}


def test_a_question_stands_once_with_everywhere_it_was_asked():
    found = bank(Asked("B", changed("brokerage", text="Who brokers?")))
    where = {(one.question.id, one.question.text): one.where for shelf in found for one in shelf.entries}
    assert where["words", "What works?"] == ("A", "B")
    assert where["brokerage", "Who offers brokerage?"] == ("A",)
    assert where["brokerage", "Who brokers?"] == ("B",)
    assert [shelf.title for shelf in found] == ["Budgets", "Brokerage", "In your words", "Brokerage"]


def test_chosen_questions_are_a_questionnaire_that_stays_comparable():
    made = choose(bank(), keys(small(), "brokerage", "words"), id="new", on=ON)
    assert [*made.questions] == ["brokerage", "words"] and not mistakes(made)
    assert (made.id, made.version) == (small().id, "chosen 2026-11-29")
    assert [why_not(small(), made, id) for id in made.questions] == ["", ""]
    assert read("new", text(made)) == made


def test_routing_that_looks_at_what_is_not_chosen_is_told():
    chosen = keys(small(), "how_many")
    with pytest.raises(
        OthersNeeded, match="“How many people have one\\?” is asked by what is answered to “Does"
    ):
        choose(bank(), chosen, id="new", on=ON)
    [(one, other)] = needed(bank(), chosen)
    assert (one.question.id, other.question.id) == ("how_many", "budgets")
    assert [*choose(bank(), chosen | {other.key}, id="new", on=ON).questions] == ["budgets", "how_many"]


def test_two_wordings_of_one_question_are_refused_and_so_is_nothing():
    other = changed("brokerage", text="Who brokers?")
    both = bank(Asked("B", other))
    with pytest.raises(TwoWordings, match="as in “A”, and as in “B”"):
        choose(both, keys(small(), "brokerage") | keys(other, "brokerage"), id="new", on=ON)
    with pytest.raises(NothingChosen):
        choose(both, {"gone-123"}, id="new", on=ON)


def test_a_question_that_follows_another_wording_says_which():
    other = changed("budgets", text="Has everybody a budget?")
    chosen = keys(small(), "budgets") | keys(other, "how_many")
    with pytest.raises(OthersNeeded, match="as in “B”"):
        choose(bank(Asked("B", other)), chosen, id="new", on=ON)


def test_questions_of_two_surveys_get_sections_and_a_name_of_their_own():
    asked = Question("pace", "How fast?", "yes_no", choices=small().question("budgets").choices)
    other = replace(small(), id="other", sections=(Section("money", "Pace", (asked,)),))
    chosen = keys(small(), "budgets") | keys(other, "pace")
    made = choose(bank(Asked("B", other)), chosen, id="new", on=ON)
    assert (made.id, [one.id for one in made.sections]) == ("new", ["money", "money_2"])
    assert [*made.questions] == ["budgets", "pace"]


def test_the_bank_of_an_anonymous_wave_holds_neither_what_tells_who_answers_nor_what_hangs_on_it():
    of = changed("budgets", identifies=True)
    shelf, *others = shelves_without(shelves([Asked("", of)]), lambda one: one.identifies)
    assert [one.question.id for one in (*shelf.entries, *(one.entries[0] for one in others))] == [
        "brokerage", "words",
    ]  # fmt: skip
    asked_before = shelves([Asked("", of), Asked("A wave before it was marked", small())])
    assert shelves_without(asked_before, lambda one: one.identifies)[0].title == "Brokerage"


@pytest.mark.parametrize("of", surveys(), ids=lambda one: one.id)
def test_whatever_is_chosen_with_what_it_needs_can_be_asked_as_it_was(of):
    whole = shelves([Asked(of.title, of)])
    for id in of.questions:
        chosen = {key_of(of, id)}
        chosen |= {other.key for _, other in needed(whole, chosen)}
        made = choose(whole, chosen, id="new", on=ON)
        assert meaning(made, id) == meaning(of, id)
