"""What the names in a form's expressions stand for, as far as the form was read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wherewithal.core.questions import Question
from wherewithal.formats.xlsform.remark import NotCarried


@dataclass
class Names:
    """Questions by their name in the form; ``never`` are those that are never asked, ``gone`` those that were
    left out, ``later`` every name that the form has.
    """

    later: frozenset[str] = frozenset()
    known: dict[str, Question] = field(default_factory=dict)
    never: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)

    def question(self, name: str) -> Question | None:
        """The question, None where it is never asked. Raises NotCarried for one that is not there."""
        if name in self.known:
            return self.known[name]
        if name in self.never:
            return None
        if name in self.gone:
            raise NotCarried(f"it looks at “{name}”, which could not come along")
        if name in self.later:
            raise NotCarried(f"it looks at “{name}”, which comes after it or takes no answer")
        raise NotCarried(f"it looks at “{name}”, which the form does not have")


@dataclass(frozen=True)
class Around:
    """Where an expression stands: the ``names`` before it, the question ``itself`` ('' name, with its name in
    the form) in a constraint, and the cells of a choice in a choice filter.
    """

    names: Names
    itself: tuple[str, Question] | None = None
    columns: Mapping[str, str] | None = None

    def question(self, name: str) -> Question | None:
        """The question that a reference means. Raises NotCarried."""
        if self.itself is not None and name in ("", self.itself[0]):
            return self.itself[1]
        if name == "":
            raise NotCarried("“.” is the answer itself, which is not known here")
        return self.names.question(name)

    def column(self, name: str) -> str:
        """What the choice has in a column, '' for nothing. Raises NotCarried outside a choice filter."""
        if self.columns is None:
            raise NotCarried(f"“{name}” is no question, text or number")
        return self.columns.get(name, "")
