"""The Pabulib format (`.pb`, pabulib.org/format): a file read, what is wrong with it, a file written."""

from budgeting.counting.pabulib.errors import Code, ErrorCode, PabulibError, Problem, WarningCode
from budgeting.counting.pabulib.export import from_election
from budgeting.counting.pabulib.file import PabulibFile, Section
from budgeting.counting.pabulib.limits import DEFAULT_LIMITS, Limits
from budgeting.counting.pabulib.reader import read
from budgeting.counting.pabulib.writer import write

__all__ = [
    "DEFAULT_LIMITS",
    "Code",
    "ErrorCode",
    "Limits",
    "PabulibError",
    "PabulibFile",
    "Problem",
    "Section",
    "WarningCode",
    "from_election",
    "read",
    "write",
]
