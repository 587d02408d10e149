"""Decisions on the web: the list, what there is to decide from, the answer, the software's own no."""

from datetime import date
from decimal import Decimal

import pytest
from assessing import proposed
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from making import at, person, signed_in, team, user
from planning import GROUP, add_line, conditions_met, decide, doing, drafted, handed_in, ready, submitted
from reading_pages import errors, page, words

from wherewithal.actions import allocation, plan_outcome, plan_sign_off, risk
from wherewithal.core.period import written
from wherewithal.core.roles import Role
from wherewithal.policy.eligibility import rules
from wherewithal.records.models import Decision, Plan
from wherewithal.web.clock import today

pytestmark = pytest.mark.django_db
COSTLY = ({**GROUP, "units": Decimal(40)},)  # £768.00 a week
ANSWER = {"outcome": "agreed", "reason": "It says what she wants.", "own_words": "yes", "needs_met": "yes"}


@pytest.fixture(scope="module")
def whole(lasting):
    """Two plans that nothing stands in the way of: at the indicative budget, and far above it."""
    return ready().pk, ready(person("Sam Sample"), lines=COSTLY).pk


@pytest.fixture
def made(whole):
    return Plan.objects.get(pk=whole[0])


@pytest.fixture
def costly(whole):
    return Plan.objects.get(pk=whole[1])


@pytest.fixture
def asked(made):
    return handed_in(made)


@pytest.fixture
def manager(client):
    return signed_in(client, user("Mo Manager", Role.MANAGER, in_team=team()))


def rows(answer) -> list[str]:
    return [words(row) for row in page(answer).xpath("//table/tbody/tr")]


def href(of: Decision, name="decision"):
    return reverse(name, args=[of.pk])


def test_what_waits_longest_stands_first_with_cost_and_what_is_to_be_weighed(manager):
    submitted(moment=at(2026, 4, 9))
    submitted(person("Sam Sample"), moment=at(2026, 4, 7), lines=COSTLY)
    first, second = rows(manager.get(reverse("decisions")))
    assert first.startswith("Sam Sample") and second.startswith("Pat Example")
    assert "£768.00 a week, a manager’s limit is £1,500.00" in first
    assert "£628.80 above the indicative budget" in first


def test_the_list_is_filtered(manager, asked):
    by_me = submitted(person("Sam Sample"), by=user("Mo Manager", Role.MANAGER))
    decide(submitted(person("Kim Example")), user("May Manager", Role.MANAGER))
    listed = {show: rows(manager.get(reverse("decisions"), {"show": show})) for show in ("mine", "asked")}
    assert [row[:11] for row in listed["mine"]] == [asked.person.name[:11]]
    assert [row[:10] for row in listed["asked"]] == [by_me.person.name[:10]]
    decided = rows(manager.get(reverse("decisions"), {"show": "decided"}))
    sign_off = next(row for row in decided if row.startswith("Kim Example: sign-off of a plan"))
    assert sign_off.endswith("Agreed 6 April 2026")


def test_people_of_other_teams_are_not_in_the_list(manager):
    submitted(person("Otto Outside", team=team("South")))
    assert "Nothing waits." in words(page(manager.get(reverse("decisions"))))


def test_the_list_asks_the_same_number_of_questions_however_long_it_is(manager, made):
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            manager.get(reverse("decisions"))
        return len(asked)

    handed_in(made)
    one = count()
    for name in ("Sam Sample", "Kim Example", "Ash Example"):
        submitted(person(name))
    assert count() == one


def test_a_decision_shows_all_that_is_needed_to_decide(manager, made):
    risk.add_risk(plan=made, kind="customer", what="A fall", likelihood=3, impact=4, mitigation="alarm",
                  likelihood_after=2, impact_after=3, **doing())  # fmt: skip
    found = words(page(manager.get(href(plan_sign_off.submit(plan=made, **doing())))))
    for needed in (
        "Agree Pat Example’s plan at £139.20 a week?", "£139.20 a week; the plan costs the same",
        "Direct payment £120.00, Managed by the council £19.20", "Swimming with Sam Sample",
        "12, high", "6, medium",
        "Will the plan work for the person?", "Conditions met", "The light route: fewer questions",
        "The light route, below £200.00 a week, is this council’s policy, not law.",
    ):  # fmt: skip
        assert needed in found


def test_a_decision_shows_each_eligible_need_beside_the_outcomes_that_name_it(manager, made):
    outcome = plan_outcome.add_outcome(plan=made, text="I cook on Sundays.", serves=["a", "f"], **doing())
    add_line(made, outcome=outcome)
    found = page(manager.get(href(plan_sign_off.submit(plan=made, **doing()))))
    needs = found.xpath("//h2[.='The needs that the plan must meet']/following::dl")[0]
    rule = rules("adult", date(2026, 4, 6))
    eats, washes = (one.text for one in rule.outcomes[:2])
    assert words(needs) == f"{eats} I cook on Sundays. {washes} Look No outcome of the plan names this need."
    assert found.xpath("//a[.='The assessment']/@href") == [
        f"{reverse('person_assessment', args=[made.person.ref])}?of={made.assessment_id}"
    ]


def test_who_hands_a_plan_in_sees_the_needs_as_whoever_decides_will(manager, made):
    def needs(answer) -> list[str]:
        return [
            words(one)
            for one in page(answer).xpath("//h2[.='The needs that the plan must meet']/following::dl[1]")
        ]

    wren = signed_in(Client(), user("Wren Worker", Role.PRACTITIONER, in_team=team()))
    shown = needs(wren.get(reverse("plan_submit", args=[made.person.ref]), {"of": made.pk}))
    assert "No outcome of the plan names this need" in shown[0]
    assert shown == needs(manager.get(href(plan_sign_off.submit(plan=made, **doing()))))


def test_the_light_route_asks_fewer_questions(manager, made, costly):
    def asked(of: Decision) -> int:
        return len(page(manager.get(href(of))).xpath("//form//fieldset[.//input[@value='no']]"))

    assert asked(handed_in(made)) == 2
    assert asked(handed_in(costly)) == 6


def test_why_it_differs_is_called_optional_only_where_the_plan_costs_the_indicative_budget(
    manager, asked, costly
):
    same = words(page(manager.get(href(asked))))
    assert "Why does it differ? (optional)" in same
    found = words(page(manager.get(href(handed_in(costly)))))
    assert "Why does it differ? If you agree it: it is £628.80 above the indicative budget" in found


def test_a_budget_of_nothing_is_a_budget_that_a_plan_costs_more_than(manager, asked):
    asked.content |= {"indicative_pence_per_week": 0}
    asked.save()
    assert "£139.20 above the indicative budget" in rows(manager.get(reverse("decisions")))[0]


def test_a_plan_is_agreed(manager, asked):
    answer = manager.post(href(asked, "decision_decide"), {**ANSWER, "final_pence_per_week": "139.20"})
    assert answer.url == href(asked)
    found = words(page(manager.get(href(asked))))
    assert "The decision Agreed" in found and "It says what she wants." in found
    assert Plan.objects.get(person=asked.person).state == "agreed"
    again = page(manager.post(href(asked, "decision_decide"), ANSWER))
    assert errors(again)[0].startswith("This question was decided already.")


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"outcome": ""}, "Answer “What do you decide?”"),
        ({"reason": ""}, "Give your reasons"),
        ({"needs_met": ""}, "Answer “Does the money cover every eligible need"),
        ({"needs_met": "no"}, "You answered no: Does the money cover every eligible need"),
        (
            {"final_pence_per_week": "150"},
            "The final budget is £10.80 a week more than the plan",
        ),
        ({"final_pence_per_week": "100", "why_different": "Less"}, "The final budget would not pay for"),
        ({"outcome": "sent_back", "reason": ""}, "Give your reasons"),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_decided(manager, more, says, asked):
    found = page(manager.post(href(asked, "decision_decide"), {**ANSWER, **more}))
    assert errors(found)[0].startswith(says)
    asked.refresh_from_db()
    assert asked.state == "asked" and "Error: " in found.findtext(".//title")


def test_the_author_is_told_who_could_decide(client):
    author = user("Mona Author", Role.MANAGER)
    asked = submitted(by=author)
    found = page(signed_in(client, author).get(href(asked)))
    assert "You wrote this plan, so you cannot agree it." in words(found)
    assert "somebody else: a manager" in words(found)
    assert not found.xpath("//form[contains(@action, 'decide')]")
    posted = signed_in(client, author).post(href(asked, "decision_decide"), ANSWER)
    assert "You wrote this plan, so you cannot agree it." in words(page(posted))
    assert Decision.objects.get(pk=asked.pk).state == "asked"


def test_a_worker_with_a_limit_of_their_own_decides_at_once(client):
    lee = user("Lee Limit", Role.PRACTITIONER, in_team=team(), own_limit=20000)
    asked = submitted(by=lee)
    assert asked.level == "own"
    browser = signed_in(client, lee)
    assert len(rows(browser.get(reverse("decisions"), {"show": "mine"}))) == 1
    browser.post(href(asked, "decision_decide"), ANSWER)
    asked.refresh_from_db()
    assert asked.outcome == "agreed"


def test_a_plan_that_was_picked_comes_to_the_manager_is_looked_at_and_it_shows(client, manager):
    lee = user("Lee Limit", Role.PRACTITIONER, in_team=team(), own_limit=20000)
    for number in range(1, 6):
        asked = submitted(person(f"Pat{number} Example"), by=lee)
        decide(asked, lee)
    look = Decision.objects.get(kind="second_look")
    assert "agreed by Lee Limit alone" in rows(manager.get(reverse("decisions"), {"show": "mine"}))[0]
    found = words(page(manager.get(href(look))))
    assert "Was it right to agree Pat5 Example’s plan at £139.20 a week?" in found
    assert "One in 5 of the plans that a worker agrees alone" in found
    assert "It says what she wants and who does it." in found and "Swimming with Sam Sample" in found
    no_reason = page(manager.post(href(look, "decision_decide"), {"outcome": "concerns", "reason": ""}))
    assert errors(no_reason) == ["Give your reasons"]
    said = {"outcome": "concerns", "reason": "Nobody steps in when Sam is ill."}
    manager.post(href(look, "decision_decide"), said)
    for address in (href(look), href(asked), reverse("person_plan", args=[look.person.ref])):
        assert "Nobody steps in when Sam is ill." in words(page(manager.get(address)))


def test_the_panel_is_asked_for_dissent_and_not_for_money(client, made):
    plan_sign_off.call_panel(plan=made, called_by="Pat", reason="I go alone", **doing())
    asked = plan_sign_off.submit(plan=made, **doing())
    panel = signed_in(client, user("Parker Panel", Role.PANEL))
    found = page(panel.get(href(asked)))
    names = set(found.xpath("//form//@name"))
    assert "dissent" in names and "final_pence_per_week" not in names
    assert "Why the panel was called: I go alone" in words(found)


@pytest.mark.parametrize(
    ("outcome", "becomes", "shown"),
    [("sent_back", "sent_back", "Sent back"), ("refused", "ended", "Refused")],
)
def test_a_plan_above_every_limit_can_be_turned_down_and_not_agreed(client, outcome, becomes, shown):
    asked = submitted(lines=({**GROUP, "units": Decimal(300)},))  # £5,760.00 a week
    panel = signed_in(client, user("Parker Panel", Role.PANEL))
    found = page(panel.get(href(asked)))
    assert "your limit is £5,000.00" in words(found)
    assert found.xpath("//form//input[@name='outcome']/@value") == ["sent_back", "refused"]
    agreed = page(panel.post(href(asked, "decision_decide"), {"outcome": "agreed", "reason": "It fits."}))
    assert errors(agreed) and Plan.objects.get(pk=asked.plan_id).state == "submitted"
    panel.post(href(asked, "decision_decide"), {"outcome": outcome, "reason": "Ask what costs less."})
    assert Plan.objects.get(pk=asked.plan_id).state == becomes
    said = words(page(panel.get(reverse("person_plan", args=[asked.person.ref]))))
    assert f"{shown} by Parker Panel on {written(today())}: Ask what costs less." in said


def test_a_budget_is_looked_at_again(manager):
    asked = allocation.ask_again(allocation=proposed(), words="I need help at night.", who="Pat", **doing())
    found = page(manager.get(href(asked)))
    assert "Pat says I need help at night." in words(found)
    assert "The indicative budget of 6 April 2026 is £139.20 a week" in words(found)
    manager.post(href(asked, "decision_decide"), {"outcome": "upheld", "reason": "Nights count."})
    asked.refresh_from_db()
    assert asked.outcome == "upheld"
    told = page(manager.post(href(asked, "decision_withdraw"), follow=True))
    assert "decided already" in words(told)


def test_the_conditions_of_a_direct_payment_are_shown_one_by_one(manager):
    decision = conditions_met(drafted())
    found = words(page(manager.get(href(decision))))
    assert "May Pat Example have a direct payment?" in found
    assert "Does the person have capacity to ask for a direct payment? Yes" in found


def test_somebody_elses_decision_stays_closed(manager):
    far = submitted(person("Otto Outside", team=team("South")))
    assert manager.get(href(far)).status_code == 403
    assert manager.post(href(far, "decision_decide"), ANSWER).status_code == 403
