"""One line on the error output that tells how far a long walk is."""

from __future__ import annotations

import sys
import time
from decimal import Decimal
from fractions import Fraction
from typing import TextIO

PATIENCE = 1.0
EVERY = 0.2


class ProgressLine:
    """Says nothing of a count that is over within a second; `with` takes the line away at the end."""

    def __init__(self, budget: Decimal, to: TextIO | None = None) -> None:
        self.budget = budget
        self.to = to or sys.stderr
        self.begun = time.monotonic()
        self.told = self.begun + PATIENCE - EVERY
        self.width = 0

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, *error: object) -> None:
        if self.width:
            self.to.write("\r" + " " * self.width + "\r")
            self.to.flush()

    def __call__(self, share: Fraction, cost: Decimal) -> None:
        now = time.monotonic()
        if now - self.told < EVERY:
            return
        self.told = now
        line = f"share {float(share):.2f}: the outcome costs {cost} of {self.budget}"
        self.to.write("\r" + line.ljust(self.width))
        self.to.flush()
        self.width = max(self.width, len(line))
