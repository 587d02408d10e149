"""A problem found in a draft: where it is, what is wrong, which rule says so, and whether it stops the plan.

Checks of a draft answer with problems, all at once, so that a page can show each beside what it is about. A
refusal (``core.refusal``) is for one act that may not happen.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """``where`` is ``plan``, or a kind and an id: ``line:3``, ``risk:2``, ``outcome:swim``, ``test:lawful``.

    ``blocks`` is false for what stops nothing but should be seen by whoever decides. ``verified`` is false
    when the rule's source has not been verified, and the page says so.
    """

    where: str
    says: str
    source: str = ""
    blocks: bool = True
    verified: bool = True
