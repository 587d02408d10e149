"""Whom the demo can be entered as, in which role, and what they will see."""

from collections.abc import Sequence
from dataclasses import dataclass

from wherewithal.core.roles import Role
from wherewithal.records.models import Membership, User

SEES = {
    Role.PERSON: "What is left and until when, the plan, the payments, and who looked at the record.",
    Role.CARER: "A budget of their own, as somebody who cares for another person.",
    Role.REPRESENTATIVE: "The budget of the person for whom they hold the money.",
    Role.PRACTITIONER: "Today’s work and the people of the team: assess, offer, allocate, plan, review.",
    Role.BROKER: "The people referred to them, and plans written together.",
    Role.MANAGER: "The team’s work and the plans that wait for a decision.",
    Role.PANEL: "Plans that the risk enablement panel is asked about.",
    Role.DIRECT_PAYMENT_OFFICER: "Direct payments: conditions, payment runs, spending that asks for a look.",
    Role.FINANCE: "Payment runs to approve and send, accounts, statements.",
    Role.COMMISSIONER: "The figures, as the people who buy and shape services need them.",
    Role.ANALYST: "Take-up under every definition, and the extract that it is counted from.",
    Role.SURVEYOR: "A survey of 153 councils in the field: who answered, who is missing, what to do next.",
    Role.ADMINISTRATOR: "Staff, teams, roles and limits; nobody’s care record.",
    Role.AUDITOR: "Everything, with who did what and why; changes nothing.",
    Role.PROVIDER: "Nothing yet: providers come later.",
    Role.ADVOCATE: "Nothing yet: advocates come later.",
}


@dataclass(frozen=True)
class Entry:
    """One of them: their roles of today, and a sentence a role on what it opens."""

    user: User
    roles: frozenset[Role]

    @property
    def sees(self) -> Sequence[str]:
        return [SEES[role] for role in Role if role in self.roles]

    @property
    def roles_in_words(self) -> str:
        return ", ".join(role.value.replace("_", " ") for role in Role if role in self.roles)


def whom() -> list[Entry]:
    """Everybody who can be entered as: people with a budget first, then the council's staff. One query."""
    held = Membership.objects.filter(user__demo=True, user__is_active=True, ended_on=None)
    roles: dict[User, set[Role]] = {}
    for membership in held.select_related("user").order_by("user_id", "id"):
        roles.setdefault(membership.user, set()).add(Role(membership.role))
    entries = [Entry(user, frozenset(has)) for user, has in roles.items()]
    order = list(Role)
    return sorted(entries, key=lambda entry: min(order.index(role) for role in entry.roles))
