from datetime import UTC, datetime

import time_machine

from portal.core.form_stamp import form_stamp, read_stamp


def test_a_stamp_tells_when_its_form_was_rendered():
    with time_machine.travel(datetime(2026, 11, 30, 14, 15, tzinfo=UTC), tick=False):
        stamp = form_stamp()
        assert form_stamp() == stamp
    assert read_stamp("") is None
    with time_machine.travel(datetime(2026, 12, 1, tzinfo=UTC)):
        assert read_stamp(stamp) == datetime(2026, 11, 30, 14, 15, tzinfo=UTC)


def test_a_forged_stamp_and_one_from_the_future_tell_nothing():
    with time_machine.travel(datetime(2026, 11, 30, tzinfo=UTC)):
        stamp = form_stamp()
    assert read_stamp("1" + stamp) is None
    assert read_stamp("not a stamp") is None
    assert read_stamp("\ud800") is None
    with time_machine.travel(datetime(2026, 11, 29, tzinfo=UTC)):
        assert read_stamp(stamp) is None
