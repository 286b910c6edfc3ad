"""The Celery application; tasks are called by `portal.jobs.services.enqueue` alone."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

TRANSPORT_ALIASES["folder"] = "portal.jobs.folder_broker:Transport"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# One tick: the work itself is registered in portal.jobs.schedule. A tick not taken in time is worth nothing.
app.conf.beat_schedule = {
    "tick": {"task": "portal.jobs.tick", "schedule": 5.0, "options": {"expires": 10}},
}
