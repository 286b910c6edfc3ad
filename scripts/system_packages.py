"""Installs the programs the suite drives, when root on Debian or Ubuntu; elsewhere it uses what it finds.

Standard library only.
"""

import os
import shutil
import subprocess
import sys

PACKAGES = ["chromium", "gettext", "postgresql", "redis-server", "libvoikko1", "voikko-fi"]
TIMEOUT_SECONDS = 900


def is_installed(package: str) -> bool:
    query = ["dpkg-query", "--show", "--showformat=${db:Status-Status}", package]
    return subprocess.run(query, capture_output=True, text=True, check=False).stdout == "installed"


def main() -> int:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return 0
    missing = [package for package in PACKAGES if not is_installed(package)]
    if not missing:
        return 0
    print(f"Installing {', '.join(missing)} …", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    for command in (["apt-get", "update"], install):
        result = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=TIMEOUT_SECONDS
        )
        if result.returncode != 0:
            print(result.stdout[-2000:], result.stderr[-2000:], sep="\n", file=sys.stderr)
            print(f"{' '.join(command[:2])} failed: the suite goes on with what is there.", file=sys.stderr)
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
