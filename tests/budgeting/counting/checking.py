"""pabulib-checker, the library's own test of a file before it is taken in."""

import contextlib
import io

from pabulib.checker import Checker


def checked(data):
    """The errors it finds, by kind; it also has warnings, for what may be right."""
    with contextlib.redirect_stdout(io.StringIO()):
        results = Checker().process_files([data.decode()])
    found = next(result["results"] for name, result in results.items() if name not in {"metadata", "summary"})
    return found["errors"]
