"""First contact: by whom, by what route, for what. Its day starts the clock to the first payment."""

from django.db import models
from django.db.models import F, Q

from wherewithal.records.models.person import Person
from wherewithal.records.models.user import User
from wherewithal.records.tracking import tracked


@tracked()
class Request(models.Model):
    class Route(models.TextChoices):
        COMMUNITY = "community", "From the community"
        HOSPITAL = "hospital", "Leaving hospital"
        PREVENTION = "prevention", "Prevention or rehabilitation"
        TRANSITION = "transition", "From children’s services"
        PRISON = "prison", "Prison or approved premises"
        FULL_COST = "full_cost", "Pays for their own care and asks for help"

    class FromWhom(models.TextChoices):
        SELF = "self", "The person"
        FAMILY = "family", "Family or friend"
        CARER = "carer", "Carer"
        HEALTH = "health", "GP or other health service"
        HOSPITAL = "hospital", "Hospital"
        PROVIDER = "provider", "A provider"
        OTHER = "other", "Somebody else"

    class Outcome(models.TextChoices):
        SIGNPOSTED = "signposted", "Information, advice or signposting"
        SHORT_TERM = "short_term", "Short-term support first"
        ASSESSMENT = "assessment", "Assessment"
        NHS = "nhs", "Passed to the NHS"
        NOTHING = "nothing", "Nothing further"

    person = models.ForeignKey(Person, models.PROTECT, related_name="requests")
    received_on = models.DateField()
    route = models.CharField(max_length=12, choices=Route)
    from_whom = models.CharField(max_length=10, choices=FromWhom)
    about = models.TextField()
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    outcome_words = models.TextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="requests_taken")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="requests_decided")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", decided_on=None)
                | ~Q(outcome="") & Q(decided_on__gte=F("received_on")),
                name="a_request_is_decided_after_it_came",
            )
        ]
