"""What a council may do by its own link, and what two surveyors make of it."""

import compending
import handed_in
import pytest
from compending import ON, SAYS, by_link, doing, door, published, second, taken_up, worded
from django.conf import settings
from surveying import draft, one_of, opened

from wherewithal.actions import compendium as actions
from wherewithal.actions import compendium_desk as desk
from wherewithal.actions import compendium_take_up as takes
from wherewithal.actions import survey_mail
from wherewithal.core.compendium import CannotHandIn, CannotPublish, Evidence
from wherewithal.core.quotation import NotASecondPerson, NotYetSignedOff
from wherewithal.core.survey_link import COMPENDIUM, hashed, token
from wherewithal.formats.handed_in import CannotTake
from wherewithal.records.compendium import OnRecord, Screens, on_record
from wherewithal.records.models import Door, Edition, Example, TakeUp, Tool

pytestmark = pytest.mark.django_db


def standing(of) -> OnRecord:
    return on_record(type(of).objects.get(pk=of.pk), Screens(ON.date()))


# the door


def test_a_councils_door_is_apart_from_its_survey_link_and_the_same_in_every_wave():
    first, again = draft(), draft(title="Once more")
    assert Door.objects.count() == first.invitations.count() > 100
    one = one_of(first)
    of = Door.objects.get(code=one.code)
    link = token(settings.SECRET_KEY, "", one.code, COMPENDIUM)
    assert of.token_hash == hashed(link)
    assert of.token_hash not in {one.token_hash, one_of(again).token_hash}
    assert not {field.related_model.__name__ for field in Door._meta.get_fields() if field.related_model} & {
        "Invitation", "Reply", "ReplyKey", "Wave"
    }  # fmt: skip


def test_an_anonymous_wave_makes_no_door_and_its_letter_names_none():
    wave = draft("anonymous")
    assert not Door.objects.exists()
    assert "compendium" not in survey_mail.letter(one_of(wave), wave, "http://x/").body


def test_the_letter_names_the_door_in_a_line_of_its_own_and_says_that_it_is_apart():
    wave, _ = opened()
    one = one_of(wave)
    lines = survey_mail.letter(one, wave, "http://x/").body.splitlines()
    at = lines.index(survey_mail.door_link(one.code, "http://x/"))
    assert "no part of your answers, and is kept apart" in lines[at - 1]
    assert survey_mail.link(one, wave, "http://x/") != lines[at]


# handed in


@pytest.mark.parametrize(
    ("more", "field", "says"),
    [
        ({"themes": ()}, "themes", "one theme at least"),
        ({"themes": ("Sport",)}, "themes", "one theme at least"),
        ({"tags": tuple("abcdefg")}, "tags", "6 tags or fewer; these are 7"),
        ({"evidence": Evidence.OWN, "known": "Counted"}, "came_of", "what came of it"),
        ({"evidence": Evidence.EVALUATED, "came_of": "Fewer"}, "known", "how it is known"),
        ({"may_be_asked": True}, "contact", "whom"),
        ({"may_be_asked": True, "contact": "Kim"}, "contact_email", "e-mail address"),
    ],
)
def test_what_is_handed_in_says_what_it_is_about_and_how_it_is_known(more, field, says):
    with pytest.raises(CannotHandIn, match=says) as refused:
        compending.handed_in(**more)
    assert refused.value.field == field and not Example.objects.exists()


def test_a_council_changes_it_until_it_is_published():
    row = compending.handed_in()
    compending.changed(row, title="Another title")
    assert Example.objects.get().title == "Another title"
    out = published(door(1))
    with pytest.raises(CannotHandIn, match="published"):
        compending.changed(out)


def test_a_file_is_kept_without_its_author_and_screened():
    row = compending.handed_in(file=handed_in.word())
    tool = Tool.objects.get(example=row)
    assert (tool.kind, tool.size) == ("docx", len(tool.content)) and tool.looked_by is None
    assert handed_in.AUTHOR.encode() not in handed_in.inside(bytes(tool.content))
    compending.changed(row, b"As they do in Kent, for 43 people.")
    assert Tool.objects.get().found == [{"kind": "place", "words": "Kent"}]
    compending.changed(row, no_file=True)
    assert not Tool.objects.exists()


def test_a_file_that_is_too_large_or_of_no_kind_is_refused_and_nothing_is_kept():
    with pytest.raises(CannotTake, match="larger than 5 MB"):
        compending.handed_in(file=b"a" * 5_000_001)
    with pytest.raises(CannotTake, match="none of the kinds"):
        compending.handed_in(file=b"\x7fELF\0")
    assert not Example.objects.exists()


def test_what_is_taken_back_leaves_no_file_and_no_contact():
    row = compending.handed_in(
        file=b"A leaflet", contact="Kim", contact_email="kim@example.org", may_be_asked=True
    )
    actions.take_back(example=row, **by_link())
    row.refresh_from_db()
    assert (row.state, row.contact, row.contact_email) == ("taken_back", "", "") and not Tool.objects.exists()
    with pytest.raises(CannotPublish, match="taken back"):
        worded(row)


def test_after_publication_a_council_asks_and_a_surveyor_withdraws():
    row = published()
    with pytest.raises(CannotHandIn, match="published"):
        actions.take_back(example=row, **by_link())
    actions.ask_withdrawal(example=row, why="We do it otherwise now", **by_link())
    assert standing(row).state == "Asks to be withdrawn"
    actions.let_stay(example=row, **by_link())
    assert standing(row).state == "Published"
    actions.ask_withdrawal(example=row, why="", **by_link())
    with pytest.raises(CannotHandIn, match="asked already"):
        actions.ask_withdrawal(example=row, why="", **by_link())
    with pytest.raises(CannotPublish, match="Say why"):
        desk.withdraw(example=row, reason=" ", **doing())
    desk.withdraw(example=row, reason="Its council asked", **doing())
    assert standing(row).state == "Withdrawn"
    with pytest.raises(CannotHandIn):
        actions.let_stay(example=row, **by_link())


# the desk


def test_an_unnamed_council_is_screened_and_a_second_person_signs_off():
    row = compending.handed_in(done="As they do in Kent, for 43 people, with kim@kent.gov.uk.")
    assert standing(row).state == "New"
    edition = worded(row)
    with pytest.raises(NotASecondPerson):
        desk.sign_off(of=row, **doing())
    with pytest.raises(NotYetSignedOff, match=r"Kent.*which council it is.*43.*kim@kent"):
        desk.sign_off(of=row, **doing(second()))
    with pytest.raises(CannotPublish, match="must go"):
        desk.keep(of=row, kind="place", words="Kent", why="Known to all", **doing())
    worded(row, done="As others do, for 43 people.")
    with pytest.raises(CannotPublish, match="why"):
        desk.keep(of=row, kind="number", words="43", why=" ", **doing())
    desk.keep(of=row, kind="number", words="43", why="Tells nothing", **doing())
    assert standing(row).state == "Ready for sign-off"
    desk.sign_off(of=row, **doing(second()))
    row.refresh_from_db()
    assert (row.state, row.published_at, row.whose) == ("published", ON, "A council that is not named")
    assert Edition.objects.get().pk == edition.pk and row.done.startswith("As they do in Kent")


def test_a_council_that_may_be_named_is_asked_about_names_and_addresses_only():
    row = compending.handed_in(named=True, done="As they do in Kent, for 43 people, says Morgan Made-Up.")
    worded(row)
    assert [one.words for one in standing(row).judged.open] == ["Morgan Made-Up"]
    desk.keep(of=row, kind="name", words="Morgan Made-Up", why="Agreed", **doing())
    desk.ask_again(of=row, kind="name", words="Morgan Made-Up", **doing())
    assert standing(row).state == "Findings open"
    worded(row, done="As they do in Kent, for 43 people.")
    desk.sign_off(of=row, **doing(second()))
    assert standing(row).row.whose == row.door.name


def test_what_the_council_changes_after_it_was_worded_is_read_again():
    row = compending.handed_in()
    worded(row)
    compending.changed(row, done="Otherwise.")
    with pytest.raises(NotYetSignedOff, match="changed what it wrote since"):
        desk.sign_off(of=row, **doing(second()))
    worded(row)
    desk.sign_off(of=row, **doing(second()))
    assert Edition.objects.get().texts["done"] == "Otherwise."


def test_a_file_is_published_once_somebody_has_looked_at_it():
    row = compending.handed_in(file=b"A leaflet")
    worded(row)
    with pytest.raises(NotYetSignedOff, match="Nobody has opened the file"):
        desk.sign_off(of=row, **doing(second()))
    desk.look_at_file(tool=row.tool, **doing())
    with pytest.raises(CannotPublish, match="already"):
        desk.look_at_file(tool=row.tool, **doing(second()))
    desk.sign_off(of=row, **doing(second()))
    other = compending.handed_in(file=b"A leaflet")
    desk.look_at_file(tool=other.tool, **doing())
    compending.changed(other, b"Another leaflet")
    assert Tool.objects.get(example=other).looked_by is None, "another file is looked at again"


def test_words_that_are_changed_after_sign_off_are_off_the_page_until_it_is_signed_again():
    row = published()
    worded(row, title="Brokers come first")
    row.refresh_from_db()
    assert row.state == "handed_in" and Edition.objects.get().signed_by is None
    desk.sign_off(of=row, **doing(second()))
    row.refresh_from_db()
    assert row.state == "published"


def test_an_edition_says_what_was_done_and_for_whom():
    with pytest.raises(CannotPublish, match="Write something") as refused:
        worded(compending.handed_in(), for_whom="  ")
    assert refused.value.field == "for_whom"


# who took it up


def test_a_council_takes_anothers_example_up_once_and_says_what_came_of_it():
    row = published()
    with pytest.raises(CannotHandIn, match="Your own"):
        taken_up(row, 0)
    one = taken_up(row)
    with pytest.raises(CannotHandIn, match="already"):
        taken_up(row)
    with pytest.raises(CannotHandIn, match="few words") as refused:
        takes.say(take_up=one, result="worked", says="", figure="", named=False, **by_link())
    assert refused.value.field == "says"
    takes.say(take_up=one, result="in_part", says="Half came.", figure="12 of 24", named=False, **by_link())
    assert standing(one).state == "New"


def test_words_of_a_take_up_are_screened_signed_off_and_again_when_they_change():
    one = taken_up(published(), result="worked", says="As in Kent.")
    worded(one)
    with pytest.raises(NotYetSignedOff, match="Kent"):
        desk.sign_off(of=one, **doing(second()))
    one = compending.signed(one, says="As elsewhere.")
    assert standing(one).state == "Signed off"
    takes.say(take_up=one, result="worked", says="As in Kent, more.", figure="", named=False, **by_link())
    assert standing(one).edition.state == "open"
    takes.stop(take_up=one, **by_link())
    assert not TakeUp.objects.exists() and Edition.objects.filter(take_up__isnull=False).count() == 0


def test_a_take_up_without_words_has_nothing_to_publish():
    with pytest.raises(CannotPublish, match="no words"):
        worded(taken_up(published()))


def test_an_example_that_is_not_published_is_not_taken_up():
    with pytest.raises(CannotHandIn, match="not published"):
        taken_up(compending.handed_in())


def test_the_council_is_told_of_nobody_signed_in():
    row = compending.handed_in()
    assert row.title == SAYS["title"] and not actions.contributor().is_active
