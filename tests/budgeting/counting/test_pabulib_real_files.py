"""Files of pabulib.org: read without an error, written back byte for byte, recounted to what they state."""

import pytest

from budgeting.counting import pabulib
from budgeting.counting.pabulib import WarningCode
from tests.budgeting.counting.checking import checked
from tests.budgeting.counting.pb_files import real_files

pytestmark = pytest.mark.real_data
FILES = real_files()
RECOUNT = {WarningCode.VOTES_DIFFER, WarningCode.SCORE_DIFFERS, WarningCode.COUNT_DIFFERS}


@pytest.fixture(params=sorted(FILES))
def data(request):
    return FILES[request.param]()


def test_a_file_is_the_same_after_writing_and_reading(data):
    file = pabulib.read(data)
    written = pabulib.write(file)
    again = pabulib.read(written)
    assert again == file
    assert again.warnings == file.warnings
    # These are written as the library writes: only line ends differ.
    assert written == data.replace(b"\r\n", b"\n").rstrip(b"\n") + b"\n"


def test_stated_votes_and_scores_are_the_recount(data):
    file = pabulib.read(data)
    assert file.stated_votes
    assert RECOUNT.isdisjoint(file.warning_counts)
    assert len(file.election.ballots) == int(file.meta["num_votes"])
    assert len(file.election.projects) == int(file.meta["num_projects"])


def test_an_exported_election_is_the_same_election(data):
    file = pabulib.read(data)
    exported = pabulib.from_election(file.election, selected=file.selected)
    assert exported.election == file.election
    assert (exported.stated_votes, exported.selected) == (file.stated_votes, file.selected)


def test_what_is_written_passes_pabulibs_own_checker(data):
    assert checked(pabulib.write(pabulib.read(data))) == {}
