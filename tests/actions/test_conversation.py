"""Conversations with councils: begun about a figure, spoken, agreed, looked at again, led on, closed."""

from datetime import date

import compending
import conversing
import pytest
from conversing import (
    A_DAY,
    BEGAN,
    LOW,
    OLDER,
    SAID,
    actions,
    agreed,
    begun,
    doing,
    explained,
    promised,
    spoken,
)

from wherewithal.analytics.rates import NoRate
from wherewithal.core.conversation import NotThisWay, Outcome, Within, due
from wherewithal.core.refusal import Refusal
from wherewithal.policy.councils import code_of
from wherewithal.records.conversation import closed_ones, held, open_ones
from wherewithal.records.models import AgreedAction, Conversation, Door, Look

pytestmark = pytest.mark.django_db
SOON = Within(talk=28, agree=14)


def refused(match, act, **given):
    with pytest.raises(Refusal, match=match) as found:
        act(**given)
    return found.value


def test_it_begins_about_a_figure_below_the_threshold_and_keeps_it_as_it_stood():
    row = begun()
    assert (row.council, row.series, row.year, row.begun_on) == (
        "Wirral", "ascof-3d-2024-25:3d-2a", "2024-25", BEGAN.date()
    )  # fmt: skip
    row.refresh_from_db()
    assert row.then.said == "6.6% (415 of 6,273; 95% interval 6.0% to 7.3%)"
    assert (float(row.threshold), row.standing.stage) == (10.0, "Begun")


def test_only_with_a_council_that_has_a_figure_and_is_below():
    with pytest.raises(NotThisWay, match=r"Kent is not below 10%: \d"):
        begun("Kent")
    with pytest.raises(NotThisWay, match="Ealing is not below 10%"):
        begun("Ealing")  # level, and its interval reaches under it
    with pytest.raises(NoRate, match="there is no figure to talk about"):
        begun("Isles of Scilly")
    assert begun("North Tyneside", threshold="12").threshold == 12  # its interval reaches over the threshold


def test_one_at_a_time_about_one_series():
    row = begun()
    with pytest.raises(NotThisWay, match="A conversation with Wirral about this is open already"):
        begun()
    agreed.close(conversation=row, outcome=Outcome.NOT_BEHIND, says="It counts otherwise", **doing())
    assert begun().pk != row.pk


def test_what_was_said_is_corrected_by_another_note_and_both_stay():
    first = spoken()
    row = first.conversation
    second = actions.correct(
        talk=first, on=first.on, **{**SAID, "said": "Of the panel."}, reason="A slip", **doing(BEGAN + A_DAY)
    )
    row.refresh_from_db()
    assert row.notes == [second] and row.talks.count() == 2 and second.why == "A slip"
    again = {"talk": first, "on": first.on, **SAID, "reason": "Once more", **doing(BEGAN + A_DAY)}
    assert "was corrected already" in refused("corrected", actions.correct, **again).says
    assert refused("sentence", actions.correct, **again | {"talk": second, "reason": " "}).field == "reason"


@pytest.mark.parametrize(
    ("given", "field"),
    [({"on": date(2027, 1, 1)}, "on"), ({"on": date(2020, 1, 1)}, "on"), ({"said": " "}, "said"),
     ({"ours": " "}, "ours"), ({"theirs": ""}, "theirs")],
)  # fmt: skip
def test_a_note_says_who_spoke_on_a_day_that_is_past(given, field):
    row = begun()
    moment = BEGAN + A_DAY
    whole = {"on": moment.date(), **SAID, **given}
    assert refused(".", actions.note, conversation=row, **whole, **doing(moment)).field == field


def test_reasons_are_those_of_the_policy_in_its_order_and_another_in_words():
    row = begun()
    explained(row, "other", "market", other="A flood ")
    row.refresh_from_db()
    assert (row.reasons, row.other_reason) == (["market", "other"], "A flood")
    refused("Choose why", actions.say_why, conversation=row, reasons_given=["luck"], other="", **doing())


def test_an_action_is_agreed_with_the_council_and_ends_with_what_came_of_it():
    row = begun()
    with pytest.raises(NotThisWay, match="nothing is agreed without the council"):
        promised(row)
    spoken(row)
    for wrong in ("due_on", "look_on"):
        with pytest.raises(NotThisWay, match="Enter today or a day to come") as found:
            promised(row, **{wrong: BEGAN.date() - A_DAY})
        assert found.value.field == wrong
    action = promised(row)
    row.refresh_from_db()
    assert row.look_on == (BEGAN + 91 * A_DAY).date() and row.standing.stage == "Action agreed"
    for on, says in ((BEGAN, "before this action was agreed"), (BEGAN + 40 * A_DAY, "a day that is past")):
        ending = {"agreed": action, "done": True, "came_of": "x", "on": on.date()}
        assert refused(says, agreed.end, **ending, **doing(BEGAN + 20 * A_DAY)).field == "on"
    conversing.done(action)
    action.refresh_from_db()
    assert (action.state, action.came_of) == (AgreedAction.State.DONE, "Two forms are one.")
    again = {"agreed": action, "done": False, "came_of": "No", "on": action.ended_on, **doing()}
    refused("on record already", agreed.end, **again)


def test_it_is_looked_at_again_with_the_figure_of_then_beside_what_was_published_later():
    row = conversing.agreed_with(*OLDER)
    moment = BEGAN + 91 * A_DAY
    look = agreed.look(conversation=row, came_of="They wait less", look_on=None, **doing(moment))
    assert look.beside.startswith("The figure of 2024-25 is by another definition, ASCOF 3D(2a)")
    assert look.now == {} and look.on == moment.date()
    row.refresh_from_db()
    assert row.look_on is None and row.standing.stage == "Looked at again"
    refused("sentence", agreed.look, conversation=row, came_of="", look_on=None, **doing(moment))
    untouched = begun()
    refused("Nobody has spoken", agreed.look, conversation=untouched, came_of="x", look_on=None, **doing())
    assert Look.objects.count() == 1


def test_a_council_that_is_ahead_and_alike_is_kept_with_why():
    row = begun()
    refused("Choose one of", agreed.match, conversation=row, code=code_of("Kent"), **doing())
    agreed.match(conversation=row, code=code_of("Dudley"), **doing())
    row.refresh_from_db()
    assert (row.ahead, row.matched_on) == ("Dudley", BEGAN.date())
    assert row.match["place"] == 1 and row.match["figure"]["low"] > row.then.high
    assert row.match["features"][0][0] == "people aged 15 and over"


def test_a_published_example_is_passed_on_and_its_take_up_is_the_compendiums():
    row = begun()
    waiting, out = compending.handed_in(), compending.published()
    refused("not published any more", agreed.pass_on, conversation=row, example=waiting, **doing())
    agreed.pass_on(conversation=row, example=out, **doing())
    row.refresh_from_db()
    assert (row.example, row.passed_on_on) == (out, BEGAN.date())
    own = begun(*OLDER)
    theirs = compending.published(Door.objects.get(code=own.code))
    refused("not published any more", agreed.pass_on, conversation=row, example=None, **doing())
    refused("handed that in itself", agreed.pass_on, conversation=own, example=theirs, **doing())


def test_it_is_closed_once_nothing_is_open_and_stays_closed():
    row = conversing.agreed_with()
    closing = {"conversation": row, "outcome": Outcome.CAUGHT_UP, "says": "It rose.", **doing()}
    refused("An action is still open", agreed.close, **closing)
    conversing.done(row.agreed.get())
    assert refused("sentence", agreed.close, **closing | {"says": " "}).field == "says"
    agreed.close(**closing)
    row.refresh_from_db()
    assert (row.closed_on, row.look_on, row.get_outcome_display()) == (
        BEGAN.date(), None, "It has caught up"
    )  # fmt: skip
    for act in (
        lambda: spoken(row), lambda: explained(row), lambda: promised(row), lambda: agreed.close(**closing),
        lambda: agreed.match(conversation=row, code=code_of("Dudley"), **doing()),
    ):  # fmt: skip
        with pytest.raises(NotThisWay, match="This conversation is closed"):
            act()


def test_the_open_ones_stand_by_what_is_due_first_and_the_closed_ones_apart():
    late, soon = begun("Portsmouth"), conversing.agreed_with()
    older = begun(*OLDER, moment=BEGAN - 60 * A_DAY)
    found = open_ones(SOON)
    assert [one.row for one in found] == [older, late, soon]
    assert [one.next.what for one in found] == [
        "Speak with the council", "Speak with the council", "Say what came of an action"
    ]  # fmt: skip
    assert found[0].is_late(BEGAN.date()) and not found[1].is_late(BEGAN.date())
    agreed.close(conversation=late, outcome=Outcome.NOT_BEHIND, says="Otherwise", **doing())
    assert late not in [one.row for one in open_ones(SOON)] and list(closed_ones()) == [late]
    assert held(closed_ones()[0], SOON).next is None


def test_a_note_that_was_corrected_counts_for_its_new_day():
    first = spoken(moment=BEGAN + 5 * A_DAY)
    row = Conversation.objects.get()
    actions.correct(
        talk=first, on=(BEGAN + A_DAY).date(), **SAID, reason="The day", **doing(BEGAN + 6 * A_DAY)
    )
    assert due(Conversation.objects.get().standing, SOON).on == (BEGAN + 15 * A_DAY).date()
    assert row.council == LOW[0]
