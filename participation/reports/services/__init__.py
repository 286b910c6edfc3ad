from .making import make_files, make_to_folder
from .ordering import new_version, request_report
from .retention import erase_due
from .superseding import supersede_for
from .taking import take_snapshot

__all__ = [
    "erase_due",
    "make_files",
    "make_to_folder",
    "new_version",
    "request_report",
    "supersede_for",
    "take_snapshot",
]
