"""UK bank details by their shape: a sort code has 6 digits, an account number 8.

Nothing more is checked. Whether the two belong together (the modulus check) needs the table that Pay.UK
publishes and keeps current; a stale one refuses good accounts, so it is loaded by a council, not kept here.
"""

import re
from dataclasses import dataclass

from wherewithal.core.refusal import Refusal

_SORT_CODE = re.compile(r"[0-9]{6}|[0-9]{2}([ -])[0-9]{2}\1[0-9]{2}", re.ASCII)
_SIX = re.compile(r"[0-9]{6}", re.ASCII)
_EIGHT = re.compile(r"[0-9]{8}", re.ASCII)


class NotBankDetails(Refusal):
    """A sort code or an account number that cannot be one."""


@dataclass(frozen=True)
class BankAccount:
    """An account to pay: ``sort_code`` 6 digits, ``number`` 8 digits. Read from forms by ``bank_account``.

    Raises NotBankDetails when one of the three parts cannot be one.
    """

    name: str
    sort_code: str
    number: str

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise NotBankDetails("Write the name on the account.", field="name")
        if not _SIX.fullmatch(self.sort_code):
            raise _bad_sort_code()
        if not _EIGHT.fullmatch(self.number):
            raise _bad_number()

    @property
    def ending(self) -> str:
        """The last four digits: enough for a person to know their own account, and no more."""
        return self.number[-4:]


def bank_account(name: str, written_sort_code: str, written_number: str) -> BankAccount:
    """The three parts as people write them (``12-34-56``, ``1234 5678``); raises NotBankDetails."""
    return BankAccount(name.strip(), sort_code(written_sort_code), account_number(written_number))


def sort_code(written: str) -> str:
    """Six digits from ``123456``, ``12-34-56`` or ``12 34 56``; raises NotBankDetails."""
    if not _SORT_CODE.fullmatch(written.strip()):
        raise _bad_sort_code()
    return re.sub(r"[ -]", "", written.strip())


def account_number(written: str) -> str:
    """Eight digits, spaces let through; raises NotBankDetails."""
    digits = written.replace(" ", "")
    if not _EIGHT.fullmatch(digits):
        raise _bad_number()
    return digits


def _bad_sort_code() -> NotBankDetails:
    return NotBankDetails("A sort code has 6 digits. Write it like 20-00-00.", field="sort_code")


def _bad_number() -> NotBankDetails:
    return NotBankDetails(
        "An account number has 8 digits. If yours has 7, put a 0 in front of it.", field="number"
    )
