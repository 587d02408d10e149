"""The account that the council pays from, on a day: read from ``local/bank.toml``."""

from wherewithal.core.bank import BankAccount
from wherewithal.core.policy import Used
from wherewithal.policy import parameters

FILE = "local/bank"


def paying_account(used: Used) -> BankAccount:
    """The account in force on ``used.on``, remembered in ``used``. Raises NoPolicy, NotBankDetails."""
    value = used.value(parameters(FILE), "paying_account")
    return BankAccount(value["name"], value["sort_code"], value["number"])
