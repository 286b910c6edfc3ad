"""The municipalities an installation begins with."""

import pytest
from django.core.management import CommandError, call_command

from portal.core.models import Municipality

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_those_of_the_region_are_added_once(capsys):
    call_command("load_municipalities")
    assert "26 municipalities added, 0 known already" in capsys.readouterr().out
    assert Municipality.objects.get(code="049").name("sv") == "Esbo"
    Municipality.objects.filter(code="049").update(name_sv="Esbo stad")
    call_command("load_municipalities")
    assert "0 municipalities added, 26 known already" in capsys.readouterr().out
    assert Municipality.objects.get(code="049").name("sv") == "Esbo stad"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"code;name_fi\n837;Tampere\n", "lacks name_sv"),
        (b"code;name_fi;name_sv\n837;Tampere;Tammerfors\n37;X;Y\n", "line 3: “37”"),
        (b"code;name_fi;name_sv\n837;Tampere;\n", "line 2"),
        (b"code;name_fi;name_sv\n837;\xe5;x\n", "decode"),
    ],
)
def test_a_file_with_a_fault_adds_nothing(tmp_path, content, said):
    path = tmp_path / "municipalities.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=said):
        call_command("load_municipalities", path)
    assert not Municipality.objects.exists()


def test_a_file_that_is_not_there_is_told():
    with pytest.raises(CommandError, match="nowhere"):
        call_command("load_municipalities", "nowhere.csv")
