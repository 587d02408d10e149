"""A survey is answered without scripts and on a small phone; its answers are coded by the keyboard alone."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
with_and_without = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@with_and_without
def test_an_anonymous_survey_is_answered_at_one_sitting(visitor, make, scripts):
    ann = visitor(scripts=scripts)
    ann.go(make("survey_asked", f"anonymous-{scripts}")["anonymous"])
    ann.sees("Anonymous", "Nobody can tell which answers are yours")
    ann.press("Start")
    ann.choose("Does everybody get a personal budget?", "Yes")
    ann.press("Continue")
    ann.write("How many people have one?", "many")
    assert any("“many” is not a whole number" in one for one in ann.press_in_vain("Continue"))
    ann.write("How many people have one?", "120")
    ann.press("Continue")
    ann.choose("Who offers brokerage?", "Bought")
    ann.press("Continue")
    ann.write("What works?", "They meet people early.")
    ann.press("Continue")
    ann.sees("Nothing is handed in yet", "120", "Bought", "They meet people early.")
    ann.press("Change: Brokerage")
    ann.choose("Who offers brokerage?", "Own")
    ann.press("To the check before handing in")
    ann.sees("Own", "They meet people early.", "it says whether they were handed in")
    ann.press("Hand in")
    ann.sees("Handed in", "It is sealed until the survey closes")


@with_and_without
def test_a_confidential_survey_is_answered_part_by_part_and_read_as_one_page(visitor, make, scripts):
    ann = visitor(scripts=scripts)
    link = make("survey_asked", f"coded-{scripts}")["coded"]
    ann.go(link)
    ann.sees("Confidential (coded)", "kept under a number")
    ann.follow("Budgets")
    ann.choose("Does everybody get a personal budget?", "No")
    ann.write("Your name", "Ann Answerer")
    ann.press("Save and continue")
    ann.choose("Who offers brokerage?", "Bought")
    ann.write("Your name", "Bea Broker")
    ann.press("Save and go back to the parts")
    ann.sees("Last filled in by Ann Answerer", "Last filled in by Bea Broker")
    ann.follow("All questions and answers on one page")
    ann.sees("Who offers brokerage?", "Bought")
    ann.go(link)
    ann.press("Check and hand in")
    ann.write("Your name", "Ann Answerer")
    ann.press("Hand in")
    ann.sees("Handed in", "by Ann Answerer", "Print this page or save it", "Bought")


def test_answers_are_coded_by_the_keyboard_alone(visitor, make):
    made = make("survey_asked", "keys")
    sol = visitor()
    sol.enter("Sol Surveyor")
    sol.go(f"{made['desk']}#answer")
    keyboard, first = sol.page.keyboard, sol.page.locator("[data-answer]").inner_text()
    assert sol.page.evaluate("document.activeElement.id") == "answer"
    early = sol.page.locator("[data-key]", has_text="Early").get_attribute("data-key")
    panels = sol.page.locator("[data-key]", has_text="Panels").get_attribute("data-key")
    for keys in (["ArrowRight", "ArrowRight", "Shift+ArrowRight", early], ["Home", panels]):
        for key in keys[:-1]:
            keyboard.press(key)
        with sol.page.expect_navigation():
            keyboard.press(keys[-1])
    words = first.split()
    told = sol.page.locator(".ww-put").all_inner_texts()
    assert [one.split("\n")[0].strip() for one in told] == [
        f"Panels “{first}”",
        f"Early “{' '.join(words[1:3])}”",
    ]
    with sol.page.expect_navigation():
        keyboard.press("Enter")
    assert sol.page.locator("[data-answer]").inner_text() != first
    assert sol.page.evaluate("document.activeElement.id") == "answer"
    sol.sees("1 of 3 read")
