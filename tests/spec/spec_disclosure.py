"""Reference: how small counts are kept from telling on anybody."""

from spec.tables import Page, Table
from wherewithal.analytics import disclosure
from wherewithal.analytics.otherwise import Sum
from wherewithal.policy.disclosure import rule


def shown(id, count):
    found = disclosure.protect({"count": count}, (), rule(id))["count"]
    return "[c]" if found.value is None else found.value


def table(id, *parts):
    cells = {str(number): part for number, part in enumerate(parts)} | {"total": sum(parts)}
    sums = [Sum("total", tuple(str(number) for number in range(len(parts))))]
    kept = disclosure.protect(cells, sums, rule(id))
    return tuple("[c]" if one.value is None else one.value for one in kept.values())


def shared(id, women, men, young, old):
    cells = {"women": women, "men": men, "young": young, "old": old, "all": women + men}
    sums = [Sum("all", ("women", "men")), Sum("all", ("young", "old"))]
    kept = disclosure.protect(cells, sums, rule(id))
    return tuple("[c]" if one.value is None else one.value for one in kept.values())


def estimate(id, count):
    return disclosure.as_shown(count, rule(id), estimate=True).value


def second_look(count, base):
    return disclosure.wants_a_second_look(count, base, rule("councils"))


def crossed(*dimensions):
    return disclosure.may_cross(dimensions, rule("councils"))


PAGE = Page(
    slug="disclosure",
    title="Disclosure control",
    says=(
        "A rule has a name, a version and a source, and stands in `policy/disclosure/`. Suppressed is a "
        "status "
        "(`[c]`), never a number: 0 means none. Totals are counted before anything goes."
    ),
    tables=(
        Table(
            title="One count",
            says="What stands for a count by each rule. Halves round up.",
            given=("rule", "count"),
            then=("shown",),
            rows=(
                ("threshold-10", 0, 0),
                ("threshold-10", 9, "[c]"),
                ("threshold-10", 10, 10),
                ("nhsd-ascof-legacy", 4, "[c]"),
                ("nhsd-ascof-legacy", 5, 5),
                ("opensafely", 7, 0),
                ("opensafely", 8, 10),
                ("opensafely", 12, 10),
                ("opensafely", 13, 15),
                ("ascs-2024-25", 2, 0),
                ("ascs-2024-25", 3, 5),
                ("ascs-2024-25", 62, 60),
                ("councils", 1, 1),
                ("councils", 57, 57),
            ),
            run=shown,
        ),
        Table(
            title="Estimated totals",
            says="The Adult Social Care Survey rounds what it estimates for the country to 10.",
            given=("rule", "estimate"),
            then=("shown",),
            rows=(("ascs-2024-25", 1234, 1230), ("ascs-2024-25", 1235, 1240)),
            run=estimate,
        ),
        Table(
            title="Parts and their total",
            says=(
                "One suppressed part would follow from the total, so the next smallest goes too; likewise "
                "while what is suppressed adds to less than the threshold. Where nothing else is left, the "
                "total goes."
            ),
            given=("rule", "part", "part", "part"),
            then=("part", "part", "part", "total"),
            rows=(
                ("threshold-10", 3, 40, 60, "[c]", "[c]", 60, 103),
                ("threshold-10", 3, 4, 60, "[c]", "[c]", "[c]", 67),
                ("threshold-10", 6, 7, 60, "[c]", "[c]", 60, 73),
                ("threshold-10", 3, 0, 0, "[c]", 0, 0, "[c]"),
                ("threshold-10", 20, 40, 60, 20, 40, 60, 120),
                ("nhsd-ascof-legacy", 1, 2, 60, "[c]", "[c]", "[c]", 63),
            ),
            run=table,
        ),
        Table(
            title="Tables of the same people",
            says="A cell is suppressed until another world has another number there: all that is shown, and "
            "every sum, as it is. So much more goes, the smallest first, as such a world needs.",
            given=("rule", "women", "men", "young", "old"),
            then=("women", "men", "young", "old", "all"),
            rows=(
                ("threshold-10", 51, 9, 20, 40, "[c]", "[c]", 20, 40, 60),
                ("threshold-10", 51, 9, 4, 56, "[c]", "[c]", "[c]", "[c]", 60),
            ),
            run=shared,
        ),
        Table(
            title="Councils as respondents: what a second person looks at",
            says="A thing that one or two councils said, or all but one or two. National counts stay exact.",
            given=("said so", "of"),
            then=("second look",),
            rows=(
                (0, 58, False),
                (1, 58, True),
                (2, 58, True),
                (3, 58, False),
                (56, 58, True),
                (57, 58, True),
                (58, 58, False),
            ),
            run=second_look,
        ),
        Table(
            title="Councils as respondents: which tables are not made",
            says="A region and a type together name a council.",
            given=("by", "and by"),
            then=("may be made",),
            rows=(("region", "answer", True), ("region", "type", False), ("type", "region", False)),
            run=crossed,
        ),
    ),
)
