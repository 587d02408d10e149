"""What a made-up person has and gets: capital, incomes, costs of disability, by the rules' kinds."""

from datetime import date
from random import Random

from wherewithal.core.means import Assessed, Expense, Household, Income, LightTouch, Means
from wherewithal.core.period import years_old
from wherewithal.policy.charging import expense_kinds, income_kinds
from wherewithal.simulate.persona import Persona

PENSION_AGE = 67  # near enough to choose which incomes somebody has; the rules work out their own
UPPER_LIMIT_PENCE = 2_325_000
# kind, least and most pence a week, how often of a hundred people
OLDER = (
    ("state_pension", 17_500, 23_000, 100), ("pension_credit_guarantee", 1_000, 6_000, 35),
    ("private_pension", 1_500, 14_000, 40), ("attendance_allowance", 7_265, 10_855, 60),
)  # fmt: skip
YOUNGER = (
    ("universal_credit", 9_000, 17_500, 70), ("esa", 9_050, 13_820, 20), ("earnings", 4_000, 16_000, 12),
    ("pip_daily_living", 7_265, 10_855, 75), ("mobility", 2_875, 7_575, 50),
)  # fmt: skip
EXPENSES = (
    ("community_alarm", 480), ("laundry", 420), ("heating_water", 950), ("special_diet", 800),
    ("garden", 700), ("private_care", 2_600),
)  # fmt: skip


def means(persona: Persona, on: date) -> Means:
    """The facts of a financial assessment on a day; the same for the same person whenever they are asked."""
    rng = persona.rng("means")
    assessed, light = _way(persona, rng)
    older = years_old(persona.born_on, on) >= PENSION_AGE
    couple: Household = "couple" if persona.household.lives_with == "partner" else "single"
    return Means(
        born_on=persona.born_on,
        capital_pence=_capital(persona, rng),
        incomes=_incomes(OLDER if older else YOUNGER, on, rng, _plenty(persona)),
        housing_costs_pence_per_week=rng.choice((0, 0, 0, 2_150, 3_400)),
        disability_expenses=_expenses(on, rng),
        household=couple,
        partner_at_pension_age=older and couple == "couple",
        disability_premium=not older and rng.random() < 0.6,
        about="carer" if persona.carer else "adult",
        assessed=assessed,
        light_touch=light,
    )


def _way(persona: Persona, rng: Random) -> tuple[Assessed, LightTouch | None]:
    """Nearly everybody is assessed in full; a few by light touch, a few decline to say what they have."""
    if persona.holds == "own_money":
        return rng.choice(("in_full", "in_full", "self_funder")), None
    drawn = rng.random()
    if drawn < 0.05:
        return "light_touch", LightTouch("benefits_only")
    if drawn < 0.07:
        return "light_touch", LightTouch("small_charge", rng.choice((250, 400, 600)))
    return ("declined", None) if drawn > 0.99 and persona.holds == "commissioned" else ("in_full", None)


def _capital(persona: Persona, rng: Random) -> int:
    if persona.holds == "own_money":
        return UPPER_LIMIT_PENCE + 100 * rng.randrange(500, 90_000)
    return 100 * rng.choices((rng.randrange(0, 9_000), rng.randrange(9_000, 22_000)), (82, 18))[0]


def _plenty(persona: Persona) -> int:
    """Percent. Who would pay the whole of a budget themselves seldom asks for it as a direct payment."""
    return 45 if persona.holds in ("direct_payment", "mixed") else 100


def _incomes(
    among: tuple[tuple[str, int, int, int], ...], on: date, rng: Random, plenty: int
) -> tuple[Income, ...]:
    known = {kind.kind for kind in income_kinds(on)}
    drawn = [
        (kind, rng.randrange(least, least + (most - least) * plenty // 100),
         rng.randrange(100) < (often if often == 100 else often * plenty // 100))
        for kind, least, most, often in among
    ]  # fmt: skip
    return tuple(Income(kind, 5 * (pence // 5)) for kind, pence, has in drawn if has and kind in known)


def _expenses(on: date, rng: Random) -> tuple[Expense, ...]:
    known = {kind.kind for kind in expense_kinds(on)}
    drawn = rng.sample(EXPENSES, k=rng.choice((0, 0, 1, 2, 3)))
    return tuple(Expense(kind, pence) for kind, pence in drawn if kind in known)
