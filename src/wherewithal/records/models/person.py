"""Who draws on support, carers in their own right, and who acts for whom."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from wherewithal.records.models.council import Team
from wherewithal.records.models.user import User
from wherewithal.records.tracking import tracked


class Format(models.TextChoices):
    STANDARD = "standard", "Standard print"
    LARGE_PRINT = "large_print", "Large print"
    EASY_READ = "easy_read", "Easy read"
    BRAILLE = "braille", "Braille"
    AUDIO = "audio", "Audio"


@tracked("name_grams")
class Person(models.Model):
    class State(models.TextChoices):
        KNOWN = "known", "Known"
        DRAWING = "drawing", "Drawing on support"
        ENDED = "ended", "Ended"

    class EndReason(models.TextChoices):
        DIED = "died", "Died"
        MOVED = "moved", "Moved to another council"
        NHS = "nhs", "NHS continuing healthcare"
        NOT_ELIGIBLE = "not_eligible", "No longer eligible"

    class Funding(models.TextChoices):
        COUNCIL = "council", "Council"
        SELF_FUNDER = "self_funder", "Pays for their own care"
        UNKNOWN = "unknown", "Not known yet"

    class Sex(models.TextChoices):
        FEMALE = "female", "Female"
        MALE = "male", "Male"
        UNKNOWN = "unknown", "Not known"

    ref = models.CharField(max_length=12, unique=True, help_text="the council's own id, such as EX10234")
    given_name = models.CharField(max_length=60)
    family_name = models.CharField(max_length=60)
    known_as = models.CharField(max_length=60, blank=True)
    name_grams = ArrayField(
        models.CharField(max_length=3), default=list, help_text="for the search that forgives"
    )
    born_on = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=10, choices=Sex, default=Sex.UNKNOWN)
    ethnicity = models.CharField(max_length=100, blank=True, help_text="Client Level Data's words")
    nhs_number = models.CharField(max_length=10, null=True, blank=True, unique=True)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    telephone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=40, default="English")
    format = models.CharField(max_length=12, choices=Format, default=Format.STANDARD)
    support_reason = models.CharField(max_length=80, blank=True, help_text="Client Level Data's words")
    accommodation = models.CharField(max_length=90, blank=True, help_text="Client Level Data's words")
    lives_with_someone = models.BooleanField(null=True, blank=True)
    funding = models.CharField(max_length=12, choices=Funding, default=Funding.UNKNOWN)
    state = models.CharField(max_length=8, choices=State, default=State.KNOWN)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=12, choices=EndReason, blank=True)
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="people")
    worker = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="caseload")
    broker = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="referrals")
    user = models.OneToOneField(User, models.PROTECT, null=True, blank=True, related_name="person")
    registered_on = models.DateField()

    class Meta:
        indexes = [
            GinIndex(fields=["name_grams"], name="person_name_grams"),
            models.Index(fields=["born_on"], name="person_born_on"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(nhs_number=None) | Q(nhs_number__regex=r"^\d{10}$"),
                name="an_nhs_number_has_ten_digits",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_on__isnull=False) & ~Q(end_reason="")
                | ~Q(state="ended") & Q(ended_on=None, end_reason=""),
                name="an_ended_person_has_a_day_and_a_reason",
            ),
        ]

    @property
    def name(self) -> str:
        return f"{self.known_as or self.given_name} {self.family_name}"

    def __str__(self) -> str:
        return f"{self.name} ({self.ref})"


@tracked()
class Caring(models.Model):
    """Unpaid care given by one person (the carer, known in their own right) to another."""

    carer = models.ForeignKey(Person, models.PROTECT, related_name="caring_for")
    cared_for = models.ForeignKey(Person, models.PROTECT, related_name="carers")
    relationship = models.CharField(max_length=40)
    hours_a_week = models.PositiveSmallIntegerField(null=True, blank=True)
    lives_together = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(carer=F("cared_for")), name="nobody_is_their_own_carer"),
            models.UniqueConstraint(
                fields=["carer", "cared_for"], condition=Q(until=None), name="a_caring_link_is_open_once"
            ),
        ]


@tracked()
class Household(models.Model):
    """Someone who lives with the person or is their partner: regulation 3 asks before they can be paid."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="household")
    name = models.CharField(max_length=100)
    relation = models.CharField(max_length=30, help_text="a code of core/relatives.py")
    same_household = models.BooleanField(default=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)


@tracked()
class Representation(models.Model):
    """Who acts for the person: nominated by them (Care Act s31) or authorised for them (s32)."""

    class Kind(models.TextChoices):
        NOMINATED = "nominated", "Nominated person (section 31)"
        AUTHORISED = "authorised", "Authorised person (section 32)"

    person = models.ForeignKey(Person, models.PROTECT, related_name="representations")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=100)
    relationship = models.CharField(max_length=60, blank=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="represents")
    holds_money = models.BooleanField(default=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(until=None, holds_money=True), name="one_holder_of_the_money"
            )
        ]
