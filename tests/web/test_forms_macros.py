"""Forms as people meet them: drawn by the macros, read back, and refused in plain words."""

from datetime import date

import pytest
from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import engines
from lxml import html

from wherewithal.core.refusal import Refusal
from wherewithal.core.workings import Line
from wherewithal.web import field_kinds, forms


class Everything(forms.Form):
    asks = {"received_on": "Enter the date the request came in"}

    name = django_forms.CharField(label="Full name", max_length=20, help_text="As they like to be called")
    email = django_forms.EmailField(label="Email address", required=False)
    received_on = field_kinds.DateField(label="Date")
    cost = field_kinds.PenceField(label="Cost a week", least=100, most=200_000)
    held = field_kinds.OneOf(
        [("dp", "Direct payment"), ("other", "Another way")],
        hints={"dp": "Paid to the person"},
        label="How is it held?",
    )
    other_way = django_forms.CharField(label="Which way", required=False, widget=django_forms.Textarea)
    formats = field_kinds.SomeOf([("large", "Large print"), ("easy", "Easy read")], label="Formats")
    agreed = django_forms.BooleanField(label="The person agrees")
    team = django_forms.ChoiceField(choices=[("", "Choose"), ("n", "North")], label="Team")
    note = django_forms.CharField(label="NHS note", widget=django_forms.Textarea, max_length=400)
    file = django_forms.FileField(label="Card lines")
    days = django_forms.IntegerField(label="Days", min_value=1, max_value=7)
    hours = django_forms.DecimalField(label="Hours", max_digits=5, decimal_places=2, required=False)
    helped = field_kinds.YesNo(label="Is somebody helping?")
    password = django_forms.CharField(label="Password", widget=django_forms.PasswordInput)
    ref = django_forms.CharField(widget=django_forms.HiddenInput, required=False, initial="P-1")


GIVEN = {
    "name": "Pat Example",
    "received_on_day": "6",
    "received_on_month": "april",
    "received_on_year": "2026",
    "cost": "£1,234.50",
    "held": "other",
    "formats": ["large", "easy"],
    "agreed": "on",
    "team": "n",
    "note": "All well",
    "days": "3",
    "helped": "no",
    "password": "three made up words",
}


def filled(**changes) -> Everything:
    data = QueryDict(mutable=True)
    for name, value in {**GIVEN, **changes}.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return Everything(data, {"file": SimpleUploadedFile("lines.csv", b"date,amount\n")})


MACROS = """
{% from "forms.html" import errors, form_tag, field, fields, button %}
{% import "parts.html" as parts %}
"""


def drawn(source: str, **context) -> html.HtmlElement:
    text = engines["jinja"].from_string(MACROS + source).render(context)
    return html.fromstring(f"<div>{text}</div>")


def whole(form: Everything) -> html.HtmlElement:
    return drawn("{{ errors(form) }}{% call form_tag('', form) %}{{ fields(form) }}{% endcall %}", form=form)


def said(form: Everything, field: str) -> list[str]:
    return list(form.errors.get(field, []))


def test_what_people_write_comes_out_as_dates_pence_and_answers():
    form = filled()
    assert form.is_valid(), form.errors
    assert form.cleaned_data["received_on"] == date(2026, 4, 6)
    assert form.cleaned_data["cost"] == 123_450
    assert form.cleaned_data["formats"] == ["large", "easy"]
    assert form.cleaned_data["helped"] is False


def test_every_fault_of_the_summary_leads_to_something_on_the_page():
    page = whole(Everything(QueryDict("email=nonsense")))
    links = page.xpath("//*[contains(@class, 'govuk-error-summary')]//a")
    required = [name for name, field in Everything.base_fields.items() if field.required]
    assert len(links) == len(required) + 1  # and the email address that is none
    for link in links:
        assert page.get_element_by_id(link.get("href").removeprefix("#")) is not None


def test_every_input_has_a_label_and_a_fault_describes_it():
    page = whole(Everything(QueryDict("")))
    for control in page.xpath("//input[not(@type='hidden')]|//select|//textarea"):
        assert page.xpath(f"//label[@for='{control.get('id')}']"), control.get("name")
    name = page.get_element_by_id("id_name")
    assert name.get("aria-describedby") == "id_name-hint id_name-error"


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("name", "Enter “Full name”"),
        ("received_on", "Enter the date the request came in"),
        ("held", "Answer “How is it held?”"),
        ("agreed", "Tick “The person agrees” to go on"),
        ("team", "Choose “Team”"),
        ("note", "Enter “NHS note”"),
        ("file", "Choose “Card lines”"),
    ],
)
def test_an_empty_answer_is_asked_for_in_plain_words(field, says):
    assert said(Everything(QueryDict("")), field) == [says]


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"name": "x" * 21}, "name", "Full name: use 20 letters or fewer; you used 21"),
        ({"days": "many"}, "days", "Days: enter a whole number, such as 3"),
        (
            {"email": "nonsense"},
            "email",
            "Email address: enter an email address in full, such as name@example.com",
        ),
        ({"held": "elsewhere"}, "held", "How is it held? Choose one of the answers shown"),
        ({"days": "9"}, "days", "Days: enter 7 or less"),
        ({"hours": "0.001"}, "hours", "Hours: use at most 2 figures after the point"),
        ({"hours": "12345"}, "hours", "Hours: use at most 3 figures before the point"),
        ({"hours": "1234567"}, "hours", "Hours: use at most 5 figures"),
        ({"team": "elsewhere"}, "team", "Team: choose one of the answers shown"),
        ({"cost": "lots"}, "cost", "Cost a week: “lots” is not an amount of money. Write it like 214.50."),
        ({"cost": "0.99"}, "cost", "Cost a week: enter £1.00 or more"),
        ({"cost": "2000.01"}, "cost", "Cost a week: enter £2,000.00 or less"),
        (
            {"received_on_month": "2", "received_on_day": "31"},
            "received_on",
            "Date: enter a real date, such as 6 4 2026",
        ),
        ({"received_on_month": "Smarch"}, "received_on", "Date: enter a real date, such as 6 4 2026"),
        ({"received_on_year": "26"}, "received_on", "Date: write the year with 4 figures, such as 2026"),
        ({"received_on_month": ""}, "received_on", "Date: add the month, such as 6 4 2026"),
        (
            {"received_on_day": "", "received_on_year": " "},
            "received_on",
            "Date: add the day and the year, such as 6 4 2026",
        ),
    ],
)
def test_a_wrong_answer_is_told_what_to_do(changes, field, says):
    assert said(filled(**changes), field) == [says]


def test_a_date_that_is_none_is_told_by_the_example_beside_the_question():
    class Born(forms.Form):
        on = field_kinds.DateField(label="Birth date", example="12 5 1948")

    form = Born({"on_day": "31", "on_month": "2", "on_year": "1951"})
    assert form["on"].help_text == "For example, 12 5 1948"
    assert form.errors["on"] == ["Birth date: enter a real date, such as 12 5 1948"]


def test_a_percent_sign_in_a_label_stays_when_its_field_is_named():
    class Share(forms.Form):
        note = django_forms.CharField(label="Why 50%", max_length=3)

    assert Share({"note": "long"}).errors["note"] == ["Why 50%: use 3 letters or fewer; you used 4"]


def test_a_rules_refusal_stands_beside_the_other_faults_of_the_page():
    def read(written: str) -> str:
        raise Refusal(f"“{written}” is no postcode.", field="postcode")

    class Where(forms.Form):
        on = field_kinds.DateField(label="Date")
        postcode = django_forms.CharField(label="Postcode", validators=[forms.by_rule(read)])

    form = Where({"on_day": "31", "on_month": "2", "on_year": "2026", "postcode": "nonsense"})
    assert form.errors == {
        "on": ["Date: enter a real date, such as 6 4 2026"],
        "postcode": ["“nonsense” is no postcode."],
    }


def test_only_the_box_at_fault_is_marked_and_the_summary_leads_to_it():
    page = whole(filled(received_on_month=""))
    marked = page.xpath("//*[@id='id_received_on']//input[contains(@class, 'govuk-input--error')]/@name")
    assert marked == ["received_on_month"]
    assert page.xpath("//*[contains(@class, 'error-summary')]//a/@href") == ["#id_received_on_month"]


def test_what_was_typed_is_still_there_after_a_refusal():
    page = whole(filled(received_on_day="31", received_on_month="feb", cost="lots"))
    shown = {box.get("name"): box.get("value") for box in page.xpath("//input")}
    assert shown["received_on_month"] == "feb"
    assert shown["cost"] == "lots"
    assert page.xpath("//input[@name='held'][@checked]/@value") == ["other"]
    assert page.xpath("//select/option[@selected]/@value") == ["n"]
    assert not shown["password"]


def test_what_is_known_already_stands_in_the_boxes():
    form = Everything(initial={"received_on": date(2026, 4, 6), "cost": 123_450, "helped": True})
    page = whole(form)
    assert [
        page.get_element_by_id(f"id_received_on_{box}").get("value") for box in ("day", "month", "year")
    ] == [
        "6",
        "4",
        "2026",
    ]
    assert page.get_element_by_id("id_cost").get("value") == "1,234.50"
    assert page.xpath("//input[@name='helped'][@checked]/@value") == ["yes"]


def test_what_may_be_left_open_says_so():
    assert "Email address (optional)" in whole(Everything()).text_content()


def test_lines_of_text_survive_inside_what_a_choice_reveals():
    text = "one\n  two\n<b>three</b>"
    page = drawn(
        "{{ field(form.held, reveal={'other': field(form.other_way)}) }}", form=filled(other_way=text)
    )
    assert page.xpath("//textarea")[0].text == text


def test_a_revealed_part_needs_no_attribute_that_aria_forbids():
    page = drawn("{{ field(form.held, reveal={'other': field(form.other_way)}) }}", form=Everything())
    assert not page.xpath("//@aria-expanded|//@data-aria-controls")
    assert "govuk-radios__conditional--hidden" not in html.tostring(page).decode()


def test_the_form_carries_its_token_its_hidden_fields_and_no_browser_checks():
    token = "<input type='hidden' name='csrfmiddlewaretoken' value='t'>"
    form = drawn("{% call form_tag(token | safe, form) %}{% endcall %}", token=token, form=Everything())[0]
    assert form.tag == "form" and form.get("method") == "post" and form.get("novalidate") is not None
    assert form.get("enctype") == "multipart/form-data"
    assert form.xpath(".//input[@type='hidden']/@name") == ["csrfmiddlewaretoken", "ref"]


def test_markup_in_an_answer_stays_text():
    page = whole(filled(name="<script>1</script>"))
    assert page.get_element_by_id("id_name").get("value") == "<script>1</script>"
    assert not page.xpath("//script")


def test_a_refusal_stands_on_the_field_it_names_with_who_could():
    form = filled()
    forms.refuse(
        form, Refusal("Your limit is £200.00.", field="cost", who_could="a manager", source="Scheme 2026")
    )
    assert said(form, "cost") == ["Your limit is £200.00. Who could: a manager. Source: Scheme 2026."]


def test_a_refusal_of_the_whole_or_of_a_field_not_shown_stands_at_the_top():
    form = filled()
    forms.refuse(form, Refusal("You wrote this plan.", field="author"))
    forms.refuse(form, Refusal("Send it to a manager.", who_could="a manager"))
    assert form.non_field_errors() == ["You wrote this plan.", "Send it to a manager."]
    assert (
        "You wrote this plan."
        in whole(form).xpath("//*[contains(@class, 'error-summary__list')]/li")[0].text_content()
    )


def test_a_field_that_no_component_draws_is_a_programming_error():
    class Odd(forms.Form):
        when = django_forms.SplitDateTimeField()

    with pytest.raises(TypeError, match="No component draws SplitDateTimeWidget"):
        drawn("{{ field(form.when) }}", form=Odd())


def test_the_step_a_journey_stands_at_is_said_in_words():
    steps = [
        {"name": "Asked", "state": "done", "detail": "3 March 2026"},
        {"name": "Assessed", "state": "now"},
        {"name": "Plan", "state": "next"},
    ]
    items = drawn("{{ parts.journey(steps) }}", steps=steps).xpath("//ol/li")
    assert [" ".join(item.text_content().split()) for item in items] == [
        "Asked 3 March 2026 (done)",
        "Assessed Now",
        "Plan (to come)",
    ]
    assert [item.get("aria-current") for item in items] == [None, "step", None]


def test_a_payslip_shows_values_in_their_units_and_names_an_unverified_rate():
    lines = [
        Line("Washing", 6, "points", "Every day"),
        Line("By the price list", 21450, "pence_per_week", source="Made-up scheme", verified=False),
        Line("Only an explanation"),
    ]
    page = drawn("{{ parts.payslip(lines) }}", lines=lines)
    assert [cell.text_content().strip() for cell in page.xpath("//td")] == ["6 points", "£214.50 a week", ""]
    assert "unverified rate" in page.xpath("//tbody/tr[2]/th")[0].text_content()
    assert "has not yet been checked" in page.text_content()
    assert "unverified" not in drawn("{{ parts.payslip(lines) }}", lines=lines[:1]).text_content()


def test_bars_stand_beside_their_figures_and_nothing_spent_is_no_bar():
    page = drawn("{{ parts.bars([('Out and about', 20000, 5000), ('Friends', 10000, 0)]) }}")
    assert page.xpath("//rect/@width") == ["1000", "250", "500", "0"]
    assert [cell.text_content() for cell in page.xpath("//td")] == ["£200.00", "£50.00", "£100.00", "£0.00"]
    assert drawn("{{ parts.bars([('Nothing planned', 0, 0)]) }}").xpath("//rect/@width") == ["0", "0"]


def test_spending_above_the_whole_is_drawn_past_its_end_and_said_in_words():
    page = drawn("{{ parts.progress_mark(104000, 41600, 83200) }}")
    bars = {one.get("class"): (one.get("x"), one.get("width")) for one in page.xpath("//rect")}
    assert bars == {
        "ww-progress__whole": ("0", "800"), "ww-progress__spent": ("0", "800"),
        "ww-progress__over": ("800", "200"), "ww-progress__end": ("800", "4"),
        "ww-progress__mark": ("400", "6"),
    }  # fmt: skip
    assert "Spent £1,040.00 of £832.00: £208.00 more than the plan has for these weeks" in page.text_content()
    within = drawn("{{ parts.progress_mark(83200, 41600, 83200) }}")
    assert not within.xpath("//rect[@class='ww-progress__over']") and "more" not in within.text_content()


def test_a_pager_keeps_what_else_was_asked_and_one_page_needs_none():
    many, few = (Paginator(range(count), 10).page(1) for count in (95, 9))
    links = drawn("{{ parts.pager(page, query) }}", page=many, query="q=a&b").xpath("//a/@href")
    assert links[0] == "?q=a&b&page=1" and "?q=a&b&page=10" in links
    assert not drawn("{{ parts.pager(page) }}", page=few).xpath("//a")


def test_a_statement_shows_money_in_and_out_with_its_balance():
    rows = [
        {"on": date(2026, 5, 4), "says": "Council", "money_in": 83200, "money_out": None, "balance": 83200},
        {
            "on": date(2026, 5, 6),
            "says": "Corner Stores",
            "money_out": 0,
            "balance": 83200,
            "tag": ("asked", "yellow"),
        },
    ]
    cells = [
        cell.text_content().strip() for cell in drawn("{{ parts.statement(rows) }}", rows=rows).xpath("//td")
    ]
    assert cells[:5] == ["4 May 2026", "Council", "£832.00", "", "£832.00"]
    assert " ".join(cells[6].split()) == "Corner Stores asked" and cells[7:] == ["", "£0.00", "£832.00"]


def test_an_empty_table_says_what_to_do_instead():
    page = drawn("{{ parts.table(['Person'], [], 'People', nothing='Nobody waits.') }}")
    assert page.text_content().strip() == "Nobody waits." and not page.xpath("//table")
