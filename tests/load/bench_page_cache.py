"""The anonymous hearing page beside a view that returns the same bytes without the page cache."""

import http.client
import subprocess
import sys
from pathlib import Path

import pytest

from participation.hearings.models import Comment
from portal.accounts.models import User
from scripts import processes, services
from tests.factories.accounts import UserFactory
from tests.participation.hearings.test_query_counts import filled_hearing
from tests.production.conftest import production_variables  # noqa: F401  (a fixture)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]
ROOT = Path(__file__).resolve().parents[2]
ROUNDS, SECONDS, CONNECTIONS = 5, 3, 4


def get(port: int, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Host": "osallistu.example.fi", "X-Forwarded-Proto": "https"})
    response = connection.getresponse()
    assert response.status == 200, (path, response.status)
    body = response.read()
    connection.close()
    return body


@pytest.fixture
def server(production_variables, tmp_path):  # noqa: F811
    """start(bytes) runs gunicorn with production settings; returns its port."""
    started = []
    (tmp_path / "data").mkdir()

    def start(variables: dict[str, str]) -> int:
        environment = production_variables | variables | {"HOME": str(tmp_path)}
        if not started:
            collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
            subprocess.run(collect, cwd=ROOT, env=environment, check=True)
        port = services.free_port()
        command = processes.web(f"127.0.0.1:{port}", workers=1)
        with (tmp_path / "web.log").open("ab") as log:
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        started.append(process)
        services.wait_until(lambda: services.accepts_connections(port), "the web server", process)
        return port

    yield start
    for process in started:
        services.stop(process)


def rate(port: int, path: str) -> float:
    command = [sys.executable, "-m", "tests.load.asking", str(port), path, str(SECONDS), str(CONNECTIONS)]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return float(found.stdout)


@pytest.fixture
def hide(production_variables):  # noqa: F811
    """Hides a comment in a process with production settings, whose cache is the server's."""

    def act(comment: Comment, moderator: User) -> None:
        code = (
            "from participation.hearings.models import Comment; from portal.accounts.models import User;"
            "from participation.moderation.services import hide;"
            f"hide(contribution=Comment.objects.get(pk={comment.pk}), "
            f"actor=User.objects.get(pk={moderator.pk}), reason='personal_data', note='')"
        )
        command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", code]
        subprocess.run(command, cwd=ROOT, env=production_variables, check=True)

    return act


def test_anonymous_page(server, hide, tmp_path, figure):
    pair = filled_hearing()
    page = pair.fi.get_url()
    first = server({})
    (tmp_path / "same.html").write_bytes(get(first, page))
    port = server(
        {
            "BENCH_BYTES": str(tmp_path / "same.html"),
            "DJANGO_SETTINGS_MODULE": "tests.load.same_bytes_settings",
        }
    )
    get(port, page)
    cached, plain = [], []
    for _ in range(ROUNDS):
        cached.append(rate(port, page))
        plain.append(rate(port, "/bench/same"))
    best, baseline = max(cached), max(plain)
    figure(
        "Anonymous hearing page from the page cache",
        f"{best:.0f} requests/s",
        "≥ 60 % of the same bytes",
        best >= 0.6 * baseline,
        f"{baseline:.0f} requests/s",
    )

    comment = Comment.objects.filter(participation=pair.hearing).latest("received_at")
    assert comment.public_text in get(port, page).decode()
    hide(comment, UserFactory(moderator=True))
    gone = comment.public_text not in get(port, page).decode()
    figure("A hidden comment in the next response", "gone" if gone else "there", "gone", gone)
