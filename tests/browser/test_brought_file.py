"""An analyst brings a return in a real browser, leaves the page, and finds its faults and its figures."""

import pytest
from bringing import faulty

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
with_and_without = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])

DOUBLE_CLICK = 1100  # milliseconds within which the button takes a second click for a slip


@pytest.fixture
def returned(tmp_path):
    """A file of people who do not exist, and one that is no CSV."""
    right, wrong = tmp_path / "made-up-return.csv", tmp_path / "made-up-return.xlsx"
    right.write_bytes(faulty())
    wrong.write_bytes(b"PK\x03\x04 a workbook")
    return right, wrong


@with_and_without
def test_a_return_is_brought_read_meanwhile_and_thrown_away(visitor, make, returned, scripts):
    right, wrong = returned
    ana = visitor(scripts=scripts)
    ana.enter("Ana Analyst")
    ana.menu("Measures")
    ana.follow("Check and count a file")
    ana.press("Bring a file")
    choose(ana, wrong)
    assert in_vain(ana) == [f"“{wrong.name}” is a workbook or another packed file, and no CSV file. In a "
                            "spreadsheet, save it as “CSV UTF-8 (comma delimited)”"]  # fmt: skip

    choose(ana, right)
    ana.page.wait_for_timeout(DOUBLE_CLICK)
    ana.press("Bring the file")
    ana.sees("made-up-return.csv", "It waits to be read.", "You can leave this page")
    here = ana.page.url
    ana.menu("Measures")
    assert make("files_read")["left"] == 0

    ana.go(here)
    ana.sees("Mend it before it is sent", "Aa aaaa", "Every definition", "66.7%")
    ana.follow("From one definition to another")
    ana.select("From", "ASCOF 3D(1a): self-directed support")
    ana.select("To", "ASCOF 3D(2a): direct payments")
    ana.press("Show the bridge")
    ana.sees("From ASCOF 3D(1a): self-directed support to ASCOF 3D(2a): direct payments")

    ana.go(here)
    ana.follow("See the figures as counted")
    ana.sees("Nothing is kept back here", "20 of 30 people", "Who looked, the last first")

    ana.go(here)
    ana.follow("Throw away what was found")
    ana.press("Throw it away")
    ana.sees("is thrown away")
    ana.go(here)
    ana.sees("What was found in it was thrown away.")


def test_the_page_of_a_file_that_is_read_meanwhile_comes_anew_by_itself(visitor, make, returned):
    ana = visitor()
    ana.enter("Ana Analyst")
    ana.go("/measures/files/new/")
    choose(ana, returned[0])
    ana.press("Bring the file")
    ana.sees("It waits to be read.")
    make("files_read")
    ana.page.get_by_role("heading", name="Every definition").wait_for()
    ana.sees("Mend it before it is sent")


def choose(ana, file) -> None:
    ana.page.get_by_label("The file (CSV)").set_input_files(file)


def in_vain(ana) -> list[str]:
    """What is said of the file; with scripts the page stays, and the message is put in it."""
    ana.page.get_by_role("button", name="Bring the file", exact=True).click()
    summary = ana.page.locator(".govuk-error-summary")
    summary.wait_for()
    return summary.locator("li").all_inner_texts()
