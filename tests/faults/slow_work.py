"""A job of many small steps, imported by the worker process that the tests kill."""

import io
import time

from portal.jobs import registry
from portal.jobs.attempt import JobRun
from portal.jobs.registry import JobKind

NAME = "test.slow"
STEPS = 30


def work(run: JobRun) -> None:
    lines = []
    for number in range(STEPS):
        lines.append(f"{number}\n")
        run.progress(number + 1, STEPS, f"step {number}")
        time.sleep(0.1)
    run.add_file("numbers.txt", io.BytesIO("".join(lines).encode()), "text/plain")


registry.register(JobKind(name=NAME, handler=work, label="Slow work"))
