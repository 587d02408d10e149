"""What a council and its teams are called."""

import re

from wherewithal.core.refusal import Refusal

# LA_Code in Client Level Data: three digits today, longer in the codes of the Office for National Statistics.
CODE = re.compile(r"[A-Za-z0-9]{3,12}")


class NotACouncil(Refusal):
    """A council without a name, a code or an address to write to."""


class NoTeamName(Refusal):
    """A team without a name."""


def check_council(name: str, code: str, administrator: str) -> None:
    """Raises NotACouncil, saying what to give."""
    if not name or not administrator:
        raise NotACouncil("Give the council’s name and the name of its first administrator.")
    if not CODE.fullmatch(code):
        raise NotACouncil(
            f"“{code}” is no council’s code. Give the one that its Client Level Data has as LA_Code: three "
            "to twelve letters and digits."
        )


def team_name(written: str) -> str:
    """The name without space around it. Raises NoTeamName for nothing."""
    name = written.strip()
    if not name:
        raise NoTeamName("A team needs a name, such as North.", field="name")
    return name
