import socket

import pytest

from tests.fixtures.network import OutsideNetwork


def test_an_address_outside_this_machine_is_refused():
    with pytest.raises(OutsideNetwork, match=r"example\.fi"):
        socket.create_connection(("example.fi", 443), timeout=1)


def test_this_machine_is_reached():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        socket.create_connection(listener.getsockname(), timeout=5).close()
