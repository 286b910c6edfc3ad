"""Messages through a folder: whole or not there, however many write and read at once."""

import os
import threading
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

from portal.celery import app
from portal.jobs import folder_broker

MESSAGES = 150
WRITERS = 4


@pytest.fixture
def connect(tmp_path):
    def connection():
        options = {
            "data_folder_in": str(tmp_path / "messages"),
            "data_folder_out": str(tmp_path / "messages"),
            "control_folder": str(tmp_path / "control"),
            "polling_interval": 0.01,
        }
        return Connection("folder://", transport_options=options)

    (tmp_path / "messages").mkdir()
    # What one process has bound already is remembered for all folders alike.
    folder_broker.Transport.global_state.clear()
    return connection


def test_the_scheme_is_known_to_celery(connect):
    assert app.connection_for_write("folder://").transport_cls == "folder"
    assert connect().transport.Channel is folder_broker.Channel


def test_a_message_is_not_taken_before_it_is_whole(connect, monkeypatch):
    """Reads in the middle of writing, where kombu's own transport hands out an empty file."""
    with connect() as writer, connect() as reader:
        taken = []

        def replace(unfinished, name):
            with pytest.raises(Empty):
                reader.SimpleQueue("work").get(block=False)
            taken.append(Path(unfinished).stat().st_size)
            rename(unfinished, name)

        rename = os.replace
        queue = writer.SimpleQueue("work")
        reader.SimpleQueue("work")
        monkeypatch.setattr(os, "replace", replace)
        queue.put({"job": 1})
        monkeypatch.undo()
        message = reader.SimpleQueue("work").get(timeout=2)
        assert message.payload == {"job": 1}
        assert taken[-1] > 0


def test_nothing_is_lost_and_nothing_unreadable(connect):
    failures = []

    def write(first):
        try:
            with connect() as connection:
                queue = connection.SimpleQueue("work")
                for number in range(first, first + MESSAGES):
                    queue.put({"job": number, "padding": "x" * 20_000})
        except Exception as error:
            failures.append(error)

    writers = [threading.Thread(target=write, args=(n * MESSAGES,)) for n in range(WRITERS)]
    got = []
    with connect() as connection:
        queue = connection.SimpleQueue("work")
        for thread in writers:
            thread.start()
        for _n in range(WRITERS * MESSAGES):
            message = queue.get(timeout=20)
            message.ack()
            got.append(message.payload["job"])
    for thread in writers:
        thread.join()
    assert not failures
    assert sorted(got) == list(range(WRITERS * MESSAGES))


def test_queues_bound_at_once_are_all_in_the_table(connect):
    def bind(number):
        with connect() as connection:
            connection.SimpleQueue(f"work-{number}").close()
            channel = connection.default_channel
            channel._queue_bind("shared", f"key-{number}", "", f"work-{number}")

    threads = [threading.Thread(target=bind, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with connect() as connection:
        table = connection.default_channel.get_table("shared")
    assert {row.queue for row in table} == {f"work-{n}" for n in range(8)}
