"""Which backend answers now: the search server when it can, the database otherwise."""

import logging
from collections.abc import Callable
from typing import TypeVar

from ..services import server
from . import Backend, elastic
from .database import DatabaseBackend
from .failures import ServerFailed

logger = logging.getLogger(__name__)
Given = TypeVar("Given")
DATABASE = DatabaseBackend()


def answer_by_any(ask: Callable[[Backend], Given]) -> Given:
    """The answer of the first backend that has one."""
    turn = server.take_turn()
    if turn is None:
        return ask(DATABASE)
    try:
        given = ask(elastic.answering(turn.owed))
    except ServerFailed as failure:
        logger.warning("the search server has not answered, the database does: %s", failure)
        server.failed(failure.trouble)
        return ask(DATABASE)
    if turn.is_trial:
        server.answered()
    return given
