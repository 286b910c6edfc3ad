"""A folder as message broker, for a machine where nothing is installed: safe to read while it is written.

kombu's transport opens a message under its last name before it writes it. A worker that lists the folder in
between takes an empty file, cannot parse it and ends (kombu 5.7, `transport/filesystem.py`). Here a message
and the table of an exchange come under their names only when they are whole.
"""

import os
import uuid
from pathlib import Path
from time import monotonic
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps


def write_whole(path: Path, content: str) -> None:
    """The file is there with all of its content, or not at all."""
    unfinished = path.with_name(f".{uuid.uuid4()}.unfinished")
    unfinished.write_text(content, encoding="utf-8")
    os.replace(unfinished, path)


class Channel(filesystem.Channel):
    # kombu names the second argument in two ways.
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        name = f"{round(monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        write_whole(Path(self.data_folder_out) / name, dumps(payload))

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        bound = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        self.control_folder.mkdir(exist_ok=True)
        with (self.control_folder / ".lock").open("w") as turn:
            filesystem.lock(turn, filesystem.LOCK_EX)
            table = self.get_table(exchange)
            if bound not in table:
                write_whole(self._exchange_file(exchange), dumps([bound, *table]))


class Transport(filesystem.Transport):
    Channel = Channel
