"""The only caller of Celery. A broker that is down costs its caller at most half a second, and no job."""

import logging
import threading
import time
from queue import Empty, SimpleQueue

from portal.celery import app

logger = logging.getLogger(__name__)
PATIENCE_SECONDS = 0.4
# After a refusal nobody waits again for a while: the sweep sends what was not sent.
PAUSE_SECONDS = 5.0
RUN_TASK = "portal.jobs.run"
_local_transports = ("memory", "folder")
_paused_until = 0.0


def send(job_id: int) -> bool:
    """Hands the job to a worker; False when the broker did not take it in time."""
    global _paused_until
    if time.monotonic() < _paused_until:
        return False
    try:
        _publish_in_time(job_id)
    except Exception as error:
        _paused_until = time.monotonic() + PAUSE_SECONDS
        logger.warning("job %d could not be sent to a worker: %s", job_id, type(error).__name__)
        return False
    return True


def resume() -> None:
    """Forgets an earlier refusal."""
    global _paused_until
    _paused_until = 0.0


def _publish(job_id: int) -> None:
    app.tasks[RUN_TASK].apply_async((job_id,), retry=False)


def _publish_in_time(job_id: int) -> None:
    url = str(app.conf.broker_url or "")
    if app.conf.task_always_eager or url.partition(":")[0] in _local_transports:
        _publish(job_id)
        return
    outcome: SimpleQueue[Exception | None] = SimpleQueue()

    def publish() -> None:
        try:
            _publish(job_id)
        except Exception as error:
            outcome.put(error)
        else:
            outcome.put(None)

    threading.Thread(target=publish, name="job-sender", daemon=True).start()
    try:
        error = outcome.get(timeout=PATIENCE_SECONDS)
    except Empty:
        raise TimeoutError("the broker did not answer in time") from None
    if error is not None:
        raise error
