"""Counting the largest real vote (Łódź 2020; a made-up one where there are no real files), parse excluded.

Each rule with gmpy2, with the standard library alone, and straight from the paper.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from budgeting.counting import exact, pabulib
from budgeting.counting.contest import Contest
from budgeting.counting.electorate import Electorate
from budgeting.counting.equal_shares.count import Count
from budgeting.counting.equal_shares.market import Market
from budgeting.counting.equal_shares.rule import EqualShares, starting_share
from budgeting.counting.greedy import Greedy
from budgeting.counting.parameters import Completion, Parameters, Rule
from budgeting.counting.phragmen import Phragmen
from tests.budgeting.counting.made_up import big_file
from tests.budgeting.counting.naive import equal_shares as naive_equal_shares
from tests.budgeting.counting.naive import greedy as naive_greedy
from tests.budgeting.counting.naive import phragmen as naive_phragmen

pytestmark = [pytest.mark.real_data, pytest.mark.timeout(3600)]
VOTE = "Poland_Lodz_2020"
ROOT = Path(__file__).resolve().parents[2]
WALK = "budgeting.counting count {} --rule equal-shares --completion add --json"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    if folder := os.environ.get("REAL_DATA"):
        return Path(folder, "pabulib", f"{VOTE}.pb")
    made_up = tmp_path_factory.mktemp("vote") / "made-up.pb"
    made_up.write_bytes(big_file(voters=50_000, projects=150))
    return made_up


@pytest.fixture(scope="module")
def election(path):
    return pabulib.read(path).election


def greedy(election):
    return Greedy.as_asked(Contest(Electorate(election), Parameters())).run().bought


def one_count(election):
    contest = Contest(Electorate(election), Parameters(Rule.EQUAL_SHARES))
    share = starting_share(contest)
    return Count(Market(contest, share), share).run().bought


def walk(election):
    contest = Contest(Electorate(election), Parameters(Rule.EQUAL_SHARES, completion=Completion.ADD))
    return EqualShares(contest).run()


def phragmen(election):
    return Phragmen(Contest(Electorate(election), Parameters(Rule.PHRAGMEN))).run().bought


def seconds(count, election, times):
    """The best of several, since other work on the machine only adds to it."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        outcome = count(election)
        taken.append(time.perf_counter() - begun)
    return min(taken), outcome


def measure(figure, work, count, election, bar, times, naive=None):
    """One row for each library; the naive rule beside the first."""
    beside = "–"
    if naive is not None:
        needed, expected = seconds(naive, election, 1)
        beside = f"{needed:.1f} s naive"
    for library in (exact.GMPY2, exact.STANDARD_LIBRARY):
        if library is None:
            continue
        with exact.using(library):
            needed, outcome = seconds(count, election, times)
        if naive is not None:
            assert [election.projects[place].id for place in outcome] == expected
        # The bar is for gmpy2; the standard library stands beside it.
        has_bar = library is exact.GMPY2
        figure(
            f"Counting {VOTE}: {work}, {library.name}",
            f"{needed:.3f} s",
            f"≤ {bar} s" if has_bar else "no bar",
            not has_bar or needed <= bar,
            beside,
        )
    return outcome


def test_greedy(election, figure):
    measure(figure, "greedy", greedy, election, 0.1, 5, lambda given: naive_greedy.greedy(given))


def test_one_count_of_equal_shares(election, figure):
    def naive(given):
        return naive_equal_shares.count(given, naive_equal_shares.starting_share(given, "exact"))[0]

    measure(figure, "one count of Equal Shares", one_count, election, 0.5, 5, naive)


def test_the_whole_walk_of_equal_shares(election, figure):
    held = measure(figure, "Equal Shares, whole add walk", walk, election, 5, 3)
    counts = sum(seen.shares for seen in held.walk.seen)
    figure(f"Counting {VOTE}: shares of the walk", f"{counts}", "all told", counts > 0)


def test_phragmen(election, figure):
    measure(figure, "Phragmén", phragmen, election, 10, 3, lambda given: naive_phragmen.phragmen(given)[0])


def test_memory_of_the_whole_command(path, figure):
    command = ["-c", PEAK, *WALK.format(path).split()]
    found = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=True)
    megabytes = int(found.stderr.strip().splitlines()[-1]) / 1024
    figure(
        f"Counting {VOTE}: parse, walk, explanation, JSON", f"{megabytes:.0f} MB", "< 400 MB", megabytes < 400
    )


PEAK = """
import resource, runpy, sys
sys.argv = sys.argv[1:]
try:
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""
