"""A vote of 65,000 voters read, beside the parser of Pabulib's own checker, which checks nothing yet."""

import time

from pabulib_helpers import parse_pb_lines

from budgeting.counting import pabulib
from tests.budgeting.counting.made_up import big_file


def best_of(times, work):
    """Processor time: the machine may be shared."""
    taken = []
    for _ in range(times):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)


def test_a_large_vote_is_read(figure):
    data = big_file()
    read = best_of(5, lambda: pabulib.read(data))
    baseline = best_of(3, lambda: parse_pb_lines(data.decode().split("\n")))
    figure(
        f"a .pb file of {len(data) / 1_000_000:.0f} MB with 65,000 voters, read and recounted",
        f"{read:.2f} s",
        "≤ 1.5 s",
        read <= 1.5,
        f"parser alone {baseline:.2f} s",
    )
