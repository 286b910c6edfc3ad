"""Installs the programs the suite drives, when root on Debian or Ubuntu; elsewhere it uses what it finds.

Standard library only.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from scripts import elasticsearch, services

PACKAGES = ["chromium", "gettext", "maven", "postgresql", "redis-server", "libvoikko1", "voikko-fi"]
JDK_PACKAGE = re.compile(r"^openjdk-(\d+)-jdk-headless\b", re.MULTILINE)
TIMEOUT_SECONDS = 900


def is_installed(package: str) -> bool:
    query = ["dpkg-query", "--show", "--showformat=${db:Status-Status}", package]
    return subprocess.run(query, capture_output=True, text=True, check=False).stdout == "installed"


def has_jdk() -> bool:
    try:
        elasticsearch.java_home()
    except services.ServiceMissing:
        return False
    return True


def newest_jdk_package() -> str | None:
    """The newest that is packaged, if Elasticsearch runs on it: Debian 12 has 17 alone."""
    search = ["apt-cache", "search", "--names-only", "^openjdk-[0-9]+-jdk-headless$"]
    found = subprocess.run(search, capture_output=True, text=True, check=False).stdout
    newest = max(map(int, JDK_PACKAGE.findall(found)), default=0)
    return f"openjdk-{newest}-jdk-headless" if newest >= elasticsearch.MINIMUM_JAVA else None


def has_package_lists() -> bool:
    return any(Path("/var/lib/apt/lists").glob("*_Packages*"))


def run_apt(*arguments: str) -> bool:
    command = ["apt-get", *arguments]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    result = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=TIMEOUT_SECONDS
    )
    if result.returncode != 0:
        print(result.stdout[-2000:], result.stderr[-2000:], sep="\n", file=sys.stderr)
        print(f"{' '.join(command[:2])} failed: the suite goes on with what is there.", file=sys.stderr)
    return result.returncode == 0


def main() -> int:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return 0
    missing = [package for package in PACKAGES if not is_installed(package)]
    # A JDK alone that no list of packages names is not looked for again each time.
    if not missing and (has_jdk() or (has_package_lists() and newest_jdk_package() is None)):
        return 0
    if not run_apt("update"):
        return 0
    if not has_jdk():
        jdk = newest_jdk_package()
        if jdk is None:
            print(
                f"No JDK of version {elasticsearch.MINIMUM_JAVA} or newer is packaged for this system: "
                "the tests with Elasticsearch need one (JAVA_HOME names it).",
                file=sys.stderr,
            )
        missing += [jdk] if jdk else []
    if missing:
        print(f"Installing {', '.join(missing)} …", flush=True)
        run_apt("install", "--yes", "--no-install-recommends", *missing)
    return 0


if __name__ == "__main__":
    sys.exit(main())
