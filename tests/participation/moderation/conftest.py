import pytest

from tests.factories.hearings import hearing_pair
from tests.factories.processes import authority
from tests.factories.staff import staff_member


@pytest.fixture
def pair(db):
    authority()
    return hearing_pair()


@pytest.fixture
def moderator(db):
    return staff_member("moderator")
