"""Makes what the project runs in, from locks: Python and npm packages, styles, compiled catalogues.

Runs before anything is installed, so it uses the standard library alone. Every step leaves a stamp with
the hash of what it was made from, and is passed over while the stamp is true.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MINIMUM_PYTHON = (3, 11)
MINIMUM_NODE = 20
# Packages, npm packages and the demo's own files, with room to unpack them.
FRESH_MEGABYTES = 2_000
RUNNING_MEGABYTES = 100
OFFLINE_HINT = "is the package index reachable from here?"


class CannotRun(Exception):
    """Something outside the project is missing; the message is the one sentence a person reads."""


def require_python() -> None:
    if sys.version_info < MINIMUM_PYTHON:
        has, needs = ".".join(map(str, sys.version_info[:3])), ".".join(map(str, MINIMUM_PYTHON))
        raise CannotRun(f"Python {has} is too old: {needs} or newer is needed (PYTHON=python{needs} make …).")


def require_space(folder: Path = ROOT) -> None:
    wanted = RUNNING_MEGABYTES if PYTHON.exists() else FRESH_MEGABYTES
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < wanted:
        raise CannotRun(f"The disk is full: {free} MB are free in {folder}, {wanted} MB are needed.")


def run(command: list, what: str, *, quiet: bool = True, environment: dict | None = None) -> None:
    """Runs one step; its output is shown only when it fails."""
    result = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=environment or dict(os.environ),
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
        check=False,
    )
    if result.returncode == 0:
        return
    output = result.stdout or ""
    if "No space left on device" in output or "ENOSPC" in output:
        raise CannotRun(f"The disk is full: {what} could not be finished.")
    if result.returncode < 0:
        raise CannotRun(f"{what} was ended from outside, by signal {-result.returncode}.")
    print(output, file=sys.stderr)
    raise CannotRun(f"{what} failed (the lines above say why).")


def fingerprint(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def is_current(stamp: Path, sources: Iterable[Path]) -> bool:
    return stamp.exists() and stamp.read_text() == fingerprint(sources)


def set_stamp(stamp: Path, sources: Iterable[Path]) -> None:
    stamp.write_text(fingerprint(sources))


def make_venv() -> None:
    if PYTHON.exists():
        return
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise CannotRun(
            "Python's venv module is missing (on Debian and Ubuntu: apt install python3-venv)."
        ) from None
    run([sys.executable, "-m", "venv", VENV], "Making the Python environment")


def _install(lock: str, what: str) -> None:
    """With uv, fetched from the package index into the environment; with pip where uv cannot be had."""
    uv = VENV / "bin" / "uv"
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    if not uv.exists():
        fetch = [*map(str, pip), "--requirement", "requirements-uv.txt"]
        fetched = subprocess.run(fetch, cwd=ROOT, capture_output=True, check=False).returncode == 0
        if not fetched:
            print("uv could not be fetched: installing with pip, which takes longer.", flush=True)
    if uv.exists():
        command = [uv, "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes"]
        run([*command, "--requirement", lock], f"{what} ({OFFLINE_HINT})")
    else:
        run([*pip, "--requirement", lock], f"{what} ({OFFLINE_HINT})")


def install_python(*, development: bool) -> None:
    """The development lock holds the running one, so either stamp will do for running."""
    make_venv()
    running, all_of_it = ROOT / "requirements.txt", ROOT / "requirements-dev.txt"
    stamps = {lock: VENV / f".installed-{lock.stem}" for lock in (running, all_of_it)}
    if is_current(stamps[all_of_it], [all_of_it, running]):
        return
    if not development and is_current(stamps[running], [running]):
        return
    print("Installing Python packages …", flush=True)
    lock = all_of_it if development else running
    _install(lock.name, "Installing Python packages")
    set_stamp(stamps[lock], [all_of_it, running] if development else [running])


def _node_version(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    digits = answer.strip().lstrip("v").split(".")[0]
    return int(digits) if digits.isdigit() else 0


def node_path() -> str:
    """PATH with a Node new enough in front: the system's, else the one that PyPI carries as a wheel."""
    path = os.environ.get("PATH", "")
    node = shutil.which("node")
    if node and shutil.which("npm") and _node_version(node) >= MINIMUM_NODE:
        return path
    if not (VENV / "bin" / "npm").exists():
        print("No Node 20 or newer with npm here: fetching one from the Python package index …", flush=True)
        try:
            _install("requirements-node.txt", "Fetching Node")
        except CannotRun as error:
            message = f"npm is missing, and Node could not be fetched as a Python package: {OFFLINE_HINT}"
            raise CannotRun(message) from error
    return f"{VENV / 'bin'}{os.pathsep}{path}"


def build_assets() -> None:
    built = ROOT / "site" / "portal" / "static" / "build" / ".built"
    modules = ROOT / "node_modules" / ".installed"
    lock = [ROOT / "package.json", ROOT / "package-lock.json"]
    styles = [path for path in (ROOT / "site" / "portal" / "static_src").rglob("*") if path.is_file()]
    sources = [*lock, ROOT / "scripts" / "assets.mjs", *styles]
    if is_current(built, sources) and is_current(modules, lock):
        return
    environment = os.environ | {"PATH": node_path()}
    if not is_current(modules, lock):
        print("Installing npm packages …", flush=True)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        run(command, f"npm ci ({OFFLINE_HINT})", environment=environment)
        set_stamp(modules, lock)
    print("Building styles and scripts …", flush=True)
    run(["npm", "run", "--silent", "assets"], "Building styles and scripts", environment=environment)
    set_stamp(built, sources)


def compile_catalogues() -> None:
    stamp = VENV / ".compiled-catalogues"
    sources = sorted((ROOT / "locale").glob("**/LC_MESSAGES/*.po"))
    compiled = [path.with_suffix(".mo") for path in sources]
    if is_current(stamp, sources) and all(path.exists() for path in compiled):
        return
    run([PYTHON, "-m", "scripts.compile_messages"], "Compiling translations")
    set_stamp(stamp, sources)


def prepare(*, development: bool = False) -> None:
    """Everything that code needs to run; with `development` also what tests and checks need."""
    require_python()
    require_space()
    try:
        install_python(development=development)
        build_assets()
        compile_catalogues()
    except OSError as error:
        if error.errno == 28:
            raise CannotRun("The disk is full: the environment could not be finished.") from error
        raise


def main() -> int:
    """python3 -m scripts.environment [--development]"""
    try:
        prepare(development="--development" in sys.argv[1:])
    except CannotRun as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
