"""A plan as its pages show it: outcomes as cards that add up, problems where they are, the sums."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from wherewithal.core import plan as core
from wherewithal.core import sign_off
from wherewithal.core.costing import amount_in_words
from wherewithal.core.eligibility import OutcomeRule
from wherewithal.core.money import a_week, pounds
from wherewithal.core.policy import Used
from wherewithal.core.problem import Problem
from wherewithal.core.risk import band
from wherewithal.policy import delegation, direct_payment, eligibility, mitigation, restriction
from wherewithal.policy.plan import rules
from wherewithal.records.models import Decision, FinancialAssessment, Plan, User
from wherewithal.records.models.plan import Held
from wherewithal.records.reading import as_line, as_plan, as_risk, authority, conditions_decided
from wherewithal.web.budgets import unsure
from wherewithal.web.plan_rows import Card, RiskRow, Row, as_it_runs, what_is_done

STATES = {
    "draft": "blue", "submitted": "yellow", "sent_back": "orange", "agreed": "green", "superseded": "grey",
    "ended": "grey",
}  # fmt: skip
WHO_DECIDES = {
    "own": "you, within your own limit",
    "light": "a manager, by the light check",
    "manager": "a manager",
    "panel": "the risk enablement panel",
}


@dataclass(frozen=True)
class Sheet:
    """One plan on one day. ``plan`` is of ``plan_meant.plans()``: nothing here asks row by row."""

    plan: Plan
    on: date

    @cached_property
    def value(self) -> core.Plan:
        return as_plan(self.plan)

    @cached_property
    def rules(self) -> core.Rules:
        return rules(Used(self.on), council_budget=self.has_budget)

    @property
    def has_budget(self) -> bool:
        return self.plan.allocation_id is not None

    @property
    def is_open(self) -> bool:
        return self.plan.state in ("draft", "sent_back")

    @property
    def state(self) -> tuple[str, str]:
        if self.refused:
            return "Refused", "red"
        return self.plan.get_state_display(), STATES[self.plan.state]

    @property
    def refused(self) -> Decision | None:
        """The decision that ended the plan before it began."""
        last = self.last_decision if self.plan.state == Plan.State.ENDED else None
        return last if last and last.outcome == Decision.Outcome.REFUSED else None

    @cached_property
    def problems(self) -> list[Problem]:
        """All of them while the plan can change or is being decided; none once it was."""
        if self.plan.state not in Plan.OPEN:
            return []
        return core.problems(self.value, self.rules, self.on)

    @property
    def blocking(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.blocks]

    @cached_property
    def by_place(self) -> dict[str, list[Problem]]:
        found: dict[str, list[Problem]] = defaultdict(list)
        for problem in self.problems:
            found[problem.where].append(problem)
        return found

    @cached_property
    def cards(self) -> list[Card]:
        titles = {kind.id: kind.title for kind in restriction.kinds(Used(self.on))}
        by_outcome: dict[int | None, list[Row]] = defaultdict(list)
        for line in self.plan.lines.all():
            costs = as_line(line)
            problems = self.by_place.get(f"line:{line.pk}", [])
            row = Row(
                line,
                costs,
                amount_in_words(costs),
                titles.get(line.kind, line.kind),
                problems,
                **as_it_runs(line, self.on),
            )
            by_outcome[line.outcome_id].append(row)
        codes = care_act_outcomes(self.plan.kind, self.on)
        cards = [
            Card(
                outcome=one,
                serves=[codes[code] for code in one.serves if code in codes],
                rows=by_outcome[one.pk],
                problems=self.by_place.get(f"outcome:{one.pk}", []),
            )
            for one in self.plan.outcomes.all()
        ]
        loose = by_outcome.get(None, [])
        return [*cards, Card(None, [], loose, [])] if loose else cards

    @property
    def pence_per_week_now(self) -> int | None:
        """What the plan costs today where prices have changed since it was agreed; None where none has."""
        rows = [row for card in self.cards for row in card.rows]
        if self.plan.state != Plan.State.AGREED or not any(row.now or row.ended_on for row in rows):
            return None
        return sum(row.pence_per_week_now for row in rows) + self.plan.contingency_pence_per_week

    @cached_property
    def risks(self) -> list[RiskRow]:
        used = Used(self.on)
        bands, library = mitigation.bands(used), {one.id: one.says for one in mitigation.library(used)}
        rows = []
        for risk in self.plan.risks.all():
            value = as_risk(risk)
            rows.append(
                RiskRow(
                    of=risk,
                    before=value.before.value,
                    before_band=band(value.before, bands).title,
                    after=value.after.value if value.after else None,
                    after_band=band(value.after, bands).title if value.after else "",
                    mitigation=what_is_done(risk, library),
                    problems=self.by_place.get(f"risk:{risk.pk}", []),
                )
            )
        return rows

    @property
    def tests(self) -> list[tuple[core.PlanTest, bool | None, str, list[Problem]]]:
        """Each test: what it asks, the answer (None: not yet), why, what is wrong with it."""
        found = []
        for test in self.rules.tests:
            answer, why = self.value.tests.get(test.id, (None, ""))
            found.append((test, answer, why, self.by_place.get(f"test:{test.id}", [])))
        return found

    @property
    def by_direct_payment(self) -> int:
        """Pence a week held as a direct payment, before the contribution."""
        return self.value.cost.by_held.get("direct_payment", 0)

    @property
    def _direct_payment_now(self) -> int:
        """The same at today's prices, where the plan is in force."""
        if self.pence_per_week_now is None:
            return self.by_direct_payment
        rows = [row for card in self.cards for row in card.rows]
        return sum(row.pence_per_week_now for row in rows if row.of.held == Held.DIRECT_PAYMENT)

    @property
    def difference(self) -> int:
        """Pence a week above the indicative budget (below 0: under it)."""
        return self.value.cost.pence_per_week - self.plan.indicative_pence_per_week

    @cached_property
    def contribution(self) -> FinancialAssessment | None:
        """What the person pays a week towards this plan; None before the financial assessment."""
        if not self.has_budget:
            return None
        return self.plan.person.financial_assessments.filter(state="current", kind=self.plan.kind).first()

    @property
    def sums(self) -> list[tuple[str, str]]:
        """The footer: plan, indicative budget or personal budget, contribution, direct payment."""
        rows = [("Plan", a_week(self.value.cost.pence_per_week))]
        if self.pence_per_week_now is not None:
            rows.append(("Now", pounds(self.pence_per_week_now)))
        if self.has_budget:
            rows.append(("Indicative", pounds(self.plan.indicative_pence_per_week)))
        if self.plan.final_pence_per_week:
            rows.append(("Personal budget", pounds(self.plan.final_pence_per_week)))
        if self.contribution is not None:
            pays = self.contribution
            rows.append(("Contribution", pounds(pays.pence_per_week) + unsure(pays)))
        if self.by_direct_payment:
            rows.append(("Direct payment", pounds(self._direct_payment_now)))
        return rows

    @property
    def sums_in_plain_words(self) -> list[tuple[str, str]]:
        """The footer as the person reads it."""
        words = {
            "Plan": "It costs" if self.pence_per_week_now is None else "When it was agreed it cost",
            "Now": "Now it costs",
            "Indicative": "We first thought of",
            "Personal budget": "Your budget",
            "Contribution": "You pay",
            "Direct payment": "Paid as a direct payment",
        }
        return [(words[label], amount) for label, amount in self.sums]

    @property
    def held(self) -> list[tuple[str, int]]:
        """How the money is held, in words, with pence a week."""
        return [(Held(how).label, pence) for how, pence in self.value.cost.by_held.items()]

    @cached_property
    def conditions(self) -> Decision | None:
        return conditions_decided(self.plan)

    @cached_property
    def waiting(self) -> Decision | None:
        """The question of sign-off while it waits."""
        return next((one for one in self._sign_offs if one.state == Decision.State.ASKED), None)

    @cached_property
    def last_decision(self) -> Decision | None:
        return next((one for one in self._sign_offs if one.state == Decision.State.DECIDED), None)

    @cached_property
    def second_look(self) -> Decision | None:
        """The look at a plan that its worker agreed alone; None where it was not picked."""
        return next((one for one in self._decisions if one.kind == Decision.Kind.SECOND_LOOK), None)

    @property
    def _sign_offs(self) -> list[Decision]:
        return [one for one in self._decisions if one.kind == Decision.Kind.SIGN_OFF]

    @cached_property
    def _decisions(self) -> list[Decision]:
        asked = self.plan.decisions.filter(kind__in=[Decision.Kind.SIGN_OFF, Decision.Kind.SECOND_LOOK])
        return list(asked.select_related("decided_by", "asked_by").order_by("-id"))

    def route_for(self, user: User) -> sign_off.Route:
        """Where the plan would go if ``user`` handed it in now."""
        used = Used(self.on)
        return sign_off.route(
            delegation.delegation(used),
            mitigation.bands(used),
            pence_per_week=self.value.cost.pence_per_week,
            risks=self.value.risks,
            called_by=self.plan.panel_called_by,
            own_limit_pence_per_week=authority(user, self.on).own_limit_pence_per_week,
        )


def care_act_outcomes(kind: str, on: date) -> Mapping[str, str]:
    """The outcomes that a plan's can serve, by code, under the eligibility rules of the day."""
    rule = eligibility.rules(kind, on)
    return {one.code: one.text for one in rule.outcomes} if isinstance(rule, OutcomeRule) else {}


def conditions_shown(decision: Decision) -> list[tuple[str, bool, str, bool]]:
    """The answers to the conditions of a direct payment: what was asked, yes or no, why, is it verified."""
    answers = decision.content.get("answers")
    if not answers:
        return []
    asked = direct_payment.conditions(Used(decision.asked_on), decision.content["held_by"]).asked
    return [(one.asks, *answers[one.id], one.verified) for one in asked if one.id in answers]
