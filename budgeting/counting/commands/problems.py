"""Problems of a file as plain English sentences; Finnish and Swedish are made of the same codes elsewhere."""

import sys

from budgeting.counting.pabulib import PabulibError


def print_error(error: PabulibError) -> None:
    print(error, file=sys.stderr)
