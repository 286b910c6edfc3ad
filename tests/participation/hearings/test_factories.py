import pytest

from participation.processes.enums import State
from tests.factories.hearings import CommentFactory, SupportFactory, hearing_pair


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.parametrize("state", list(State))
def test_a_pair_is_in_the_state_it_was_asked_for(state):
    pair = hearing_pair(state=state.value)
    assert pair.hearing.state == state
    assert pair.fi.get_translations().get().specific == pair.sv
    assert pair.fi.participation == pair.sv.participation == pair.hearing
    assert [block.id for block in pair.fi.sections] == [str(part.block_id) for part in pair.parts]


@pytest.mark.both
@pytest.mark.django_db
def test_comments_are_counted():
    pair = hearing_pair()
    comment = CommentFactory(participation=pair.hearing, part=pair.parts[0])
    CommentFactory(participation=pair.hearing, part=pair.parts[0], hidden=True)
    SupportFactory(comment=comment)
    pair.hearing.refresh_from_db()
    pair.parts[0].refresh_from_db()
    assert (pair.hearing.received_count, pair.hearing.published_count) == (2, 1)
    assert pair.parts[0].published_count == 1
