"""The compendium: a council's own door, what it handed in, as it will be published, and who took it up.

A door is a council's, for every wave, and stands on no invitation and no reply. What is published are the
words of an edition that a second person signed off; what the council wrote stays beside it.
"""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from wherewithal.core.compendium import EVIDENCES, RESULTS, Evidence, Result, whose
from wherewithal.records.models.user import User
from wherewithal.records.tracking import tracked

_BEFORE_WRITING = {"when": pgtrigger.Before, "operation": pgtrigger.Insert | pgtrigger.Update}


@tracked("token_hash")
class Door(models.Model):
    """A council's own way into the compendium: its link, which is no survey's."""

    code = models.CharField(max_length=20, unique=True, help_text="in the register")
    name = models.CharField(max_length=100)
    token_hash = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the link's token")

    def __str__(self) -> str:
        return self.name


@tracked("contact", "contact_email")
class Example(models.Model):
    """What a council did and handed in for others to read, in its own words."""

    class State(models.TextChoices):
        HANDED_IN = "handed_in", "Handed in"
        PUBLISHED = "published", "Published"
        TAKEN_BACK = "taken_back", "Taken back"
        WITHDRAWN = "withdrawn", "Withdrawn"

    door = models.ForeignKey(Door, models.PROTECT, related_name="examples", verbose_name="handed in by")
    title = models.CharField(max_length=120)
    themes = models.JSONField(default=list, help_text="of the policy's list")
    tags = models.JSONField(default=list, help_text="the council's own")
    done = models.TextField("what was done")
    for_whom = models.TextField("for whom")
    came_of = models.TextField("what came of it", blank=True)
    evidence = models.CharField(
        max_length=9,
        default=Evidence.NONE.value,
        choices=[(one.value, EVIDENCES[one][0]) for one in Evidence],
    )
    known = models.TextField("how it is known", blank=True)
    named = models.BooleanField("may be named", default=False)
    contact = models.CharField("whom to ask", max_length=100, blank=True)
    contact_email = models.EmailField("whom to ask, e-mail", blank=True)
    may_be_asked = models.BooleanField("other councils may ask", default=False)
    state = models.CharField(max_length=10, choices=State, default=State.HANDED_IN)
    handed_in_at = models.DateTimeField()
    published_at = models.DateTimeField("published", null=True)
    withdrawal_asked_at = models.DateTimeField("asked to have it withdrawn", null=True)
    withdrawal_asked_why = models.CharField("why they ask", max_length=300, blank=True)
    withdrawn_why = models.CharField("why it was withdrawn", max_length=300, blank=True)

    class Meta:
        ordering = ["-handed_in_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(withdrawn_why=""),
                name="an_example_is_withdrawn_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="a_published_example_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="taken_back") | Q(contact="", contact_email=""),
                name="what_was_taken_back_names_nobody",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="only_what_was_signed_off_is_published",
                func="""
                    IF NEW.state = 'published' AND (
                        NOT EXISTS (SELECT 1 FROM records_edition
                                    WHERE example_id = NEW.id AND state = 'signed_off')
                        OR EXISTS (SELECT 1 FROM records_tool
                                   WHERE example_id = NEW.id AND looked_by_id IS NULL)) THEN
                        RAISE EXCEPTION 'only_what_was_signed_off_is_published';
                    END IF;
                    RETURN NEW;""",
                **_BEFORE_WRITING,
            ),
            pgtrigger.Protect(
                name="an_example_that_is_gone_stays_so",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state IN ('withdrawn', 'taken_back') AND NEW.state <> OLD.state"
                ),
            ),
            pgtrigger.Protect(
                name="a_published_example_stays_as_it_was_handed_in",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state = 'published' AND (OLD.door_id, OLD.title, OLD.themes, OLD.tags, OLD.done,"
                    " OLD.for_whom, OLD.came_of, OLD.evidence, OLD.known, OLD.named) IS DISTINCT FROM"
                    " (NEW.door_id, NEW.title, NEW.themes, NEW.tags, NEW.done, NEW.for_whom, NEW.came_of,"
                    " NEW.evidence, NEW.known, NEW.named)"
                ),
            ),
            pgtrigger.Protect(name="an_example_is_not_lost", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Example {self.pk}"

    @property
    def whose(self) -> str:
        """Of whom it is said to be, in public."""
        return whose(self.named, self.door.name)


@tracked("content", "found")
class Tool(models.Model):
    """The file that came with an example, without its authors (``formats/handed_in``)."""

    example = models.OneToOneField(Example, models.PROTECT, related_name="tool")
    kind = models.CharField(max_length=4, help_text="as formats/handed_in has them")
    content = models.BinaryField()
    size = models.PositiveIntegerField("bytes")
    found = models.JSONField(
        "found in it", default=list, help_text="what the screens found in its text: kind, words"
    )
    looked_by = models.ForeignKey(User, models.PROTECT, null=True, verbose_name="looked at by")
    looked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(looked_by=None, looked_at=None)
                | Q(looked_by__isnull=False, looked_at__isnull=False),
                name="a_file_is_looked_at_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="a_file_stays_as_it_was_looked_at", fields=["example", "kind", "content"]
            ),
            pgtrigger.Trigger(
                name="no_file_comes_or_goes_once_it_is_published",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Delete,
                declare=[("one", "RECORD")],
                func="""
                    IF TG_OP = 'DELETE' THEN one := OLD; ELSE one := NEW; END IF;
                    IF EXISTS (SELECT 1 FROM records_example
                               WHERE id = one.example_id AND state = 'published') THEN
                        RAISE EXCEPTION 'no_file_comes_or_goes_once_it_is_published';
                    END IF;
                    RETURN one;""",
            ),
        ]

    def __str__(self) -> str:
        return f"File of example {self.example_id}"


@tracked()
class TakeUp(models.Model):
    """A council tries what another handed in, and says what came of it."""

    example = models.ForeignKey(Example, models.PROTECT, related_name="take_ups")
    door = models.ForeignKey(Door, models.PROTECT, related_name="take_ups", verbose_name="taken up by")
    result = models.CharField(
        max_length=9, default=Result.TRYING.value, choices=[(one.value, RESULTS[one]) for one in Result]
    )
    says = models.TextField("what came of it", blank=True)
    figure = models.CharField("figure", max_length=200, blank=True)
    named = models.BooleanField("may be named", default=False)
    since = models.DateTimeField()

    class Meta:
        ordering = ["since", "id"]
        verbose_name = "take-up"
        constraints = [models.UniqueConstraint(fields=["example", "door"], name="taken_up_once_by_a_council")]
        triggers = [
            pgtrigger.Trigger(
                name="another_councils_published_example_is_taken_up",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("of", "RECORD")],
                func="""
                    SELECT * INTO of FROM records_example WHERE id = NEW.example_id;
                    IF of.door_id = NEW.door_id OR of.state <> 'published' THEN
                        RAISE EXCEPTION 'another_councils_published_example_is_taken_up';
                    END IF;
                    RETURN NEW;""",
            ),
        ]

    def __str__(self) -> str:
        return f"Take-up of example {self.example_id}"

    @property
    def whose(self) -> str:
        """Of whom it is said to be, in public."""
        return whose(self.named, self.door.name)


@tracked("grams", "stands_on")
class Edition(models.Model):
    """The words of an example, or of what came of it elsewhere, as they are published. Any change after they
    were signed off undoes that.
    """

    class State(models.TextChoices):
        OPEN = "open", "Being worked on"
        SIGNED_OFF = "signed_off", "Signed off"

    example = models.OneToOneField(Example, models.PROTECT, null=True, related_name="edition")
    take_up = models.OneToOneField(TakeUp, models.PROTECT, null=True, related_name="edition")
    texts = models.JSONField("words to be published", help_text="by the column of what was handed in")
    stands_on = models.CharField(
        max_length=64, help_text="the fingerprint of what was handed in, as it was then"
    )
    kept = models.JSONField(
        "kept as they are",
        default=list,
        help_text="words that the screens found and that stay: kind, words, why",
    )
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    by = models.ForeignKey(User, models.PROTECT, related_name="editions", verbose_name="written by")
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="editions_changed")
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="editions_signed")
    signed_at = models.DateTimeField("signed off", null=True)
    grams = ArrayField(models.CharField(max_length=3), default=list, help_text="for the search")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(example__isnull=False, take_up=None) | Q(example=None, take_up__isnull=False),
                name="an_edition_is_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(state="signed_off", signed_by__isnull=False, signed_at__isnull=False)
                | ~Q(state="signed_off") & Q(signed_by=None, signed_at=None),
                name="an_edition_is_signed_off_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(signed_by=None) | ~Q(signed_by=F("by")) & ~Q(signed_by=F("changed_by")),
                name="nobody_signs_off_their_own_edition",
            ),
        ]
        indexes = [GinIndex(fields=["grams"], name="edition_grams")]
        triggers = [
            pgtrigger.Protect(
                name="a_changed_edition_is_signed_off_again",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state = 'signed_off' AND NEW.state = 'signed_off' AND"
                    " (OLD.texts, OLD.kept, OLD.signed_by_id) IS DISTINCT FROM"
                    " (NEW.texts, NEW.kept, NEW.signed_by_id)"
                ),
            ),
            pgtrigger.Trigger(
                name="an_edition_is_changed_off_the_page",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF NEW.state = 'open' AND EXISTS (SELECT 1 FROM records_example
                                                      WHERE id = NEW.example_id AND state = 'published') THEN
                        RAISE EXCEPTION 'an_edition_is_changed_off_the_page';
                    END IF;
                    RETURN NEW;""",
            ),
        ]
