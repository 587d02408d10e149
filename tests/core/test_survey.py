"""The field of a survey: rates add up however it is cut, samples can be drawn again, by their shares."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.core import survey
from wherewithal.core.questions import Given, Question, Questionnaire, Section
from wherewithal.core.sampling import draw, replacement
from wherewithal.core.stage_two import Drafted, questionnaire
from wherewithal.policy.councils import councils

REGISTER = councils()
STRATA = {one.code: (one.region, one.type) for one in REGISTER}
invitations = st.lists(
    st.builds(
        survey.Invited, st.text("abc", min_size=1), st.just("x"), st.sampled_from(["London", "South West"]),
        st.sampled_from(["County", "Unitary"]), st.sampled_from(["listed", "invited", "bounced", "refused"]),
        st.booleans(), st.booleans(),
    ),
    max_size=30,
)  # fmt: skip


@given(invitations)
def test_the_cells_add_up_to_the_whole_and_sample_and_others_to_all(everybody):
    field = survey.field(everybody)
    whole = field.cell("", "")
    cells = [field.cell(region, type) for region in field.regions for type in field.types]
    assert sum(cell.all.invited for cell in cells) == whole.all.invited
    assert sum(cell.all.answered for cell in cells) == whole.all.answered
    assert whole.targeted.invited + whole.open.invited == whole.all.invited
    assert len(survey.missing(everybody)) == whole.all.missing


def test_who_is_only_listed_is_no_base():
    field = survey.field([survey.Invited("1", "A", "London", "County", "listed")])
    assert field.cell("", "").all.says == "nobody invited"


def test_58_of_152_is_38_percent_and_not_33():
    assert survey.Rate(58, 152).says == "58 of 152 (38.2%)"


@given(st.integers(1, len(REGISTER)), st.integers(0, 10**9))
def test_a_sample_is_drawn_again_and_no_stratum_is_a_whole_council_off_its_share(size, seed):
    sample = draw(STRATA, size, seed)
    assert sample == draw(dict(reversed(STRATA.items())), size, seed)
    assert len(set(sample.drawn)) == size
    drawn, members = Counter(STRATA[code] for code in sample.drawn), Counter(STRATA.values())
    for stratum, count in members.items():
        assert abs(drawn[stratum] - size * count / len(STRATA)) < 1


def test_another_seed_draws_another_sample():
    assert draw(STRATA, 20, 1).drawn != draw(STRATA, 20, 2).drawn


def test_a_replacement_is_the_next_of_the_same_stratum():
    sample = draw(STRATA, 60, 5)
    lost = next(code for code in sample.drawn if sample.waiting[STRATA[code]])
    assert replacement(STRATA, lost, sample.drawn, 5) == sample.waiting[STRATA[lost]][0]
    assert replacement({"1": "a", "2": "b"}, "1", {"1"}, 5) is None


def test_a_question_for_stage_two_can_ask_for_a_document_where_the_wave_is_not_anonymous():
    drafted = [Drafted("Attach your guidance.", "file")]
    asked = questionnaire([(1, "It works.", drafted)], of="Budgets", source="Ours", first=date(2026, 1, 1))
    assert [one.kind for one in asked.questions.values()] == ["file"]
    for mode in (survey.Mode.CODED, survey.Mode.ATTRIBUTED):
        survey.check_promise(asked, mode)
    with pytest.raises(survey.TellsWhoseItIs, match=r"“Attach your guidance\.” asks for a file"):
        survey.check_promise(asked, survey.Mode.ANONYMOUS)


@pytest.mark.parametrize(
    ("kind", "refuses"),
    [("text", {survey.Mode.ANONYMOUS, survey.Mode.CODED}), ("yes_no", {survey.Mode.ANONYMOUS})],
)
def test_nothing_hangs_on_what_a_promise_leaves_out_and_something_is_asked(kind, refuses):
    """A name breaks the promise of a coded wave too; what is chosen stays there with the answers."""
    known = Question("known", "Who are you?", kind, "Your name", identifies=True)
    follows = Question("follows", "Since when?", "text", "Since when", relevant=Given("known"))
    free = Question("free", "What works?", "text")
    may = {
        "“Since when” hangs on the answer to “Your name”": (known, follows, free),
        "Every question tells who answers": (known,),
        "": (known, free),
    }
    for says, questions in may.items():
        asked = Questionnaire(
            "asked", "1", "Asked", "A test", date(2026, 1, 1), None, "Made up",
            (Section("all", "All", questions),),
        )  # fmt: skip
        for mode in survey.Mode:
            if not says or mode not in refuses:
                survey.check_promise(asked, mode)
                continue
            with pytest.raises(survey.TellsWhoseItIs, match=says):
                survey.check_promise(asked, mode)
