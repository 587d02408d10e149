"""The life of a plan: draft, submitted, agreed or sent back, superseded, ended; and what may be done when."""

from typing import Literal

from wherewithal.core.refusal import Refusal

State = Literal["draft", "submitted", "sent_back", "agreed", "superseded", "ended"]


class PlanNotOpen(Refusal):
    """A plan that cannot be changed now: it waits for sign-off, is agreed, or is over."""


class NotWaiting(Refusal):
    """A plan that does not wait for sign-off."""


class PlanAlreadyOpen(Refusal):
    """A second plan of a kind while one is being written or waits for sign-off."""


class NoBudgetYet(Refusal):
    """A plan for somebody whom the council funds, without an indicative budget."""


class PersonEnded(Refusal):
    """A plan, money or a question about a budget, for somebody whose support here has ended."""


def may_draw(name: str, has_ended: bool, instead: str) -> None:
    """Let something begin for a person; raises PersonEnded once their record has ended, with what to do."""
    if has_ended:
        raise PersonEnded(f"{name} no longer draws on support here. {instead}")


def may_change(state: str) -> None:
    """Let a draft, or a plan that was sent back, be changed and handed in; raises PlanNotOpen."""
    if state in ("draft", "sent_back"):
        return
    if state == "submitted":
        raise PlanNotOpen("This plan waits for sign-off. Take it back if you want to change it.")
    if state == "agreed":
        raise PlanNotOpen("This plan is agreed. Start a new version to change it.")
    raise PlanNotOpen("This plan is over. Start a new version.")


def may_take_back(state: str) -> None:
    """Raises NotWaiting for a plan that is not with a decider."""
    if state != "submitted":
        raise NotWaiting("This plan does not wait for sign-off, so there is nothing to take back.")


def may_start(open_version: int | None) -> None:
    """Raises PlanAlreadyOpen naming the version that is open."""
    if open_version is not None:
        raise PlanAlreadyOpen(
            f"Version {open_version} of this plan is open already. Go on with it, or have it decided first."
        )


def may_go_unfunded(funding: str, has_budget: bool) -> None:
    """A plan without a council budget is for people who pay for their own care; raises NoBudgetYet."""
    if not has_budget and funding != "self_funder":
        raise NoBudgetYet(
            "There is no indicative budget yet. Propose one first, or record that the person pays for "
            "their own care."
        )
