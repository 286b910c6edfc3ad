"""Only PostgreSQL can empty a table at once; on SQLite deleting is all there is, and it is refused."""

import pytest
from django.db import DatabaseError, connection, transaction

from portal.audit.models import Entry, Seal
from portal.audit.services import record, seal

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Entry, Seal])
def test_the_database_refuses_to_empty_the_log_at_once(on_postgresql, model):
    record(verb="hearing.opened")
    seal()
    # The test's own rows are not committed: their foreign keys are looked at first.
    connection.check_constraints()
    with (
        pytest.raises(DatabaseError, match="insert-only: TRUNCATE"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")

    assert model.objects.count() == 1
