from django.db import models


class LimitWindow(models.Model):
    """How often a keyed hash did something in one window of time; counted by one upsert statement."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
