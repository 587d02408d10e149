"""What was found in a file that an analyst brought: its pages and files, who may see it, who throws it away.
Two files are read once, and every test begins from there.
"""

import io

import pytest
from bringing import HELD, analyst, faulty, read_now, return_of, somebody
from making import council, signed_in, user
from odf import opendocument
from odf.table import Table
from returned import file_with

from wherewithal.core.roles import Role
from wherewithal.records.models import BroughtFile

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def files(lasting):
    """One about thirty people, and one about so few that most of its figures are guarded."""
    council()
    return read_now().pk, read_now(return_of(7), file_name="small.csv").pk


@pytest.fixture
def row(files):
    return BroughtFile.objects.get(pk=files[0])


@pytest.fixture
def small(files):
    return BroughtFile.objects.get(pk=files[1])


@pytest.fixture
def ana(client):
    return signed_in(client, analyst())


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def at(row: BroughtFile, rest: str = "") -> str:
    return f"/measures/files/{row.pk}/{rest}"


@pytest.mark.parametrize("role", [Role.MANAGER, Role.COMMISSIONER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_nobody_but_a_performance_analyst_sees_a_file(client, role, row):
    other = signed_in(client, user("Sam Somebody", role))
    for address in ("/measures/files/", at(row), at(row, "as-counted/"), at(row, "figures.csv")):
        assert other.get(address).status_code == 403
    if role != Role.ADMINISTRATOR:
        assert "/measures/files/" not in words(other.get("/measures/"))


def test_what_is_wrong_is_told_with_what_it_does_to_which_measure(ana):
    row = read_now(faulty())
    page = words(ana.get(at(row)))
    for told in (
        "Mend it before it is sent",
        "To be mended; until then these cells count as blank",
        "“Aa aaaa”",
        "“Aaaa Aaaa” stands for words that might be somebody’s",
        "Keeps the person in ASCOF 3D(1a)",
        "/measures/ascof-3d-1a/",
        "Read as “Direct payment”",
    ):
        assert told in page, told
    assert "9990000026" not in page


def test_a_refused_file_says_why_and_has_no_figures(ana):
    row = read_now(return_of().replace(b",", b";"))
    page = words(ana.get(at(row)))
    assert "The file cannot be taken in." in page
    assert page.count("<table") == 1, "fields that change no measure stand in one table"
    assert "Every definition" not in page
    assert ana.get(at(row, "as-counted/")).status_code == 404
    assert "The file cannot be taken in" in words(ana.get("/measures/files/"))


def test_of_a_file_that_was_read_no_further_than_its_headings_no_count_of_rows_is_told(ana):
    assert "0 rows" not in words(ana.get(at(read_now(return_of().replace(b",", b";")))))


def test_small_numbers_are_guarded_on_the_page_and_in_its_files(ana, small):
    assert "[low] rounds to nothing, but is not zero" in words(ana.get(at(small)))
    assert "others to the nearest 5, so they need not add up" in words(ana.get(at(small)))
    lines = ana.get(at(small, "figures.csv")).content.decode("utf-8-sig").splitlines()
    assert any(line.startswith("ascof-3d-2a,") and ",0,0,[low],%,low," in line for line in lines)
    assert "3 of 7" not in words(ana.get(at(small)))


def test_a_zero_that_somebody_stands_behind_is_marked_and_one_that_nobody_does_is_not(ana):
    rows = [somebody(number, Delivery_Mechanism=HELD[number == 0]) for number in range(30)]
    page = words(ana.get(at(read_now(file_with(*rows)))))
    assert "0.0% [low]" in page
    assert "0.0% [low]" not in words(ana.get(at(read_now(return_of(Delivery_Mechanism=HELD[2])))))


def test_the_highest_that_a_definition_allows_is_marked_on_its_bar(ana):
    rows = [somebody(number) for number in range(30)]
    rows += [
        somebody(
            number,
            Service_Type="Short term support: ST-Max",
            Service_Component="Reablement",
            Delivery_Mechanism=HELD[2],
        )
        for number in range(30, 40)
    ]
    page = words(ana.get(at(read_now(file_with(*rows)))))
    assert "at most 75.0%" in page
    assert '<rect class="ww-bar__most" x="750"' in page


def test_figures_as_counted_are_told_to_who_asks_and_the_look_is_kept(ana, small):
    ana.get(at(small))
    assert not small.looks.exists()
    page = words(ana.get(at(small, "as-counted/")))
    assert "3 of 7 people" in page
    file = ana.get(at(small, "figures-as-counted.csv")).content.decode("utf-8-sig")
    assert "ascof-3d-2a" in file
    assert [(str(one.user), one.what) for one in small.looks.order_by("pk")] == [
        ("Ana Analyst", "the page"), ("Ana Analyst", "the figures as a file"),
    ]  # fmt: skip


def test_all_of_it_goes_out_as_a_spreadsheet_whose_cells_run_nothing(ana):
    row = read_now(return_of(Delivery_Mechanism="=1+1"), file_name="=cmd.csv")
    answer = ana.get(at(row, "found.ods"))
    assert answer["Content-Type"] == "application/vnd.oasis.opendocument.spreadsheet"
    sheets = opendocument.load(io.BytesIO(answer.content)).getElementsByType(Table)
    names = [one.getAttribute("name") for one in sheets]
    assert "What is wrong with it" in names
    assert "Every definition" in names
    assert "'=0+0" in ana.get(at(row, "faults.csv")).content.decode("utf-8-sig")
    assert ana.get(at(row, "other.csv")).status_code == 404


def test_a_bridge_leads_from_one_definition_to_another_with_small_numbers_guarded(ana, row, small):
    assert at(row, "bridge/") in words(ana.get(at(row)))
    asked = "bridge/?from=ascof-3d-1a&to=ascof-3d-2a"
    page = words(ana.get(at(row, asked)))
    for told in ("66.7%", "20 of 30", "33.3%", "10 of 30", "−10"):
        assert told in page, told
    assert "?from=ascof-3d-2a&amp;to=ascof-3d-1a" in page, "the other way round"
    assert "3 of 7" not in words(ana.get(at(small, asked)))
    assert "[c] of [c]" in words(ana.get(at(small, asked)))
    assert not small.looks.exists()
    assert "3 of 7" in words(ana.get(at(small, f"{asked}&as=counted")))
    assert [one.what for one in small.looks.all()] == ["a bridge"]


def test_a_bridge_goes_out_as_a_file_and_leads_nowhere_it_cannot(ana, row):
    file = ana.get(at(row, "bridge.csv?from=ascof-3d-1a&to=ascof-3d-2a")).content.decode("utf-8-sig")
    assert file.startswith("Step,From,To,")
    assert ",10,-10,0" in file.replace("−", "-").replace("'", "")
    assert ana.get(at(row, "bridge/?from=nothing")).status_code == 404
    assert "needs no bridge to itself" in words(ana.get(at(row, "bridge/?from=ascof-3d-1a&to=ascof-3d-1a")))
    assert ana.get(at(row, "bridge.csv?from=ascof-3d-1a&to=ascof-3d-1a")).status_code == 404


def test_whoever_brought_it_throws_away_what_was_found_once_asked_again(ana, client, row):
    assert "Throw away what was found" in words(ana.get(at(row)))
    assert "It stays on record that it was brought" in words(ana.get(at(row, "throw-away/")))
    assert ana.post(at(row, "throw-away/")).url == "/measures/files/"
    assert "return.csv" not in words(ana.get("/measures/files/")).replace("“return.csv” is thrown away", "")
    assert "was thrown away" in words(ana.get(at(row)))


def test_an_analyst_does_not_throw_away_what_another_brought(client, row):
    other = signed_in(client, user("Alf Analyst", Role.ANALYST))
    assert "Throw away what was found" not in words(other.get(at(row)))
    assert "alone can throw it away" in words(other.post(at(row, "throw-away/")))
