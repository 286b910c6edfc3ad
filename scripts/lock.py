"""Compiles the locks.

Requirements*.txt with hashes for all platforms, package-lock.json without addresses.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UV = Path(sys.executable).parent / "uv"
# The order matters: the development lock takes the running lock's versions.
LOCKS = {
    "requirements.in": [],
    "requirements-dev.in": ["--constraint", "requirements.txt"],
    "requirements-build.in": ["--constraint", "requirements.txt", "--constraint", "requirements-dev.txt"],
    "requirements-node.in": [],
    "requirements-uv.in": [],
}


def compile_lock(source: str, extra: list[str]) -> None:
    target = str(Path(source).with_suffix(".txt"))
    command = [str(UV), "pip", "compile", "--quiet", "--generate-hashes", "--universal", "--no-annotate"]
    command += ["--no-emit-index-url", "--no-emit-find-links", "--python-version", "3.11"]
    command += ["--custom-compile-command", "make lock", *extra, source, "--output-file", target]
    subprocess.run(command, cwd=ROOT, check=True)


def main() -> int:
    for source, extra in LOCKS.items():
        print(f"Locking {source} …", flush=True)
        compile_lock(source, extra)
    print("Locking package.json …", flush=True)
    npm = ["npm", "install", "--package-lock-only", "--ignore-scripts", "--omit-lockfile-registry-resolved"]
    subprocess.run(npm, cwd=ROOT, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
