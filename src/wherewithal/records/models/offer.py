"""A direct payment (or information) offered: when, by whom, in which format, the answer, why not."""

from django.db import models
from django.db.models import Q

from wherewithal.records.models.assessment import Assessment
from wherewithal.records.models.person import Format, Person
from wherewithal.records.models.user import User
from wherewithal.records.tracking import tracked


@tracked()
class Offer(models.Model):
    class What(models.TextChoices):
        DIRECT_PAYMENT = "direct_payment", "A direct payment"
        INFORMATION = "information", "Information about direct payments"

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        LATER = "later", "Asked for time"

    person = models.ForeignKey(Person, models.PROTECT, related_name="offers")
    assessment = models.ForeignKey(Assessment, models.PROTECT, null=True, related_name="offers")
    review = models.ForeignKey("Review", models.PROTECT, null=True, related_name="offers")
    what = models.CharField(max_length=14, choices=What, default=What.DIRECT_PAYMENT)
    made_on = models.DateField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="offers_made")
    format = models.CharField(max_length=12, choices=Format)
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    answered_on = models.DateField(null=True)
    ask_again_on = models.DateField(null=True)
    why_not = models.CharField(max_length=30, blank=True, help_text="a code of core/offer.py")
    words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(assessment__isnull=False) | Q(review__isnull=False),
                name="an_offer_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(answer="declined") | ~Q(why_not=""), name="a_declined_offer_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(answer="later") | Q(ask_again_on__isnull=False), name="a_later_answer_has_a_day"
            ),
        ]
