"""Who lives with a made-up person, who helps them unpaid, and what the questionnaires' answers then are."""

from dataclasses import dataclass
from random import Random

from wherewithal.core.questions import Answer
from wherewithal.simulate import names

# Who they live with: the answer of the questionnaire, the relation of regulation 3, how often of a hundred.
LIVING = (
    ("", "", 44), ("partner", "spouse", 27), ("parents", "parent", 13), ("grown_children", "child", 9),
    ("family", "sibling", 5), ("others", "", 2),
)  # fmt: skip
SHARES = (("some", 50), ("a_lot", 35), ("most", 15))
GOES_ON = (("yes", 72), ("less", 20), ("no", 4), ("unknown", 4))


@dataclass(frozen=True)
class Household:
    """``lives_with`` is '' for somebody who lives alone; ``member`` then is nobody. ``relation`` is a code of
    the policy on relatives, '' for one that it does not list.
    """

    lives_with: str
    relation: str
    member: str


def household(rng: Random, family: str) -> Household:
    lives_with, relation, _ = rng.choices(LIVING, [often for *_, often in LIVING])[0]
    given, other = names.name(rng)
    return Household(lives_with, relation, f"{given} {family if relation else other}" if lives_with else "")


def adult_facts(rng: Random, living: Household, helped: bool) -> dict[str, Answer]:
    """Answers about home and unpaid help. ``helped``: an unpaid carer of theirs is on record for certain."""
    facts: dict[str, Answer] = {
        "filled_by": rng.choice(("me", "helped", "other")),
        "filled_by_name": " ".join(names.name(rng)),
        "lives_alone": "no" if living.lives_with else "yes",
        "lives_with": [living.lives_with],
        "home_kind": rng.choice(("own", "own", "rented", "rented", "supported")),
        "has_children": rng.choices(("yes", "no"), (7, 93))[0],
        "helped": "yes" if helped or rng.random() < 0.42 else "no",
        "helped_by": [rng.choice(("partner", "parents", "children", "family", "friends"))],
        "helped_hours": rng.choice((4, 6, 8, 10, 14, 20, 28, 35, 50)),
        "helped_asked": "yes" if helped else rng.choice(("no", "had", "unknown")),
        "varies": rng.choice(("yes", "no", "no")),
    }
    return facts | {
        "helped_share": _weighted(rng, SHARES),
        "helped_willing": _weighted(rng, GOES_ON),
        "helped_able": _weighted(rng, GOES_ON),
    }


def carer_facts(rng: Random, living: Household) -> dict[str, Answer]:
    """Answers about the care they give."""
    return {
        "cares_for": [rng.choice(("partner", "parent", "child", "family", "friend"))],
        "lives_together": "yes" if living.lives_with else "no",
        "caring_hours": rng.choice((10, 15, 20, 28, 35, 50, 70, 100)),
        "has_children": rng.choices(("yes", "no"), (12, 88))[0],
        "cares_for_others": rng.choices(("yes", "no"), (9, 91))[0],
        "emergency": rng.choice(("yes", "no")),
        "willing": _weighted(rng, (("yes", 70), ("less", 25), ("unsure", 5))),
    }


def _weighted(rng: Random, choices: tuple[tuple[str, int], ...]) -> str:
    return rng.choices([choice for choice, _ in choices], [often for _, often in choices])[0]
