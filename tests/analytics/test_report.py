"""Sentences say what was counted, or are refused; a report is built when everything holds."""

from dataclasses import replace

import pytest
from reporting import DEFINITION, FORM, ISSUE, counted, report

from wherewithal.analytics.cohort import Breakdown, Group, NotForTheNation
from wherewithal.analytics.in_words import NoSuchWords
from wherewithal.analytics.report.assemble import Said, assemble, blocks, faults
from wherewithal.analytics.report.drafting import drafted
from wherewithal.analytics.report.holding import checklist, few
from wherewithal.analytics.report.reach import SaysMore
from wherewithal.analytics.report.sentences import BadSentence, WordDoesNotHold, fill
from wherewithal.core.report import Bar, Bullets, Chart, Paragraph, Quote, Section, Table, Vignette
from wherewithal.policy.report import BadReport, SectionDefinition, parse, text


@pytest.mark.parametrize(
    ("sentence", "printed"),
    [
        ("{share plan=yes} have a plan.", "18 of 24 councils that took part (75%) have a plan."),
        ("{percent plan=no} have no plan.", "21% have no plan."),
        ("{count plan=yes,no} say so.", "23 say so."),
        ("Of {base plan}.", "Of 24 councils that took part."),
        ("{invited}, {cohort}, {rate}", "40, 24, 60%"),
        ("{Word most plan=yes} of them, by {say 2013}.", "Most of them, by 2013."),
        ("{word three quarters plan=yes} have one", "three quarters have one"),
        ("{word some plan=no} have no plan", "some have no plan"),
        (
            "{Word more than half plan=yes} of those that took part do.",
            "More than half of those that took part do.",
        ),
        ("It says how many there are.", "It says how many there are."),
    ],
)
def test_a_sentence_is_filled_from_what_was_counted(sentence, printed):
    assert fill(sentence, counted()) == printed


@pytest.mark.parametrize(
    ("sentence", "refusal", "says"),
    [
        ("Most councils have a plan.", BadSentence, "“Most” stands in a sentence and was not counted"),
        ("Many have a plan.", BadSentence, "“Many” stands in a sentence and was not counted"),
        ("{word more than three quarters plan=yes}", WordDoesNotHold, "stands on 18 of 24"),
        ("57 councils have a plan.", BadSentence, "“5” stands in a sentence"),
        ("{word all plan=yes} have one.", WordDoesNotHold, "“all” stands on 18 of 24"),
        ("{word a third plan=yes} do.", WordDoesNotHold, "“a third” stands on 18 of 24"),
        ("{word umpteen plan=yes}", NoSuchWords, "There is no rule for “umpteen”"),
        ("{count plan=maybe}", BadSentence, "has no answer “maybe”"),
        ("{count nothing=yes}", BadSentence, "No table counts “nothing”"),
        ("{count how=paper,system}", BadSentence, "do not exclude each other"),
        ("{guess plan=yes}", BadSentence, "is nothing that can be filled in"),
        ("{Word most plan=yes} councils have one.", SaysMore, "“Most … councils” is said of all 40"),
        ("{percent plan=yes} of councils do.", SaysMore, "write “councils that answered”"),
    ],
)
def test_a_sentence_that_is_not_true_of_the_count_is_refused_and_named(sentence, refusal, says):
    with pytest.raises(refusal) as refused:
        fill(sentence, counted())
    assert says in refused.value.says
    assert sentence in refused.value.says


@pytest.mark.parametrize(
    "words", ["Nationally, {share plan=yes}.", "Across England {count plan=yes} have one."]
)
def test_nothing_is_said_of_the_nation_by_a_cohort_that_is_not_like_it(words):
    alike = counted()
    assert fill(words, alike)
    groups = (Group("north", 20, 23, 20), Group("south", 20, 1, 20))
    unlike = replace(alike.profile, breakdowns=(Breakdown("region", groups, 0.001),))
    with pytest.raises(NotForTheNation, match="of the 24 that answered, and of nobody else"):
        fill(words, replace(alike, profile=unlike))
    message = Section("Conclusions", (Bullets(("It works nationwide.",)),))
    made = replace(report(), sections=(message,))
    assert holding(made, alike)["Wording"] == ()
    assert "“It works nationwide.” By region" in holding(made, replace(alike, profile=unlike))["Wording"][0]


def test_where_everybody_answered_a_share_is_of_everybody():
    whole = counted(yes=36, no=4, blank=0)
    assert fill("{Word most plan=yes} councils have one.", whole) == "Most councils have one."


def test_the_report_has_one_headline_and_its_tables_say_their_base_and_who_was_silent():
    made = report()
    assert made.headline == "Most councils that took part have a plan: 18 of 24 councils that took part (75%)"
    plan = next(table for table in made.tables() if table.name == "plan")
    assert plan.rows == (("Yes", "18", "75%"), ("No", "5", "21%"))
    assert "Shares are of 24 councils that took part." in plan.notes
    assert "Others: 1 gave no answer." in plan.notes


def test_the_cohort_stands_beside_the_field_and_adds_up():
    by_region = next(table for table in report().tables() if table.name == "by_region")
    assert by_region.rows == (("north", "20", "12"), ("south", "20", "12"), ("Total", "40", "24"))


def holding(made, data, **given):
    return {check.name: check.faults for check in checklist(made, data, **given)}


def test_everything_holds_of_a_sound_report():
    assert all(not faults for faults in holding(report(), counted()).values())


def test_what_few_said_waits_for_a_second_person():
    data = counted(yes=22, no=1, blank=1)
    made = assemble(DEFINITION, data, ISSUE)
    assert len(holding(made, data)["Small numbers"]) == 4
    seen = [one.key for one in few(made, data)]
    assert seen[:2] == [("plan:yes", 22, 24), ("plan:no", 1, 24)]
    assert holding(made, data, looked_at=seen)["Small numbers"] == ()
    other = [("plan:yes", 21, 24), *seen[1:]]
    assert holding(made, data, looked_at=other)["Small numbers"] == (
        "“Do you have a plan?”, “Yes”: 22 of 24.",
    )


def test_a_sentence_written_past_the_figures_is_found_by_the_claim_checker():
    made = report()
    wrong = Section("More", (Paragraph("18 councils (70% of respondents) have a plan."),))
    faults = holding(replace(made, sections=(*made.sections, wrong)), counted())["Wording"]
    assert len(faults) == 2 and all("18 of 24" in fault for fault in faults)


def test_a_table_that_was_changed_by_hand_is_found():
    data = counted()
    made = assemble(DEFINITION, counted(blank=3), ISSUE)
    table = next(data.tables["plan"] for _ in range(1))
    altered = {**data.tables, "plan": replace(table, rows=table.rows[:1])}
    assert holding(made, replace(data, tables=altered))["Sums"] == (
        "“Do you have a plan?”: 19 are told of, and 24 took part.",
    )


def test_it_is_not_built_before_somebody_is_named_who_publishes_it():
    begun = replace(DEFINITION, publisher="")
    assert parse(text(begun)) == begun
    made = assemble(begun, counted(), ISSUE)
    assert holding(made, counted())["Publisher"] == ("Nobody is named who publishes it.",)
    assert holding(replace(made, publisher="Nobody"), counted())["Publisher"] == ()


def test_a_quotation_waits_for_its_sign_off_and_an_embargo_is_needed():
    data = counted()
    said = Said(quotes={"plan": [Quote("It works.", "a council")]})
    made = assemble(DEFINITION, data, replace(ISSUE, embargo=None), said)
    found = holding(made, data)
    assert found["Quotations"] == ("“It works.” has no second person's sign-off.",)
    assert found["Embargo"] == ("No embargo is set.",)
    assert holding(made, data, signed_off=["It works."])["Quotations"] == ()


def test_words_stand_under_their_table_or_where_a_section_has_only_the_words():
    quote, story = Quote("It works.", "A council"), Vignette("Begun", "We began.", "Two councils")
    apart = SectionDefinition("Stories", words=("how",))
    less = replace(DEFINITION.sections[1], tables=("plan",))
    of = replace(DEFINITION, sections=(less, apart))
    made = assemble(of, counted(), ISSUE, Said(quotes={"plan": [quote], "how": [story]}))
    assert [type(block).__name__ for block in made.sections[0].blocks] == [
        "Paragraph", "Chart", "Table", "Quote",
    ]  # fmt: skip
    assert made.sections[1].blocks == (story,)
    waiting = holding(made, counted(), signed_off=["It works."])["Quotations"]
    assert waiting == ("“We began.” has no second person's sign-off.",)


def test_what_a_vignettes_title_says_is_read_by_the_claim_checker_too():
    story = Vignette("18 of 24 councils that took part (97%)", "We began.", "Two councils")
    apart = replace(DEFINITION, sections=(SectionDefinition("Stories", words=("how",)),))
    made = assemble(apart, counted(), ISSUE, Said(quotes={"how": [story]}))
    assert holding(made, counted(), signed_off=["We began."])["Wording"]


def test_a_chart_says_what_is_counted_of_how_many_and_in_words_what_it_shows():
    [_, chart, *_] = assemble(DEFINITION, counted(), ISSUE).sections[1].blocks
    assert chart == Chart(
        "Do you have a plan? Percent of 24 councils that took part",
        "Bars: Yes 75%; No 21%. The table after it says the same.",
        (Bar("Yes", 75.0), Bar("No", 21.0)), "plan",
    )  # fmt: skip


def test_of_several_answers_the_most_given_stand_first_in_a_chart():
    section = SectionDefinition("How", tables=("how",), charts=("how",))
    [chart, table] = blocks(section, counted(yes=5, no=18))
    assert [bar.label for bar in chart.bars] == ["In a system", "On paper"]
    assert [row[0] for row in table.rows] == ["On paper", "In a system"]


def test_a_suppressed_share_cannot_be_told():
    from wherewithal.analytics.replies import Reply, as_tables
    from wherewithal.analytics.share import Survey
    from wherewithal.analytics.tabulate import tabulate
    from wherewithal.policy.disclosure import rule

    few = as_tables(FORM, [Reply({"plan": "yes"})] * 3 + [Reply({"plan": "no"})] * 40)
    tables = tabulate(FORM, few, Survey("made up", rule("threshold-10"), unit="person", units="people"))
    data = replace(counted(), tables={table.question: table for table in tables})
    with pytest.raises(BadSentence, match="is suppressed"):
        fill("{count plan=yes}", data)


def test_a_report_without_tables_of_its_own_is_still_a_report():
    assert [type(block) for block in report().sections[0].blocks] == [Paragraph, Table]


FACTS = {"opened": "1 May 2026", "closed": "9 May 2026", "promise": "attributed"}


def test_a_report_that_is_drafted_by_itself_holds_of_any_count():
    data = replace(counted(), facts=FACTS)
    begun = drafted("Plans", "Nobody", "councils", FORM, data.tables, profile=("region",))
    assert faults(begun, data) == []
    made = assemble(begun, data, ISSUE, Said(messages=("It works.",), actions=("Go on. Who: all.",)))
    assert [section.title for section in made.sections] == [
        "How it was done", "Who took part", "Plans", "Conclusions", "What comes next"
    ]  # fmt: skip
    assert [table.name for table in made.tables()] == ["by_region", "plan", "how"]
    assert made.sections[3].blocks == (Bullets(("It works.",)),)
    assert "open from 1 May 2026 to 9 May 2026" in made.sections[0].blocks[0].text
    assert not any(check.faults for check in checklist(made, data))


def test_no_two_sections_of_a_drafted_report_are_called_alike():
    [part] = FORM.sections
    asked = replace(
        FORM,
        sections=(
            replace(part, title="Conclusions", questions=part.questions[:1]),
            replace(part, id="t", title="Conclusions", questions=part.questions[1:]),
        ),
    )
    begun = drafted("Plans", "Nobody", "councils", asked, counted().tables)
    assert [one.title for one in begun.sections] == [
        "How it was done", "Who took part", "Conclusions", "Conclusions (2)", "Conclusions (3)",
        "What comes next",
    ]  # fmt: skip


def test_every_sentence_and_table_at_fault_is_told_with_its_section():
    more = SectionDefinition("More", ("{share plan=maybe}",), ("gone",))
    wrong = replace(DEFINITION, headline="All have one", sections=(*DEFINITION.sections, more))
    found = faults(wrong, counted())
    assert [(one.section, one.what) for one in found] == [
        (0, "All have one"), (3, "{share plan=maybe}"), (3, "gone")
    ]  # fmt: skip
    assert "was not counted" in found[0].says and found[2].says == "No table counts “gone”."


def test_a_definition_is_written_as_it_is_read():
    more = SectionDefinition("Ends “here”", messages=True, actions=True, words=("why", "which"))
    whole = replace(DEFINITION, sections=(*DEFINITION.sections, more), shares_of="cohort")
    assert parse(text(whole)) == whole
    empty = replace(DEFINITION, sections=())
    assert parse(text(empty)) == empty, "the last section was taken out"
    assert parse(text(replace(DEFINITION, contacts=(), notice=""))) == replace(
        DEFINITION, contacts=(), notice=""
    )


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("title = ", "This is no TOML"),
        ('title = "A"', "“headline” is missing"),
        (
            text(DEFINITION).replace('charts = ["plan"]', 'charts = ["nothing"]'),
            "“nothing” is drawn, but its table does not stand there",
        ),
        (
            text(DEFINITION).replace('charts = ["plan"]', 'words = ["how"]'),
            "The report, section “2”: the words of “how” stand under its table already",
        ),
        (text(replace(DEFINITION, shares_of="nobody")), "“shares_of” must be answered or cohort"),  # type: ignore[arg-type]
    ],
    ids=["no TOML", "nothing there", "a chart without its table", "words twice", "of nobody"],
)
def test_a_text_that_is_no_definition_is_refused_with_its_place(wrong, says):
    with pytest.raises(BadReport) as refused:
        parse(wrong)
    assert says in refused.value.says
