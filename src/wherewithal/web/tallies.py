"""Plain counts beside the measures: offers and what came of them, risks and what is done about them."""

from dataclasses import dataclass

from django.db.models import Count, F, Q

from wherewithal.core.policy import Used
from wherewithal.policy.direct_payment import reasons_declined
from wherewithal.records.models import Offer, Plan, Risk
from wherewithal.web.clock import today


@dataclass(frozen=True)
class Offers:
    """Direct payments offered, ever: each answer, and those that wait for one; to how many people."""

    made: int
    accepted: int
    declined: int
    later: int
    people: int

    @property
    def answered(self) -> int:
        """With a yes or a no."""
        return self.accepted + self.declined

    @property
    def waiting(self) -> int:
        return self.made - self.accepted - self.declined - self.later


@dataclass(frozen=True)
class Risks:
    """Risks of the plans in force, of how many people: that say what is done, were scored again, fell."""

    all: int
    mitigated: int
    rescored: int
    lower: int
    people: int


def offers() -> Offers:
    """One query."""
    made = Offer.objects.filter(what=Offer.What.DIRECT_PAYMENT)
    return Offers(
        **made.aggregate(
            made=Count("pk"),
            people=Count("person", distinct=True),
            **{answer: Count("pk", Q(answer=answer)) for answer in ("accepted", "declined", "later")},
        )
    )


def why_not() -> list[tuple[str, int]]:
    """The reasons for which direct payments were declined, in words, the most frequent first. One query."""
    words = {reason.id: reason.title for reason in reasons_declined(Used(today()))}
    declined = Offer.objects.filter(what=Offer.What.DIRECT_PAYMENT, answer=Offer.Answer.DECLINED)
    counts = declined.values_list("why_not").annotate(many=Count("pk")).order_by("-many", "why_not")
    return [(words.get(code, code), count) for code, count in counts]


def risks() -> Risks:
    """One query."""
    scored_again = Q(likelihood_after__isnull=False, impact_after__isnull=False)
    in_force = Risk.objects.filter(plan__state=Plan.State.AGREED).annotate(
        before=F("likelihood") * F("impact"), after=F("likelihood_after") * F("impact_after")
    )
    return Risks(
        **in_force.aggregate(
            all=Count("pk"),
            people=Count("plan__person", distinct=True),
            mitigated=Count("pk", ~Q(mitigation="") | ~Q(mitigation_words="")),
            rescored=Count("pk", scored_again),
            lower=Count("pk", scored_again & Q(after__lt=F("before"))),
        )
    )
