"""The performance analyst makes the return: the file is downloaded, and its page says what changed."""

from pathlib import Path

import pytest
from django.utils import timezone

from wherewithal.core.period import written
from wherewithal.core.submission import last_quarter_end

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.mark.parametrize("scripts", [True, False])
def test_an_analyst_makes_the_return_and_reads_what_changed(visitor, scripts):
    ana = visitor(scripts=scripts)
    ana.enter("Ana Analyst")
    ana.menu("Measures")
    ana.follow("The return")
    ana.press("Make the file")
    assert ana.press_in_vain("Make and download the file") == ["Say why you make it"]
    ana.write("Why do you make it?", "Sent again: an end date was mended")
    with ana.page.expect_download() as download:
        ana.page.get_by_role("button", name="Make and download the file", exact=True).click()
    assert (
        download.value.suggested_filename
        == f"client-level-data-999-{last_quarter_end(timezone.localdate())}.csv"
    )
    assert Path(download.value.path()).read_bytes().startswith(b"LA_Code,")
    ana.follow("back to the return")
    ana.sees("Sent again: an end date was mended")
    ana.click(ana.page.locator("tbody th a").first)
    assert ana.heading() == f"Twelve months to {written(last_quarter_end(timezone.localdate()))}"
    ana.sees("What changed since the one to", "Ana Analyst")
