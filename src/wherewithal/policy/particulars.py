"""The codes of the particulars in words: purchases, ways to hold money, reviews, offers, outcomes."""

from functools import cache

from wherewithal.policy import table

HELD = {
    "direct_payment": "direct payment",
    "council_managed": "managed by the council",
    "individual_service_fund": "individual service fund",
    "commissioned": "commissioned without a budget",
    "in_house": "run by the council",
}
REVIEWED = {"plan": "Plan reviewed", "direct_payment": "Direct payment reviewed"}
DUE = {"plan": "Review of the plan due", "direct_payment": "Review of the direct payment due"}
CHANCES = {"assessment": "Assessed as eligible", "review": "Reviewed"}
OFFERS = {
    "accepted": "offered and accepted",
    "declined": "offered and declined",
    "later": "offered, and time asked for",
    "not_answered": "offered, not answered yet",
    "no_offer": "no offer on record",
}


def word(of: str, code: str | None) -> str:
    """One code in words; the code itself where no list of today has it, since records outlive lists.

    ``of``: ``bought``, ``held``, ``reviewed``, ``due``, ``chance``, ``offer`` or ``serves`` (``adult:a``,
    ``carer:leisure``).
    """
    return _words()[of].get(code, code) if code else "not said"


@cache
def _words() -> dict[str, dict[str, str]]:
    kinds = table("national/direct-payments")["purchase_kinds"]["values"]
    return {
        "bought": {row["id"]: row["title"] for dated in kinds for row in dated["value"]},
        "held": HELD,
        "reviewed": REVIEWED,
        "due": DUE,
        "chance": CHANCES,
        "offer": OFFERS,
        "serves": {
            f"{rule['kind']}:{row['code']}": row["text"]
            for rule in table("national/eligibility")["rules"]
            for row in rule.get("outcomes", ())
        },
    }
