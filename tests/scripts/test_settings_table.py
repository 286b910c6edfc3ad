"""docs/settings.md says every variable that is read, and no other."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(r"""(?:\benv(?:\.\w+)?\(|environ(?:\.get\(|\.setdefault\(|\[))\s*["']([A-Z][A-Z_]+)["']""")
IN_MAKEFILE = re.compile(r"\$\(([A-Z]+)\)")
# The shell's and the tools' own, not ours to explain.
NOT_OURS = {"PATH", "TMPDIR", "DJANGO_ALLOW_ASYNC_UNSAFE", "VENV_PYTHON", "OMP_NUM_THREADS", "BENCH_BYTES"}


def variables_read() -> set[str]:
    found = set()
    for top in ("site", "participation", "scripts", "tests", "manage.py"):
        path = ROOT / top
        for file in [path] if path.is_file() else path.rglob("*.py"):
            found |= set(READ.findall(file.read_text(encoding="utf-8")))
    found |= {name for name in IN_MAKEFILE.findall((ROOT / "Makefile").read_text()) if name != "MAKE"}
    return found - NOT_OURS


def test_the_table_is_what_the_code_reads():
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `([A-Z_]+)` \|", text, re.MULTILINE)
    assert sorted(told) == sorted(variables_read())


def test_what_compose_sets_is_in_the_table():
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    compose = (ROOT / "docker" / "compose.yaml").read_text(encoding="utf-8")
    block = compose[compose.index("&environment") : compose.index("depends_on: &depends_on")]
    names = re.findall(r"^    ([A-Z_]+):", block, re.MULTILINE)
    assert names
    assert [name for name in names if f"`{name}`" not in text] == []


def test_numbers_in_the_table_are_those_of_the_code():
    files = [ROOT / f"site/portal/settings/{name}.py" for name in ("base", "limits")]
    code = "".join(file.read_text(encoding="utf-8") for file in files)
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    defaults = re.findall(r'env\.int\("([A-Z_]+)", default=([\d_]+)\)', code)
    assert defaults
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| (\w+) \|", text, re.MULTILINE))
    assert {name: rows.get(name) for name, _ in defaults} == {
        name: value.replace("_", "") for name, value in defaults
    }
