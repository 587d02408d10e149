"""Support as it runs: what, by whom, at which dated price, how held; and the direct payment agreement."""

from django.db import models
from django.db.models import F, Q

from wherewithal.records.models.decision import Decision
from wherewithal.records.models.person import Person, Representation
from wherewithal.records.models.plan import Held, Plan, PlanLine, Term
from wherewithal.records.models.user import User
from wherewithal.records.tracking import tracked


@tracked()
class Arrangement(models.Model):
    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        ACTIVE = "active", "Running"
        SUSPENDED = "suspended", "Suspended"
        ENDED = "ended", "Ended"

    class Service(models.TextChoices):
        """What kind of support it counts as in the return; policy maps it to Client Level Data's words."""

        COMMUNITY = "community", "Support in the community"
        REABLEMENT = "reablement", "Reablement"
        INTERMEDIATE = "intermediate", "Intermediate care"
        SENSORY = "sensory", "Sensory support"
        EQUIPMENT = "equipment", "Equipment"
        CARER = "carer", "Support to an unpaid carer"
        RESIDENTIAL = "residential", "Residential care"
        NURSING = "nursing", "Nursing care"

    person = models.ForeignKey(Person, models.PROTECT, related_name="arrangements")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="arrangements")
    line = models.OneToOneField(PlanLine, models.PROTECT, null=True, related_name="arrangement")
    order_number = models.CharField(max_length=14, unique=True, help_text="the purchase order number")
    what = models.CharField(max_length=120)
    kind = models.CharField(max_length=30)
    supplier = models.CharField(max_length=100, blank=True)
    held = models.CharField(max_length=24, choices=Held)
    term = models.CharField(max_length=5, choices=Term)
    service = models.CharField(max_length=12, choices=Service, default=Service.COMMUNITY)
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED)
    first = models.DateField()
    last = models.DateField(null=True)
    ended_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last=None) | Q(last__gte=F("first")), name="an_arrangement_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | Q(last__isnull=False),
                name="an_ended_arrangement_has_its_last_day",
            ),
            models.CheckConstraint(condition=~Q(held="own_money"), name="own_money_is_not_arranged"),
        ]
        indexes = [models.Index(fields=["held", "state"], name="arrangements_running")]

    def __str__(self) -> str:
        return f"{self.order_number} {self.what}"


@tracked()
class Price(models.Model):
    """A dated price of an arrangement; the latest that has started counts."""

    arrangement = models.ForeignKey(Arrangement, models.PROTECT, related_name="prices")
    first = models.DateField()
    pence_per_week = models.PositiveIntegerField()

    class Meta:
        ordering = ["first"]
        constraints = [models.UniqueConstraint(fields=["arrangement", "first"], name="one_price_a_day")]


@tracked()
class Suspension(models.Model):
    """Days on which an arrangement does not run, such as a stay in hospital."""

    arrangement = models.ForeignKey(Arrangement, models.PROTECT, related_name="suspensions")
    first = models.DateField()
    last = models.DateField(null=True)
    why = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["arrangement"], condition=Q(last=None), name="one_open_suspension"
            ),
            models.CheckConstraint(
                condition=Q(last=None) | Q(last__gte=F("first")), name="a_suspension_ends_after_it_starts"
            ),
        ]


@tracked()
class Agreement(models.Model):
    """The direct payment agreement: who holds the money, where it is paid, since when."""

    class Holder(models.TextChoices):
        PERSON = "person", "The person"
        NOMINATED = "nominated", "A nominated person"
        AUTHORISED = "authorised", "An authorised person"

    class PaidTo(models.TextChoices):
        CARD = "card", "Prepaid card"
        BANK = "bank", "Bank account"

    person = models.ForeignKey(Person, models.PROTECT, related_name="agreements")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="agreements")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="agreements")
    holder = models.CharField(max_length=10, choices=Holder)
    representation = models.ForeignKey(Representation, models.PROTECT, null=True, related_name="agreements")
    paid_to = models.CharField(max_length=4, choices=PaidTo)
    payee_name = models.CharField(max_length=70)
    sort_code = models.CharField(max_length=6)
    account_number = models.CharField(max_length=8)
    card = models.CharField(max_length=20, blank=True, help_text="the card provider's number for it")
    signed_on = models.DateField()
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="agreements_taken")
    first_paid_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_on=None), name="one_running_direct_payment"
            ),
            models.UniqueConstraint(
                fields=["card"],
                condition=Q(ended_on=None) & ~Q(card=""),
                name="a_card_belongs_to_one_agreement",
            ),
            models.CheckConstraint(
                condition=Q(sort_code__regex=r"^\d{6}$", account_number__regex=r"^\d{8}$"),
                name="a_bank_account_has_its_digits",
            ),
        ]
