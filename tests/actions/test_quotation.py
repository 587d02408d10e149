"""Words of a reply on their way into a report: picked, screened, agreed to, signed off; what undoes that."""

import pytest
import surveying
from coding_by import QUESTION, coders, doing
from django.db import Error, transaction
from making import user
from quoting import CLEAN, NAMED, SAID, agreed, picked, place, second, signed, wave
from releasing import telling

from wherewithal.actions import quotation, survey_seal
from wherewithal.core.coding import CannotCode
from wherewithal.core.quotation import CannotQuote, NotASecondPerson, NotYetSignedOff
from wherewithal.core.report import Vignette
from wherewithal.core.roles import Role
from wherewithal.records.models import Quotation, Wave
from wherewithal.records.quotation import Desk, on_record, quotations, words_of

pytestmark = pytest.mark.django_db
REFUSED = {"consent": "refused", "answered_on": "2026-06-01"}


@pytest.fixture(scope="module")
def closed(lasting):
    return wave().pk


@pytest.fixture
def of(closed):
    """A closed survey whose answers can be quoted."""
    return Wave.objects.get(pk=closed)


def word(row, printed=CLEAN, telling="nothing", by=None, **more):
    return quotation.word(quotation=row, printed=printed, telling=telling, **more, **doing(by))


def test_what_was_said_stays_and_what_is_printed_changes(of):
    row = picked(of, NAMED, " from Kent, ")
    word(row, "from a neighbouring council,")
    row.refresh_from_db()
    assert row.printed == "from a neighbouring council,"
    assert words_of(row.passages.get()) == "from Kent,"


def test_only_words_of_an_answer_are_picked(of):
    with pytest.raises(CannotCode, match="at least one word"):
        quotation.pick(**place(of, CLEAN, " "), **doing())
    with pytest.raises(quotation.NothingToQuote):
        quotation.pick(**place(of) | {"question": "how_many"}, **doing())


def test_a_second_person_signs_it_off_and_nobody_else(of):
    row = picked(of)
    with pytest.raises(NotASecondPerson, match="You picked"):
        quotation.sign_off(quotation=row, **doing())
    quotation.sign_off(quotation=row, **doing(second()))
    row.refresh_from_db()
    assert (row.state, row.signed_by) == ("signed_off", second())
    with pytest.raises(CannotQuote, match="signed off already"):
        quotation.sign_off(quotation=row, **doing(second()))


def test_who_changed_the_words_last_is_no_second_person_either(of):
    row = picked(of)
    word(row, "Brokers come early.", by=second())
    for by in coders():
        with pytest.raises(NotASecondPerson):
            quotation.sign_off(quotation=row, **doing(by))
    third = user("Thea Third", Role.SURVEYOR)
    assert quotation.sign_off(quotation=row, **doing(third)).signed_by == third


def test_every_finding_is_changed_away_or_kept_for_a_reason_first(of):
    row = picked(of, NAMED)
    with pytest.raises(NotYetSignedOff, match=r"“Kent” may tell .* “43” may tell"):
        quotation.sign_off(quotation=row, **doing(second()))
    word(row, "We learned it elsewhere, for 43 people.")
    quotation.keep(quotation=row, kind="number", words="43", why="Nobody counts it", **doing())
    quotation.ask_again(quotation=row, kind="number", words="43", **doing())
    with pytest.raises(NotYetSignedOff, match="“43”"):
        quotation.sign_off(quotation=row, **doing(second()))
    quotation.keep(quotation=row, kind="number", words="43", why="Nobody counts it", **doing())
    assert quotation.sign_off(quotation=row, **doing(second())).state == "signed_off"


def test_words_that_were_kept_and_changed_away_are_asked_about_when_they_come_back(of):
    row = picked(of, NAMED, "for 43 people")
    quotation.keep(quotation=row, kind="number", words="43", why="Nobody counts it", **doing())
    assert word(row, "for some people").kept == []
    assert on_record(word(row, "for 43 people"), Desk(row.wave, doing()["at"].date())).quoted.open


@pytest.mark.parametrize(
    "change",
    [
        lambda row: word(row, "Brokers come early."),
        lambda row: agreed(row),
        lambda row: agreed(row, "refused"),
        lambda row: quotation.add_passage(quotation=row, **place(row.wave, CLEAN, "Panels"), **doing()),
    ],
    ids=["words", "consent", "refusal", "passage"],
)
def test_a_change_after_sign_off_asks_for_it_again(change, of):
    row = signed(of)
    change(row)
    row.refresh_from_db()
    assert (row.state, row.signed_by, row.signed_at) == ("open", None, None)


def test_a_vignette_is_of_several_passages_of_one_survey_and_keeps_one(of):
    row = agreed(picked(of, CLEAN, "Panels are slow."))
    row = quotation.add_passage(quotation=row, **place(of, NAMED, "for 43 people."), **doing())
    assert (row.printed, row.consent) == ("Panels are slow.\n\nfor 43 people.", "not_asked")
    with pytest.raises(CannotQuote, match="in it already"):
        quotation.add_passage(quotation=row, **place(of, NAMED, "for 43 people."), **doing())
    with pytest.raises(CannotQuote, match="of one survey"):
        quotation.add_passage(quotation=row, **place(wave(title="Another"), CLEAN, "Panels"), **doing())
    quotation.take_out(passage=row.passages.last(), **doing())
    with pytest.raises(CannotQuote, match="one passage at least"):
        quotation.take_out(passage=row.passages.get(), **doing())


def story(of, title="Early talks"):
    """A vignette in the words of two councils."""
    row = picked(of)
    row = quotation.add_passage(quotation=row, **place(row.wave, SAID[2]), **doing())
    return word(row, row.printed, title=title)


def test_a_vignette_has_a_title_before_it_is_signed_off_and_a_quotation_has_none(of):
    row = story(of, title="  ")
    with pytest.raises(NotYetSignedOff, match="give it a title"):
        quotation.sign_off(quotation=row, **doing(second()))
    row = word(row, row.printed, title=" Early   talks ")
    assert quotation.sign_off(quotation=row, **doing(second())).title == "Early talks"
    with pytest.raises(CannotQuote, match="Only a vignette has a title"):
        word(picked(row.wave, NAMED), "We learned it.", title="A lesson")
    row = quotation.take_out(passage=row.passages.last(), **doing())
    assert (row.title, row.state) == ("", "open"), "what is left is a quotation"


def test_another_title_is_signed_off_again_and_the_database_holds_it(of):
    row = quotation.sign_off(quotation=story(of), **doing(second()))
    with pytest.raises(Error, match="Cannot update rows from records_quotation"), transaction.atomic():
        Quotation.objects.filter(pk=row.pk).update(title="Late talks")
    assert word(row, row.printed, title="Late talks").state == "open"


def test_a_title_is_screened_as_the_words_are(of):
    row = story(of, title="Early talks in Kent")
    with pytest.raises(NotYetSignedOff, match="“Kent” may tell"):
        quotation.sign_off(quotation=row, **doing(second()))
    agreed(row)
    row = quotation.keep(quotation=row, kind="place", words="Kent", why="They agreed", **doing())
    assert word(row, row.printed, title="Talks in Kent").kept, "it stands there still"
    assert word(row, row.printed, title="Talks").kept == []


def test_in_the_report_a_vignette_says_how_many_tell_it_and_whether_they_agreed(of):
    row = quotation.sign_off(quotation=story(of), **doing(second()))
    [told] = telling(of).said.quotes[QUESTION]
    assert told == Vignette("Early talks", row.printed, "Two councils")
    assert told.paragraphs == (CLEAN, SAID[2])
    agreed(row)
    row.refresh_from_db()
    quotation.sign_off(quotation=row, **doing(second()))
    assert telling(of).said.quotes[QUESTION][0].says_who == "Two councils, with their consent"


def test_consent_says_when_and_by_whom_and_a_refusal_is_not_signed_off(of):
    row = picked(of)
    for more, says in (
        ({"answered_by": " "}, "who answered"), ({"answered_on": None}, "when they answered"),
        ({"asked_on": doing()["at"].date().replace(year=2030)}, "still to come"),
        ({"answered_on": doing()["at"].date().replace(year=2020)}, "before they were asked"),
    ):  # fmt: skip
        with pytest.raises(CannotQuote, match=says):
            agreed(row, **more)
    with pytest.raises(CannotQuote, match="when they were asked"):
        agreed(row, "asked", asked_on=None)
    agreed(row, "refused")
    with pytest.raises(NotYetSignedOff, match="refused"):
        quotation.sign_off(quotation=row, **doing(second()))


def test_who_agreed_goes_with_the_keys_and_nobody_is_asked_after_that(of):
    row, other = agreed(picked(of)), picked(of, NAMED)
    assert row.answered_by == "Head of service"
    survey_seal.destroy_keys(wave=of, **surveying.doing(surveying.LATE))
    row.refresh_from_db()
    assert (row.consent, row.answered_by) == ("given", "")
    with pytest.raises(CannotQuote, match="destroyed"):
        agreed(other)
    assert agreed(row, "refused", answered_by="Somebody").answered_by == ""


def test_of_an_anonymous_survey_nobody_is_asked_and_everything_must_pass():
    of, key = surveying.opened("anonymous", title="Sealed")
    surveying.sealed_enough(of, words=NAMED)
    of = survey_seal.close(wave=of, key=key, **surveying.doing(surveying.LATE))
    row = picked(of, NAMED)
    with pytest.raises(CannotQuote, match="nobody can be asked"):
        agreed(row)
    with pytest.raises(CannotQuote, match="passes every screen"):
        quotation.keep(quotation=row, kind="number", words="43", why="So", **doing())
    with pytest.raises(CannotQuote, match="Too few"):
        word(row, "for some", "type")
    word(row, "We learned it elsewhere, for a few people.")
    assert quotation.sign_off(quotation=row, **doing(second())).state == "signed_off"


def test_a_type_and_a_region_are_told_where_enough_of_both_answered():
    of, _ = surveying.opened(title="Told apart")
    alike = of.invitations.filter(region="London").order_by("code")[:5]
    for one in [*alike, of.invitations.filter(region="South West", type="County").first()]:
        surveying.answer(one, words=CLEAN)
    borough, county = (of.replies.filter(region=region).first() for region in ("London", "South West"))
    rows = [
        quotation.pick(reply=one, question="words", start=0, end=7, **doing()) for one in (borough, county)
    ]
    listed = quotations(of, doing()["at"].date())
    assert [one.told(one.quoted.may_tell[-1]) for one in listed] == ["A London borough", "A council"]
    assert word(rows[0], telling="type").telling == "type"
    with pytest.raises(CannotQuote, match="Too few"):
        word(rows[1], telling="type")


def test_what_is_withdrawn_says_why_and_stays_so(of):
    row = signed(of)
    with pytest.raises(CannotQuote, match="why it is withdrawn"):
        quotation.withdraw(quotation=row, reason=" ", **doing())
    quotation.withdraw(quotation=row, reason="Says nothing new", **doing())
    row.refresh_from_db()
    assert (row.state, row.withdrawn_why, row.signed_by) == ("withdrawn", "Says nothing new", None)
    for change in (
        lambda: word(row),
        lambda: agreed(row),
        lambda: quotation.sign_off(quotation=row, **doing(second())),
    ):
        with pytest.raises(CannotQuote, match="withdrawn"):
            change()


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("nobody_signs_off_their_own_quotation", {"signed": 0}),
        ("nobody_signs_off_their_own_quotation", {"signed": 1, "changed": 1}),
        ("a_quotation_is_signed_off_by_somebody", {"state": "signed_off"}),
        ("nothing_is_printed_that_was_refused", {"signed": 1, **REFUSED}),
        ("a_quotation_is_withdrawn_for_a_reason", {"state": "withdrawn"}),
        ("consent_has_its_days", {"consent": "given"}),
    ],
)  # fmt: skip
def test_the_database_refuses_what_the_rule_does(name, values, of):
    row = picked(of)
    if "signed" in values:
        values = values | {
            "signed_by": coders()[values.pop("signed")],
            "signed_at": doing()["at"],
            "state": "signed_off",
        }
    if "changed" in values:
        values = values | {"changed_by": coders()[values.pop("changed")]}
    with pytest.raises(Error, match=name), transaction.atomic():
        Quotation.objects.filter(pk=row.pk).update(**values)


def test_the_database_keeps_where_words_are_from_and_what_was_signed_off(of):
    row, elsewhere = signed(of), place(wave(title="Another"), CLEAN, "Panels")
    rows = Quotation.objects.filter(pk=row.pk)
    for change, says in (
        (lambda: rows.update(printed="Other words"), "a_change_is_signed_off_again"),
        (lambda: rows._raw_delete("default"), "a_quotation_is_not_lost"),
        (lambda: row.passages.update(start=1), "where_it_is_from_stays"),
        (lambda: row.passages.all().delete(), "a_passage_is_of_an_open_quotation"),
        (lambda: picked(of, NAMED).passages.create(**elsewhere), "a_quotation_is_of_one_wave"),
    ):  # fmt: skip
        with pytest.raises(Error, match=says), transaction.atomic():
            change()
    quotation.withdraw(quotation=row, reason="Enough", **doing())
    with pytest.raises(Error, match="what_was_withdrawn_stays"), transaction.atomic():
        rows.update(state="open")
