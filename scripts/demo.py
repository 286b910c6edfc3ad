"""`make demo`: from a fresh clone to the filled site with web server, worker and beat, until Ctrl-C.

Standard library only: it runs before the environment exists. PORT moves it, RESET=1 starts over,
SEARCH=elasticsearch puts a real Elasticsearch beside it.
"""

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType

from scripts import elasticsearch, environment, processes, services
from scripts.environment import ROOT, VENV, CannotRun

DEFAULT_PORT = 8000
SEARCHES = ("", "elasticsearch")
START_SECONDS = 60.0
STOP_SECONDS = 10.0


class Stopped(Exception):
    """Ctrl-C, or the terminal went away."""


@dataclass(frozen=True)
class Demo:
    port: int
    data: Path
    search: str = ""
    search_url: str = ""

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def variables(self) -> dict[str, str]:
        return os.environ | {
            "DATA_DIR": str(self.data),
            "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
            "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}",
            "PYTHONPATH": processes.PYTHONPATH,
            "PYTHONUNBUFFERED": "1",
            "SITE_URL": self.address,
            "SEARCH_URL": self.search_url or os.environ.get("SEARCH_URL", ""),
        }

    @property
    def commands(self) -> dict[str, list[str]]:
        return {
            "web": processes.web(f"127.0.0.1:{self.port}", workers=1),
            "worker": processes.worker(),
            "beat": processes.beat(str(self.data / "beat-schedule")),
        }


def read_options() -> Demo:
    text = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise CannotRun(f"PORT={text} is not a port: give a number from 1 to 65535.")
    data = Path(os.environ.get("DATA_DIR") or ROOT / "var")
    search = os.environ.get("SEARCH", "")
    if search not in SEARCHES:
        raise CannotRun(f"SEARCH={search} is not known: give elasticsearch, or nothing for the database.")
    return Demo(port=int(text), data=data.resolve(), search=search)


def require_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            message = f"Port {port} cannot be used ({error.strerror}): choose another with make demo PORT=…"
            raise CannotRun(message) from error


def start_over(data: Path) -> None:
    """Deletes what the demo wrote, and nothing else that may lie in the folder."""
    for name in ("portal.sqlite3", "cache.sqlite3"):
        for suffix in ("", "-wal", "-shm"):
            (data / f"{name}{suffix}").unlink(missing_ok=True)
    for name in ("broker", "elasticsearch", "log", "mail", "media", "private", "static"):
        shutil.rmtree(data / name, ignore_errors=True)
    for path in (data / ".prepared", data / "logins.txt", *data.glob("beat-schedule*")):
        path.unlink(missing_ok=True)


def data_sources() -> list[Path]:
    """What the demo's database is made from: migrations, locked packages, demo content."""
    migrations = [*ROOT.glob("site/portal/*/migrations/*.py"), *ROOT.glob("participation/*/migrations/*.py")]
    content = [path for path in (ROOT / "site/portal/home/demo").rglob("*.*") if path.suffix != ".pyc"]
    return [ROOT / "requirements.txt", *migrations, *content]


def prepare_data(demo: Demo) -> str:
    """Database, cache table and demo content; returns the logins, a line per role."""
    for name in ("broker/messages", "broker/control", "log", "mail", "media", "private", "static"):
        (demo.data / name).mkdir(parents=True, exist_ok=True)
    stamp, logins = demo.data / ".prepared", demo.data / "logins.txt"
    if environment.is_current(stamp, data_sources()) and (demo.data / "portal.sqlite3").exists():
        return logins.read_text(encoding="utf-8")
    print("Preparing the database …", flush=True)
    command = [str(environment.PYTHON), "-m", "scripts.demo_data"]
    result = subprocess.run(
        command, cwd=ROOT, env=demo.variables, capture_output=True, text=True, check=False
    )
    if result.returncode == 0:
        logins.write_text(result.stdout, encoding="utf-8")
        environment.set_stamp(stamp, data_sources())
        return result.stdout
    if "disk is full" in result.stderr or "No space left" in result.stderr:
        raise CannotRun("The disk is full: the demo content could not be written.")
    print(result.stderr, file=sys.stderr)
    raise CannotRun("The demo content could not be made (the lines above say why; RESET=1 starts over).")


def require_elasticsearch() -> None:
    try:
        elasticsearch.require()
    except services.ServiceMissing as missing:
        raise CannotRun(f"{missing}.") from missing


@contextlib.contextmanager
def searching(demo: Demo) -> Iterator[Demo]:
    """The demo with Elasticsearch beside it where that was asked for; its data stay in the demo's folder.

    The site goes on without it, so nobody watches whether it lives.
    """
    if demo.search != "elasticsearch":
        yield demo
        return
    try:
        server = elasticsearch.Server(demo.data / "elasticsearch")
        server.start()
    except services.ServiceMissing as missing:
        raise CannotRun(f"{missing}.") from missing
    except RuntimeError as error:
        raise CannotRun(str(error)) from error
    try:
        yield replace(demo, search_url=server.url)
    finally:
        server.stop()


def rebuild_search(demo: Demo) -> None:
    """What was changed while the demo ran without Elasticsearch is not in its index."""
    if demo.search_url:
        command = [environment.PYTHON, "manage.py", "rebuild_search"]
        environment.run(command, "Filling the search index", environment=demo.variables)


def start(demo: Demo, started: dict[str, subprocess.Popen], name: str) -> None:
    """One process with its log, in a session of its own: Ctrl-C reaches it only through us."""
    with (demo.data / "log" / f"{name}.log").open("ab") as log:
        started[name] = subprocess.Popen(
            demo.commands[name],
            cwd=ROOT,
            env=demo.variables,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


@contextlib.contextmanager
def running(demo: Demo) -> Iterator[dict[str, subprocess.Popen]]:
    """The web server, and once it answers worker and beat; all of them end with the block."""
    started: dict[str, subprocess.Popen] = {}
    try:
        start(demo, started, "web")
        wait_until_ready(demo, started)
        for name in ("worker", "beat"):
            start(demo, started, name)
        yield started
    finally:
        stop_all(started)


def stop_all(started: dict[str, subprocess.Popen]) -> None:
    """As Ctrl-C would: a job's step may end; what has not stopped in time is killed with its children."""
    for process in started.values():
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
    deadline = time.monotonic() + STOP_SECONDS
    for process in started.values():
        try:
            process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def require_alive(demo: Demo, started: dict[str, subprocess.Popen]) -> None:
    for name, process in started.items():
        if process.poll() is not None:
            log = demo.data / "log" / f"{name}.log"
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-20:])
            print(tail, file=sys.stderr)
            raise CannotRun(f"The {name} process ended (the lines above are from {log}).")


def is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health/ready", headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def wait_until_ready(demo: Demo, started: dict[str, subprocess.Popen]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not is_ready(demo.port):
        require_alive(demo, started)
        if time.monotonic() > deadline:
            log = demo.data / "log" / "web.log"
            raise CannotRun(f"The site did not answer in {START_SECONDS:.0f} seconds: see {log}.")
        time.sleep(0.2)


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


def serve(begun: float) -> None:
    demo = read_options()
    require_port(demo.port)
    if demo.search:
        require_elasticsearch()
    environment.prepare()
    if os.environ.get("RESET", "") not in ("", "0"):
        start_over(demo.data)
    with contextlib.ExitStack() as stack:
        demo = stack.enter_context(searching(demo))
        logins = prepare_data(demo)
        rebuild_search(demo)
        started = stack.enter_context(running(demo))
        print(f"\nÄäni–Röst is up at {demo.address} ({time.monotonic() - begun:.0f} s)\n\n{logins.strip()}\n")
        print("Mail is written to var/mail, logs to var/log. Ctrl-C stops everything.", flush=True)
        while True:
            require_alive(demo, started)
            time.sleep(0.5)


def main() -> int:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        serve(time.monotonic())
    except CannotRun as error:
        print(error, file=sys.stderr)
        return 1
    except Stopped:
        print("\nStopped.")
    except OSError as error:
        if error.errno != 28:
            raise
        print("The disk is full: the demo could not be written.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
