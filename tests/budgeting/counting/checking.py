"""pabulib-checker, the library's own test of a file before it is taken in."""

import contextlib
import io

from pabulib.checker import Checker
from pabulib_helpers import parse_pb_lines


def checked(data):
    """The errors it finds, by kind; it also has warnings, for what may be right."""
    with contextlib.redirect_stdout(io.StringIO()):
        results = Checker().process_files([data.decode()])
    found = next(result["results"] for name, result in results.items() if name not in {"metadata", "summary"})
    return found["errors"]


def equal_shares(data, add):
    """What the checker would fund by Equal Shares: ties to the cheaper, then to the more supporters.

    With `add` the share is raised until the next outcome would cost too much.
    """
    checker = Checker()
    checker.meta, checker.projects, checker.votes = parse_pb_lines(data.decode().split("\n"))[:3]
    return checker._compute_equalshares_winners(add1=add)
