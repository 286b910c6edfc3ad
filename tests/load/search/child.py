"""Work measured in a process of its own, so that its memory and its processor time are its alone.

    python -m tests.load.search.child analyse|index voikko|stems COUNT

Prints JSON: `seconds` by the clock and `processor` seconds of the process, both without the making of texts,
`megabytes` at the peak, `done` comments. `index` writes the entries of what DATABASE_URL's database holds.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from tests.load.memory import peak

ROOT = Path(__file__).resolve().parents[3]


def measured(work, way, count, **environment):
    environment = (
        os.environ
        | environment
        | {
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        }
    )
    command = [sys.executable, "-m", "tests.load.search.child", work, way, str(count)]
    found = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(found.stdout)


def analyse(count):
    from portal.search.analysis import analyse_entry

    from .comments import many

    clock, processor = 0.0, 0.0
    for text in many(count):
        begun = time.perf_counter(), time.process_time()
        analyse_entry("", text.text, text.language)
        clock += time.perf_counter() - begun[0]
        processor += time.process_time() - begun[1]
    return {"seconds": clock, "processor": processor, "done": count}


def index(_count):
    from portal.search.services import rebuilding

    begun = time.perf_counter(), time.process_time()
    found = rebuilding.compare_entries(repair=True)
    return {
        "seconds": time.perf_counter() - begun[0],
        "processor": time.process_time() - begun[1],
        "done": found.missing + found.different,
    }


def main():
    import django

    django.setup()
    from .measuring import voikko

    work, way, count = sys.argv[1:]
    with voikko(is_used=way == "voikko"):
        found = {"analyse": analyse, "index": index}[work](int(count))
    found["megabytes"] = peak()
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
