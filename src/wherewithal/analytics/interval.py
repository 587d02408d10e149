"""How sure a share is: its standard error with weights, Wilson's interval, and the tail of chi-square."""

import math

# The point of the normal curve beyond which 2.5% lie on either side.
Z_95 = 1.959963984540054


def standard_error(
    replies: int, weight: float, squares: float, weight_of_part: float, squares_of_part: float
) -> float:
    """Of a weighted share, by Taylor's linearisation, with replacement.

    ``weight`` and ``squares`` are the sums of the base's weights and of their squares, the others those of
    who said so. 0.0 for a single reply, of which nothing is known. Source: Wolter, Introduction to Variance
    Estimation, 2007, chapter 6.
    """
    if replies < 2 or not weight:
        return 0.0
    share = weight_of_part / weight
    spread = (1 - share) ** 2 * squares_of_part + share**2 * (squares - squares_of_part)
    return math.sqrt(replies / (replies - 1) * spread) / weight


def wilson(count: int, base: int, field: int | None = None) -> tuple[float, float]:
    """The 95% interval of ``count`` of ``base`` in a probability sample, as shares from 0 to 1.

    From a ``field`` of known size the sample is worth (field - 1) / (field - base) times its own; all of a
    field is exact. Source: Wilson, JASA 22, 1927; Cochran, Sampling Techniques, 1977.
    """
    share = count / base
    if field is not None and base >= field:
        return share, share
    size = base if field is None else base * (field - 1) / (field - base)
    z2 = Z_95**2 / size
    middle = (share + z2 / 2) / (1 + z2)
    half = Z_95 / (1 + z2) * math.sqrt(share * (1 - share) / size + z2 / (4 * size))
    return max(0.0, middle - half), min(1.0, middle + half)


def chi_square_tail(value: float, freedom: int) -> float:
    """How often chance alone gives ``value`` or more, with so many degrees of freedom.

    By the series of the lower incomplete gamma function; good to 1e-10 for what a survey's tables give.
    """
    if value <= 0 or freedom < 1:
        return 1.0
    shape, at = freedom / 2, value / 2
    term = total = 1 / shape
    step = shape
    while term > total * 1e-16:
        step += 1
        term *= at / step
        total += term
    return max(0.0, 1 - total * math.exp(-at + shape * math.log(at) - math.lgamma(shape)))
