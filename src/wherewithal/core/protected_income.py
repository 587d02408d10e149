"""What a person must be left with: the minimum income guarantee, or in 2010-11 the basic level plus 25%."""

from fractions import Fraction

from wherewithal.core.charging_rules import Reading
from wherewithal.core.means import Means
from wherewithal.core.money import half_up
from wherewithal.core.pension_age import AgeGroup, age_group

_SINGLE = {
    "18_to_24": "protected_single_18_to_24",
    "25_to_pension_age": "protected_single_25_to_pension_age",
    "pension_age": "protected_single_pension_age",
}


def protected_pence_per_week(reading: Reading, means: Means) -> int:
    """What must be left each week, pence, with a line (below 0) for each part.

    Reg 7 of SI 2014/2672: an amount by age and household, one for each child, and premiums; a council may
    leave more. Where the rules have a ``buffer_percent`` it is added to the sum, rounded half up.
    """
    group = age_group(means.born_on, reading.used.on, reading.value("pension_age"))
    total = 0
    for name, times in _parts(means, group):
        amount = reading.value(name) * times
        answer = f"{times} children" if name == "protected_child" and times > 1 else ""
        reading.line(reading.title(name), -amount, name, answer=answer)
        total += amount
    if "buffer_percent" in reading.rules.parameters:
        percent = reading.value("buffer_percent")
        buffer = half_up(Fraction(total * percent, 100))
        reading.line(reading.title("buffer_percent"), -buffer, "buffer_percent", answer=f"{percent}%")
        total += buffer
    more = reading.value("protected_addition")
    if more:
        reading.line(reading.title("protected_addition"), -more, "protected_addition")
    return int(total + more)


def _parts(means: Means, group: AgeGroup) -> list[tuple[str, int]]:
    """The parameters that make up the protected income, each with how many times it counts."""
    couple = means.household == "couple"
    parts = [(_basic(means, group), 1)]
    if means.dependent_children:
        parts.append(("protected_child", means.dependent_children))
    who = "couple" if couple else "single"
    if means.disability_premium:
        parts.append((f"disability_premium_{who}", 1))
    if means.enhanced_disability_premium:
        parts.append((f"enhanced_disability_premium_{who}", 1))
    if means.carer_premium:
        parts.append(("carer_premium", 1))
    return parts


def _basic(means: Means, group: AgeGroup) -> str:
    """The parameter of the basic amount.

    Reg 7(3) gives a lone parent one amount at any age from 18; at pension age, where the single person's is
    higher, that one is left, as a council always may.
    """
    if means.household == "couple":
        older = group == "pension_age" or means.partner_at_pension_age
        return "protected_couple_pension_age" if older else "protected_couple_18_to_pension_age"
    if means.household == "lone_parent" and group != "pension_age":
        return "protected_lone_parent"
    return _SINGLE[group]
