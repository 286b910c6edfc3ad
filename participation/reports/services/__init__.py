from .making import make_files, make_to_folder
from .ordering import new_version, request_report
from .superseding import supersede_for
from .taking import take_snapshot

__all__ = ["make_files", "make_to_folder", "new_version", "request_report", "supersede_for", "take_snapshot"]
