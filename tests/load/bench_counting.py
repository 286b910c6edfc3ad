"""Counting the largest real vote (Łódź 2020; a made-up one where there are no real files), parse excluded.

Each rule with gmpy2 and with the standard library alone; on a smaller vote beside the rule straight from the
paper, which would take hours for the large one.
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
LARGE, SMALL = "Poland_Lodz_2020", "US_Stanford_Dataset_PB_Cambridge_2015_vote_approvals"
ROOT = Path(__file__).resolve().parents[2]
WALK = "budgeting.counting count {} --rule equal-shares --completion add --json"


def vote(name, folder, **size):
    if given := os.environ.get("REAL_DATA"):
        return Path(given, "pabulib", f"{name}.pb")
    path = folder.mktemp("vote") / "made-up.pb"
    path.write_bytes(big_file(**size))
    return path


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return vote(LARGE, tmp_path_factory, voters=50_000, projects=150)


@pytest.fixture(scope="module")
def election(path):
    return pabulib.read(path).election


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return pabulib.read(vote(SMALL, tmp_path_factory, voters=1_000, projects=20)).election


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


def measure(figure, work, count, election, bar, times):
    """One row for each library; the bar is for gmpy2, the standard library stands below."""
    outcomes = []
    for library in (exact.GMPY2, exact.STANDARD_LIBRARY):
        if library is None:
            continue
        with exact.using(library):
            needed, outcome = seconds(count, election, times)
        outcomes.append(outcome)
        has_bar = library is exact.GMPY2
        work_done = f"{len(election.ballots):,} ballots: {work}, {library.name}"
        reached = not has_bar or needed <= bar
        figure(work_done, f"{needed:.3f} s", f"≤ {bar} s" if has_bar else "–", reached)
    return outcomes


def beside_the_naive(figure, work, count, naive, election):
    """How much faster than straight from the paper, with the same outcome."""
    needed, outcome = seconds(count, election, 5)
    naively, expected = seconds(naive, election, 1)
    assert [election.projects[place].id for place in outcome] == expected
    work_done = f"{len(election.ballots):,} ballots: {work}"
    figure(work_done, f"{needed:.4f} s", "faster", needed < naively, f"{naively:.1f} s naive")


def naive_count(election):
    return naive_equal_shares.count(election, naive_equal_shares.starting_share(election, "exact"))[0]


def naive_loads(election):
    return naive_phragmen.phragmen(election)[0]


def test_greedy(election, small, figure):
    measure(figure, "greedy", greedy, election, 0.1, 5)
    beside_the_naive(figure, "greedy", greedy, naive_greedy.greedy, small)


def test_one_count_of_equal_shares(election, small, figure):
    measure(figure, "one count of Equal Shares", one_count, election, 0.5, 5)
    beside_the_naive(figure, "one count of Equal Shares", one_count, naive_count, small)


def test_the_whole_walk_of_equal_shares(election, figure):
    held, *others = measure(figure, "Equal Shares, whole add walk", walk, election, 5, 3)
    assert all(other.bought == held.bought for other in others)
    shares = sum(seen.shares for seen in held.walk.seen)
    figure(
        "… shares of that walk, and where it ended", f"{shares}, {held.walk_end}", "all of them", shares > 0
    )


def test_phragmen(election, small, figure):
    measure(figure, "Phragmén", phragmen, election, 10, 3)
    beside_the_naive(figure, "Phragmén", phragmen, naive_loads, small)


def test_memory_of_the_whole_command(path, figure):
    command = ["-c", PEAK, *WALK.format(path).split()]
    found = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=True)
    megabytes = float(found.stderr.strip().splitlines()[-1])
    figure(
        "… the whole command: parse, walk, explanation, JSON",
        f"{megabytes:.0f} MB",
        "< 400 MB",
        megabytes < 400,
    )


PEAK = """
import runpy, sys
from tests.load.memory import peak
sys.argv = sys.argv[1:]
try:
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
finally:
    print(peak(), file=sys.stderr)
"""
