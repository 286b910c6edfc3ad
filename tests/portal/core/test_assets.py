"""What the built styles, scripts and typeface weigh and hold; the browser tests weigh whole pages."""

import re
from pathlib import Path

import brotli
import pytest

BUILD = Path(__file__).resolve().parents[3] / "site" / "portal" / "static" / "build"
FIRST_VISIT = ["portal.css", "start.js", "mark.svg"]
TYPEFACE = "fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2"


@pytest.fixture(scope="module")
def build():
    if not (BUILD / "portal.css").exists():
        pytest.skip("the site's styles are not built: run make assets")
    return BUILD


@pytest.fixture(scope="module")
def styles(build):
    return (build / "portal.css").read_text()


def packed(path):
    return len(brotli.compress(path.read_bytes()))


def test_a_first_visit_leaves_half_of_its_allowance_to_the_page(build):
    weight = sum(packed(build / name) for name in FIRST_VISIT) + (build / TYPEFACE).stat().st_size
    assert weight <= 60_000


def test_the_form_script_adds_little(build):
    assert packed(build / "forms.js") <= 15_000


def test_nothing_comes_from_elsewhere(styles):
    assert not re.findall(r"url\([\"']?(?:https?:)?//", styles)
    for address in re.findall(r"url\([\"']?([^\"')]+)", styles):
        assert (BUILD / address).exists(), address


def test_nobody_takes_it_for_another_government(styles):
    assert "GDS Transport" not in styles
    assert "crown" not in styles.lower()


@pytest.mark.parametrize(
    "scheme", ["prefers-color-scheme", "forced-colors", "prefers-reduced-motion", "print"]
)
def test_every_way_of_seeing_is_provided_for(styles, scheme):
    assert scheme in styles


def test_the_form_script_starts_components_and_exports_nothing(build):
    script = (build / "forms.js").read_text()
    assert "createAll(ErrorSummary)" in script
    assert "createAll(CharacterCount)" in script
    assert not re.search(r"\bexport\s*\{", script)
