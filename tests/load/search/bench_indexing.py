"""Analysis at the size: comments a second on one core, and memory that does not grow with their number."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from portal.search import finnish

pytestmark = [pytest.mark.both, pytest.mark.real_data, pytest.mark.timeout(1800)]
ROOT = Path(__file__).resolve().parents[3]
FEW, MANY = 10_000, 100_000
BARS = {"stems": 1_000, "voikko": 400}


def analysed(count, way):
    environment = os.environ | {
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
    }
    command = [sys.executable, "-m", "tests.load.search.analysing", str(count), way]
    found = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return json.loads(found.stdout)


@pytest.mark.parametrize("way", BARS)
def test_analysis(figure, way):
    if way == "voikko" and not finnish.has_voikko():
        pytest.skip("Voikko is not installed")
    few, many = analysed(FEW, way), analysed(MANY, way)
    rate = MANY / many["seconds"]
    name = {"stems": "Snowball", "voikko": "Voikko"}[way]
    figure(
        f"Analysis of {MANY:,} comments, one core, {name}",
        f"{rate:,.0f} a second",
        f"≥ {BARS[way]:,}",
        rate >= BARS[way],
        f"{FEW / few['seconds']:,.0f} at {FEW:,}",
    )
    figure(
        f"… peak memory of the process, {name}",
        f"{many['megabytes']:.0f} MB",
        "< 100 MB more",
        many["megabytes"] - few["megabytes"] < 100,
        f"{few['megabytes']:.0f} MB at {FEW:,}",
    )
