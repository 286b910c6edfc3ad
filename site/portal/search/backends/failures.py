"""What keeps a search server from answering."""

from ..enums import Trouble


class ServerFailed(Exception):
    """The server gave no answer that can be used; what kind of trouble it is in."""

    def __init__(self, trouble: Trouble, reason: str) -> None:
        super().__init__(f"{trouble.value}: {reason}")
        self.trouble = trouble
