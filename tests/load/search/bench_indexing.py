"""Analysis at the size: comments a second on one core, and memory that does not grow with their number."""

import pytest

from portal.search import finnish

from . import child

pytestmark = [pytest.mark.real_data, pytest.mark.timeout(1800)]
FEW, MANY = 10_000, 100_000
BARS = {"stems": 1_000, "voikko": 400}
NAMES = {"stems": "Snowball", "voikko": "Voikko"}


@pytest.mark.parametrize("way", BARS)
def test_analysis(figure, way):
    if way == "voikko" and not finnish.has_voikko():
        pytest.skip("Voikko is not installed")
    few, many = child.measured("analyse", way, FEW), child.measured("analyse", way, MANY)
    rate = many["done"] / many["processor"]
    figure(
        f"Analysis of {MANY:,} comments, one core, {NAMES[way]}",
        f"{rate:,.0f} a second",
        f"≥ {BARS[way]:,}",
        rate >= BARS[way],
        f"{few['done'] / few['processor']:,.0f} at {FEW:,}",
    )
    figure(
        f"… peak memory of the process, {NAMES[way]}",
        f"{many['megabytes']:.0f} MB",
        "< 100 MB more",
        many["megabytes"] - few["megabytes"] < 100,
        f"{few['megabytes']:.0f} MB at {FEW:,}",
    )
