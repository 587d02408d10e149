"""A review is held in a real browser: whatever was typed is still there after the offer and after a fault."""

import pytest
from browser.visitor import asked

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
ONE_FAULT = "If it changes, by how much a week? “five” is not an amount of money. Write it like 214.50."


@pytest.mark.parametrize(
    ("scripts", "who"),
    [(True, "Rhea Rehearsed"), (False, "Rhys Rehearsed")],
    ids=["with scripts", "without scripts"],
)
def test_nothing_that_is_typed_at_a_review_is_lost(visitor, make, scripts, who):
    address = make("held_review", who)
    worker = visitor(scripts=scripts)
    worker.enter("Wren Worker")
    worker.go(address)
    fill_in(worker)
    typed_in = worker.typed_in("/said/")
    assert len([value for _, value in typed_in if value]) >= 7

    worker.press("Record the offer")
    offer(worker)
    worker.sees("Yes, with the same assistant.")
    assert worker.typed_in("/said/") == typed_in

    worker.press("Save and come back later")
    worker.press("Go on with the review")
    assert worker.typed_in("/said/") == typed_in

    worker.write("If it changes, by how much a week?", "five")
    assert worker.press_in_vain("Finish the review") == [ONE_FAULT]
    with_fault = [[name, "five" if name == "saved" else value] for name, value in typed_in]
    assert worker.typed_in("/said/") == with_fault
    assert worker.page.locator(".govuk-input--error").get_attribute("name") == "saved"

    worker.write("If it changes, by how much a week?", "5.00")
    worker.press("Finish the review")
    worker.sees("The review is finished", "£5.00 a week added: The nights are harder.")


def fill_in(worker) -> None:
    """Every question of the page."""
    for number, group in enumerate(worker.page.get_by_role("group", name=asked("How far is it met?")).all()):
        group.get_by_label("Partly met").check()
        note = f"Slower than hoped, but it is coming.\nSaid so twice, {number}."
        worker.page.get_by_label(asked("What was said about it")).nth(number).fill(note)
    worker.write(
        "What was said, in a few sentences", "A good year on the whole.\nThe nights are the trouble."
    )
    worker.choose("What happens next?", "Support goes on as planned")
    worker.choose("What happens to the cost of support?", "It goes up")
    worker.write("If it changes, by how much a week?", "5.00")
    worker.write("If it changes, why?", "The nights are harder.")


def offer(worker) -> None:
    worker.choose("What do you offer?", "A direct payment")
    worker.choose("What did they say?", "Yes, they want one")
    worker.write("In their own words", "Yes, with the same assistant.")
    worker.press("Record the offer")
