"""The interval of a representation ratio.

Source: Wilson, Probable inference, the law of succession, and statistical inference (JASA 22, 1927);
recommended over the textbook interval by Brown, Cai and DasGupta, Interval estimation for a binomial
proportion (Statistical Science 16, 2001).
"""

from math import sqrt

Z_95 = 1.959963984540054


def wilson(count: int, total: int, z: float = Z_95) -> tuple[float, float]:
    """Wilson's score interval of a share; (0, 1) bounds are kept. ValueError when total is not positive."""
    if total <= 0 or not 0 <= count <= total:
        raise ValueError(f"count {count} of total {total}: need 0 ≤ count ≤ total and total > 0")
    share = count / total
    spread = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    centre = share + z * z / (2 * total)
    scale = 1 + z * z / total
    low = 0.0 if count == 0 else (centre - spread) / scale
    high = 1.0 if count == total else (centre + spread) / scale
    return low, high


def ratio_interval(count: int, total: int, expected: float) -> tuple[float, float]:
    """Interval of share ÷ expected share, the expected share being a register figure without error of its
    own.
    """
    low, high = wilson(count, total)
    return low / expected, high / expected
