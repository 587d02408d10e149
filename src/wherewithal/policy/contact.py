"""How people reach the council, on a day: read from ``local/contact.toml``."""

from dataclasses import dataclass

from wherewithal.core.policy import Used
from wherewithal.policy import parameters

FILE = "local/contact"


@dataclass(frozen=True)
class Contact:
    """Where a person rings, when somebody answers, and where they write."""

    telephone: str
    hours: str
    email: str

    @property
    def dialled(self) -> str:
        """The telephone as a link dials it: without the spaces that people read it by."""
        return self.telephone.replace(" ", "")


def contact(used: Used) -> Contact:
    """The ways in force on ``used.on``, remembered in ``used``. Raises NoPolicy."""
    telephone, hours, email = (used.value(parameters(FILE), name) for name in ("telephone", "hours", "email"))
    return Contact(telephone, hours, email)
