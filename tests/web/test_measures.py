"""The figures on pages: every definition side by side, its base in words, who is counted, Home."""

import csv
import io
import re
import zipfile
from dataclasses import make_dataclass
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse
from making import council, person, signed_in, user
from measured import ON, arranged, measure_in, page, recounted, who_is_counted, words
from planning import agreed, doing, signed
from reading_pages import words as told
from reviewing import finished, ready, running

from wherewithal.actions import offer, request
from wherewithal.actions.counting import SHAPE, shape
from wherewithal.config.jobs import count_figures
from wherewithal.core.roles import Role
from wherewithal.extract import counting
from wherewithal.records.models import (
    ArrangementEvent,
    CountedYear,
    Offer,
    Plan,
    Risk,
)
from wherewithal.web import answers, counted, tallies
from wherewithal.web.home import ANSWERS, TOO_FEW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_its_day")]


@pytest.fixture(autouse=True)
def exampleshire(db):
    return council()


def test_nobody_with_a_budget_is_zero_and_nobody_at_all_is_not_available(analyst):
    arranged(4)
    recounted()
    text = words(page(analyst.get(reverse("measure", args=["ascof-3d-2a"]))))
    assert "0.0% 0 of 4 people" in text
    text = words(page(analyst.get(reverse("measure", args=["ascof-3d-2b"]))))
    assert "[x] not available: there is nobody to count" in text


def test_before_the_first_count_a_page_says_so_and_nobody_waits_for_it(analyst):
    arranged(4)
    addresses = (reverse("measures"), reverse("measure", args=["ascof-3d-1a"]))
    for address in addresses:
        text = words(page(analyst.get(address)))
        assert "Not counted yet. Figures appear here when this year has been counted." in text
        assert "nothing to count" not in text
    assert not CountedYear.objects.exists()
    recounted()
    for address in addresses:
        text = words(page(analyst.get(address)))
        assert "Counted 30 September 2026, 10:41am. What was put on record since then is not in these" in text
        assert "Not counted yet" not in text


def test_an_address_with_a_year_leads_to_it_also_before_the_first_count(analyst):
    arranged(3)
    for address in (reverse("measures"), reverse("measure", args=["ascof-3d-1a"])):
        found = page(analyst.get(address, {"year": "2024-25"}))
        assert words(found.xpath("//nav[@aria-label='Year']//strong")[0]) == "Year to 31 March 2025"
        assert "Not counted yet." in words(found)
        for wrong in ("2027-28", "2024-26", "last"):
            assert analyst.get(address, {"year": wrong}).status_code == 404
    recounted()
    assert analyst.get(reverse("measures"), {"year": "2024-25"}).status_code == 404


def test_a_page_without_records_says_what_to_wait_for(analyst):
    recounted()
    for address in (reverse("measures"), reverse("measure", args=["ascof-3d-1a"])):
        text = words(page(analyst.get(address)))
        assert "There is nothing to count yet. Figures appear when the first request" in text
        assert "Not counted yet" not in text


def test_years_go_back_to_the_first_support_and_the_last_whole_one_is_shown(analyst):
    arranged(3, first=date(2024, 6, 1))
    recounted()
    found = page(analyst.get(reverse("measures")))
    years = [words(one).strip() for one in found.xpath("//nav[@aria-label='Year']//li")]
    assert years == [
        "This year so far, to 30 September 2026",
        "Year to 31 March 2026",
        "Year to 31 March 2025",
    ]
    assert found.xpath("//nav[@aria-label='Year']//strong/text()") == ["Year to 31 March 2026"]
    so_far = words(page(analyst.get(reverse("measure", args=["ascof-3d-1a"]), {"year": "2026-27"})))
    assert "0 of 3 people with long-term community support on 30 September 2026" in so_far
    assert analyst.get(reverse("measures"), {"year": "2019-20"}).status_code == 404
    assert analyst.get(reverse("measures"), {"year": "soon"}).status_code == 404


def test_a_wait_is_shown_in_bands_of_weeks(analyst):
    plan = agreed()
    agreement = signed(plan)
    agreement.first_paid_on = date(2026, 4, 9)
    agreement.save()
    came = request.receive(person=plan.person, received_on=date(2026, 3, 2), route="community",
                           from_whom="self", about="Help to swim", **doing())  # fmt: skip
    request.decide(request=came, outcome="assessment", **doing())
    recounted()
    address = reverse("measure", args=["days-to-first-payment-median"])
    found = page(analyst.get(address, {"year": "2026-27"}))
    assert "38.0 days 1 person whose first direct payment was made" in words(found)
    assert who_is_counted(found) == [["Over 4, up to 6 weeks", "In the base and the figure", "1"]]
    (band,) = found.xpath("//a[contains(@href, 'why=Over')]/@href")
    narrowed = words(page(analyst.get(band)))
    assert "Over 4, up to 6 weeks: 1 journey." in narrowed and "Days, or why not" in narrowed
    behind = words(page(analyst.get(f"{address}people/", {"year": "2026-27"})))
    assert "38 days Asked in March 2026" in behind and "first paid in April 2026" in behind


def test_what_is_counted_is_kept_until_a_record_changes():
    arranged(2)
    assert (recounted(), recounted()) == (True, False)
    year = counted.last_whole_year(ON)
    assert counted.counted(year).figures["ascof-3d-1a"][0].denominator == 2
    arranged(1)
    assert counted.counted(year).figures["ascof-3d-1a"][0].denominator == 2, "until it is counted again"
    assert recounted()
    assert counted.counted(year).figures["ascof-3d-1a"][0].denominator == 3


def test_a_change_whose_number_is_lower_than_one_that_was_counted_is_counted_too():
    """A number is given out before its event is committed; another event may have a higher one by then."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('records_arrangementevent', 'pgh_id'))")
        (number,) = cursor.fetchone()
    arranged(1)
    assert (recounted(), recounted()) == (True, False)
    late = ArrangementEvent.objects.get()
    assert late.pk > number
    late.pk = number
    late.save(force_insert=True)
    assert recounted()


def test_figures_are_counted_anew_when_what_counts_them_changes(monkeypatch):
    arranged(1)
    recounted()
    for part in ("mapping", "code"):
        monkeypatch.setattr(counting, part, lambda *_: "another")
        assert (recounted(), recounted()) == (True, False), part


def test_a_mended_rule_is_other_code(tmp_path):
    for room in ("analytics", "extract"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "rule.py").write_text("AGE = 18\n")
    before = counting.code(tmp_path)
    counting.code.cache_clear()
    assert counting.code(tmp_path) == before
    for room in ("analytics", "extract"):
        (tmp_path / room / "rule.py").write_text("AGE = 17\n")
        counting.code.cache_clear()
        assert counting.code(tmp_path) != before
        before = counting.code(tmp_path)


def test_another_field_or_another_type_is_another_shape():
    shapes = [
        shape(make_dataclass("Figure", fields))
        for fields in ([("value", int)], [("value", str)], [("value", int), ("mark", str)])
    ]
    assert len(set(shapes)) == 3 and SHAPE not in shapes


def test_the_worker_counts(exampleshire):
    arranged(2)
    count_figures(timestamp=0)
    assert [row.counted_at for row in CountedYear.objects.all()] != []
    assert CountedYear.objects.filter(figures__has_key="ascof-3d-1a").count() == CountedYear.objects.count()


def test_only_those_who_work_with_figures_open_them(client):
    finance = signed_in(client, user("Fin Ance", Role.FINANCE))
    assert finance.get(reverse("measures")).status_code == 403


# Over the years


def test_growth_leaves_as_numbers_that_a_spreadsheet_adds_up(analyst):
    arranged(2, held="direct_payment", first=date(2024, 6, 1))
    arranged(1, held="direct_payment", first=date(2025, 6, 1))
    arranged(1, held="direct_payment", first=date(2024, 6, 1), last=date(2026, 5, 1))
    recounted()
    id = "local-direct-payments-growth"
    csv_file = analyst.get(reverse("measure_years_csv", args=[id])).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(csv_file)))
    names = ("value", "unit", "numerator", "denominator", "status")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("", "% change", "3", "0", "x"), ("33.3", "% change", "4", "3", "ok"),
        ("-25.0", "% change", "3", "4", "ok"),
    ]  # fmt: skip
    ods_file = analyst.get(reverse("measure_years_ods", args=[id])).content
    content = zipfile.ZipFile(io.BytesIO(ods_file)).read("content.xml").decode()
    values = re.findall(r'office:value="([^"]+)"', content.split('table:name="Years"')[1])
    assert values == ["3", "0", "33.3", "4", "3", "-25.0", "3", "4"]


def test_a_figure_below_nothing_is_told_in_the_table_and_not_drawn(analyst):
    running(person("Ash Example"))
    arranged(1, first=date(2025, 5, 1))
    finished(ready(running(person())), change="added", change_pence_per_week=250, why="More help")
    recounted()
    found = measure_in(analyst, "local-net-at-review")
    assert found.xpath("//table[contains(caption, 'Year by year')]")
    assert not found.xpath("//h2[.='Over the years']/following-sibling::figure")
    answer = analyst.get(reverse("measure_years_svg", args=["local-net-at-review"]))
    assert "There is no picture of these years" in words(page(answer, 404))


# What the council set for itself


def reviewed_once() -> Plan:
    """A plan of £208.00 that a worker wrote, whose review found an outcome met and saved £12.00 a week."""
    review = ready(running(person()))
    finished(review, change="saved", change_pence_per_week=1200, why="Less help")
    recounted()
    return review.plan


def test_a_plan_a_review_and_its_outcomes_are_counted_and_followed_to_their_rows(analyst):
    reviewed_once()
    assert "£12.00 a week 1 review finished" in words(measure_in(analyst, "local-saved-at-review"))
    assert who_is_counted(measure_in(analyst, "local-saved-at-review")) == [
        ["Support costs less from now on", "In the base and the figure", "1"]
    ]
    behind = words(
        page(analyst.get(reverse("measure_people", args=["local-saved-at-review"]), {"year": "2026-27"}))
    )
    assert "Each line is one review." in behind and "Plan reviewed in May 2026: less" in behind
    assert "Example" not in behind.split("Who is behind the figure")[1].split("Download")[0], "no name"
    met = measure_in(analyst, "local-outcomes-met")
    assert "100.0%" in words(met) and "Outcomes" in words(met.xpath("//table[contains(caption, 'Who')]")[0])


def test_growth_has_no_figure_without_a_year_before_and_is_signed_with_one(analyst):
    arranged(2, held="direct_payment")
    recounted()
    assert "[x] not available" in words(measure_in(analyst, "local-direct-payments-growth", "2025-26"))
    arranged(4, held="direct_payment", first=date(2025, 1, 1))
    recounted()
    text = words(measure_in(analyst, "local-direct-payments-growth", "2025-26"))
    assert "+50.0% 6 on 31 March 2026, against 4 people with a direct payment on 31 March 2025" in text
    assert who_is_counted(measure_in(analyst, "local-direct-payments-growth", "2025-26")) == [
        ["A direct payment on both days", "On both days", "4"],
        ["A direct payment on the last day, and none a year before", "On the last day only", "2"],
    ]


def test_what_reviews_added_is_below_nothing_and_has_its_sign(analyst):
    finished(ready(running(person())), change="added", change_pence_per_week=250, why="More help")
    recounted()
    assert "\N{MINUS SIGN}£2.50 a week 1 review" in words(measure_in(analyst, "local-net-at-review"))
    assert "£2.50 a week 1 review" in words(measure_in(analyst, "local-added-at-review"))


# Home


def test_home_has_nothing_to_say_before_there_is_anything(exampleshire):
    assert [ANSWERS[number]() for number in (3, 4)] == [None, None]
    assert ANSWERS[1]().text == "Not counted yet"
    recounted()
    assert ANSWERS[1]() is None


def test_home_tells_no_share_of_very_few():
    arranged(9, held="direct_payment")
    recounted()
    assert answers.take_up() == TOO_FEW
    arranged(1)
    recounted()
    assert answers.take_up().text == ("90.0% by the official count of 2011, 90.0% without short-term support")


def test_home_counts_offers_and_answers():
    plan = agreed()
    made = plan.person.offers.get()
    offer.answer(offer=made, answer="accepted", **doing())
    Offer.objects.create(person=plan.person, assessment=plan.assessment, made_on=ON, made_by=made.made_by,
                         format="standard")  # fmt: skip
    Offer.objects.create(person=plan.person, assessment=plan.assessment, made_on=ON, made_by=made.made_by,
                         format="standard", what="information")  # fmt: skip
    found = tallies.offers()
    assert (found.made, found.waiting, found.accepted, found.people) == (2, 1, 1, 1)
    assert answers.offers() == TOO_FEW
    for number in range(9):
        Offer.objects.create(person=person(f"Nobody {number}"), assessment=plan.assessment, made_on=ON,
                             made_by=made.made_by, format="standard")  # fmt: skip
    answer = answers.offers()
    assert (answer.text, answer.href) == ("11 offers of a direct payment, 1 answered", "/measures/#offers")


def test_why_not_is_in_words_the_most_frequent_first():
    plan = agreed()
    common = {"person": plan.person, "assessment": plan.assessment, "made_on": ON, "format": "standard",
              "made_by": plan.author, "answer": "declined", "answered_on": ON}  # fmt: skip
    for why_not in ("too_much_paperwork", "no_change_wanted", "too_much_paperwork"):
        Offer.objects.create(**common, why_not=why_not)
    assert tallies.why_not() == [("Too much to keep track of", 2), ("Happy with support as it is", 1)]


def test_home_counts_risks_of_plans_in_force(exampleshire):
    plan = agreed()
    common = {"plan": plan, "kind": "customer", "what": "A fall", "likelihood": 3, "impact": 4}
    Risk.objects.create(**common, mitigation_words="Shoes with a grip", likelihood_after=1, impact_after=4)
    Risk.objects.create(**common, mitigation="check_in", likelihood_after=3, impact_after=4)
    Risk.objects.create(**common)
    assert tallies.risks() == tallies.Risks(all=3, mitigated=2, rescored=2, lower=1, people=1)
    assert answers.risks() == TOO_FEW
    for number in range(9):
        other = Plan.objects.create(person=person(f"Nobody {number}"), state="agreed", started_on=ON,
                                    agreed_on=ON, final_pence_per_week=0, author=plan.author)  # fmt: skip
        Risk.objects.create(**common | {"plan": other})
    assert answers.risks().text == "2 of 12 risks say what is done, 2 scored again"
    Plan.objects.exclude(pk=plan.pk).update(state="superseded")
    plan.state = "superseded"
    plan.save()
    assert answers.risks() is None


def test_the_councils_own_target_is_held_against_what_was_counted_year_by_year(analyst):
    """Two of ten directed it by March 2025, four of twelve by March 2026: a third, on the milestone's day."""
    arranged(2, held="direct_payment", first=date(2024, 5, 1))
    arranged(8, first=date(2024, 5, 1))
    arranged(2, held="direct_payment")
    recounted()
    text = told(page(analyst.get(reverse("measure", args=["ascof-3d-2a"]))))
    assert "Our target: Two in five with a direct payment by March 2027" in text
    assert "31 March 2025 2 of 10 20.0%" in text and "31 March 2026 4 of 12 33.3%" in text
    files = ["ascof-3d-2a", "two-in-five-direct-payments"]
    told_of = analyst.get(reverse("measure_target_csv", args=[*files, "figures"])).content.decode("utf-8-sig")
    assert "2026-03-31,4 of 12,33.3,33.3,33.3," in told_of
    for kind, begins in (("ods", b"PK"), ("svg", b"<svg")):
        assert analyst.get(reverse(f"measure_target_{kind}", args=files)).content.startswith(begins)
    assert analyst.get(reverse("measure_target_ods", args=["ni130-revised", files[1]])).status_code == 404
    assert "31 March 2026 33% met the share was reached on 31 March 2026" in text
    assert "40% by 31 March 2027 needs" in text and "does not exist. Made up." in text
    assert "Our target" not in told(page(analyst.get(reverse("measure", args=["ascof-3d-2b"]))))


def test_a_target_without_a_year_that_has_a_figure_says_so(analyst):
    arranged(1, "reablement", "in_house", "short")
    recounted()
    text = words(page(analyst.get(reverse("measure", args=["ascof-3d-2a"]))))
    assert "No year that was counted has a figure to hold against it yet." in text


def test_a_wait_for_an_assessment_is_told_from_the_events(analyst):
    who = person("Number1 Example", born_on=date(1990, 1, 1))
    came = request.receive(person=who, received_on=date(2026, 3, 2), route="community",
                           from_whom="self", about="Help to swim", **doing())  # fmt: skip
    request.decide(request=came, outcome="assessment", **doing())
    agreed(who)
    recounted()
    text = words(page(analyst.get(reverse("measure", args=["days-to-assessment-mean"]), {"year": "2026-27"})))
    assert "35.0 days 1 person whose assessment was finished from 1 April 2026" in text
    behind = words(
        page(analyst.get(reverse("measure_people", args=["days-to-assessment-mean"]), {"year": "2026-27"}))
    )
    assert "35 days" in behind and "Asked in March 2026" in behind and "assessed in April 2026" in behind
