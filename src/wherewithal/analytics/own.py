"""A council's own answers beside the figures of others: whose figures may stand where it reads them."""

from collections.abc import Mapping

from wherewithal.analytics.apart import Group, least_group, may_stand
from wherewithal.policy.disclosure import Rule


def beside(own: str, groups: Mapping[str, Group[str]], rule: Rule) -> tuple[str, ...]:
    """The names of the groups, in their order, whose figures may be shown to ``own``.

    It knows what it answered, and can take that off each group that it is in, and one group off another.
    What is left must be no small group.
    """
    least = least_group(rule)
    shown: dict[str, Group[str]] = {}
    for name, group in groups.items():
        if group and may_stand(shown.values(), group, least, known={own}):
            shown[name] = group
    return tuple(shown)
