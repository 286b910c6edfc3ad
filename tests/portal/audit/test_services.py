import logging
import threading
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from portal.audit.models import Entry, Seal
from portal.audit.services import record, seal, verify
from portal.core import request_id
from portal.core.logs import LineFormatter
from portal.core.models import Municipality
from portal.jobs import schedule

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def test_an_entry_says_who_did_what_to_what_in_which_request(django_user_model):
    actor = django_user_model.objects.create_user("official@example.fi")
    participation = uuid.uuid4()
    with request_id.use("request-1"):
        record(verb="user.invited", actor=actor, obj=actor, participation=participation)

    entry = Entry.objects.get()
    assert entry.actor == actor.public_id
    assert (entry.verb, entry.kind, entry.public_id) == (
        "user.invited",
        "portal_accounts.user",
        str(actor.public_id),
    )
    assert entry.participation == participation
    assert entry.request_id == "request-1"


def test_an_entry_is_in_the_transaction_of_what_it_tells_of():
    @transaction.atomic
    def stopped():
        record(verb="hearing.opened", kind="hearing", public_id=uuid.uuid4())
        raise RuntimeError

    with pytest.raises(RuntimeError):
        stopped()

    assert not Entry.objects.exists()


def test_a_row_without_a_public_id_is_known_by_its_key():
    municipality = Municipality.objects.create(code="998", name_fi="Mallila", name_sv="Mallby")

    assert record(verb="municipality.changed", obj=municipality).public_id == str(municipality.pk)


@pytest.mark.parametrize("model", [Entry, Seal])
@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses_to_change_the_log(model, act):
    record(verb="hearing.opened")
    seal()
    table = model._meta.db_table
    statement = f"UPDATE {table} SET id = id + 1000" if act == "update" else f"DELETE FROM {table}"

    with (
        pytest.raises(DatabaseError, match="insert-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert model.objects.count() == 1


def test_the_head_of_the_chain_is_in_the_log_of_the_service_each_day(caplog):
    record(verb="act.1")
    seal()
    head = Seal.objects.get()
    caplog.clear()
    with caplog.at_level(logging.INFO):
        schedule._registered["audit.head"].function()
    line = f"audit seal {head.pk} {head.digest}"
    assert caplog.messages == [line]
    assert LineFormatter().format(caplog.records[0]).endswith(line), "masked on its way to the log"


def test_before_the_first_seal_nothing_is_said(caplog):
    with caplog.at_level(logging.INFO):
        schedule._registered["audit.head"].function()
    assert caplog.messages == []


def test_a_chain_whose_newest_links_were_taken_away_is_found_by_the_log(capsys):
    record(verb="act.1")
    seal()
    call_command("verify_audit")
    kept = capsys.readouterr().out.splitlines()[-1].removeprefix("audit seal ").split()
    call_command("verify_audit", known=kept)
    with pytest.raises(CommandError, match="1 problems"):
        call_command("verify_audit", known=[str(int(kept[0]) + 1), "f" * 64])
    assert "is not there with the digest that was logged" in capsys.readouterr().err
    with pytest.raises(CommandError, match="number of the seal"):
        call_command("verify_audit", known=["viimeinen", kept[1]])


def test_sealing_covers_each_entry_once_and_the_chain_verifies():
    for number in range(5):
        record(verb=f"act.{number}")
    assert seal() == 5
    assert seal() == 0
    record(verb="act.5")
    assert seal() == 1
    record(verb="act.6")

    result = verify()
    assert result.problems == []
    assert (result.seals, result.sealed_entries, result.unsealed_entries) == (2, 6, 1)
    first, second = Seal.objects.order_by("id")
    assert second.previous == first
    assert first.digest != second.digest


def test_an_entry_slipped_in_or_changed_behind_the_triggers_is_found(capsys):
    for number in range(3):
        record(verb=f"act.{number}")
    seal()
    call_command("verify_audit")
    assert "1 seals over 3 entries" in capsys.readouterr().out
    forged = Entry.objects.order_by("id")[1]
    Seal.objects.bulk_create(
        [
            Seal(
                previous=Seal.objects.get(),
                first_entry=forged.pk + 10,
                last_entry=forged.pk + 10,
                entries=1,
                digest="0" * 64,
            )
        ]
    )

    assert len(verify().problems) == 1
    with pytest.raises(CommandError, match="1 problems"):
        call_command("verify_audit")


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_make_one_chain():
    for number in range(20):
        record(verb=f"act.{number}")
    start = threading.Barrier(4)
    sealed = []

    def sealer():
        start.wait()
        sealed.append(seal())
        connection.close()

    threads = [threading.Thread(target=sealer) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(sealed) == 20
    assert verify().problems == []
