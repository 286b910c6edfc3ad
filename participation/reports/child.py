"""One step of a report in a process of its own: `python -m participation.reports.child`, an order on stdin.

A process for each file keeps every one of them small: what Typst, the chart engine or a document took is
given back when the process ends. It reads files and writes files, knows no database, and sets Django up only
as far as translations need it.
"""

import ctypes
import gc
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

Order = dict[str, Any]
PR_SET_PDEATHSIG = 1


def main() -> None:
    # The process lives for one file and makes no cycles worth collecting; looking for them costs a twentieth.
    gc.disable()
    order: Order = json.load(sys.stdin)
    end_with(order["parent"])
    sys.path += [place for place in order["import_paths"] if place not in sys.path]
    set_up(order["locale_paths"])
    from .steps import STEPS

    folder, target = Path(order["folder"]), Path(order["target"])
    unfinished = target.with_name(f"{target.name}.unfinished")
    STEPS[order["step"]](Path(order["snapshot"]), folder, unfinished, order)
    os.replace(unfinished, target)


def end_with(parent: int) -> None:
    """Has Linux kill this process when the one that started it is gone: nobody waits for the file then."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(f"the process {parent} that ordered this is gone")


def set_up(locale_paths: list[str]) -> None:
    """Translations need settings and an empty registry of apps; `django.setup` would load all of HTTP too."""
    from django.apps import apps
    from django.conf import settings

    settings.configure(
        USE_I18N=True, USE_TZ=True, LANGUAGE_CODE="fi", LOCALE_PATHS=locale_paths, INSTALLED_APPS=[]
    )
    apps.populate(())


if __name__ == "__main__":
    main()
