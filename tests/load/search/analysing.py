"""Analyses so many comments in a process of its own, and says how fast and in how much memory, as JSON.

    python -m tests.load.search.analysing COUNT voikko|stems

The clock runs while texts are analysed, not while they are made; it is the processor's, so that other work on
the machine adds nothing.
"""

import json
import resource
import sys
import time

import django

from .measuring import voikko


def main():
    count, way = int(sys.argv[1]), sys.argv[2]
    django.setup()
    from portal.search.analysis import analyse_entry

    from .comments import many

    taken, tokens = 0.0, 0
    with voikko(is_used=way == "voikko"):
        for text in many(count):
            begun = time.process_time()
            found = analyse_entry("", text.text, text.language)
            taken += time.process_time() - begun
            tokens += len(found.base)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    json.dump({"seconds": taken, "megabytes": peak, "characters": tokens}, sys.stdout)


if __name__ == "__main__":
    main()
