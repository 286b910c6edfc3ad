"""PostgreSQL and Redis for tests and benchmarks: in a folder of their own, on free ports, gone afterwards.

Standard library only. Servers accept connections from this machine alone and give up durability for speed.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

START_SECONDS = 30.0


class ServiceMissing(Exception):
    """A server program is not installed; the message names the program and the package."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def accepts_connections(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(
    question: Callable[[], bool],
    what: str,
    process: subprocess.Popen | None = None,
    seconds: float = START_SECONDS,
) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if question():
            return
        if process is not None and process.poll() is not None:
            raise RuntimeError(f"{what} ended at once with exit code {process.returncode}")
        time.sleep(0.05)
    raise RuntimeError(f"{what} was not ready in {seconds:.0f} seconds")


def postgresql_programs() -> Path:
    """The folder of initdb, newest version first: Debian keeps them off the path."""
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if homes:
        return homes[-1].parent
    found = shutil.which("initdb")
    if found is None:
        raise ServiceMissing("initdb not found (Debian package postgresql)")
    return Path(found).parent


def _server_account() -> dict:
    """PostgreSQL refuses to run as root: the arguments of Popen that make it another account's process."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    account = names.get("postgres") or names["nobody"]
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def stop(process: subprocess.Popen, how: signal.Signals = signal.SIGTERM, seconds: float = 20) -> None:
    if process.poll() is None:
        process.send_signal(how)
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A running server with the superuser `portal` and an empty database `portal`; yields its address."""
    programs, account = postgresql_programs(), _server_account()
    home, sockets = folder / "postgresql", folder / "sockets"
    for path in (home, sockets):
        path.mkdir(parents=True)
        if account:
            os.chown(path, account["user"], account["group"])
    initdb = [str(programs / "initdb"), "--pgdata", str(home), "--username", "portal", "--auth", "trust"]
    initdb += ["--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=folder, **account)
    port = free_port()
    options = {
        "port": port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": sockets,
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "shared_buffers": "256MB",
        "max_connections": 120,
    }
    command = [str(programs / "postgres"), "-D", str(home)]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    with (folder / "postgresql.log").open("wb") as log:
        process = subprocess.Popen(
            command, stdout=log, stderr=log, cwd=folder, start_new_session=True, **account
        )
    ready = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    try:
        wait_until(lambda: subprocess.run(ready, check=False).returncode == 0, "PostgreSQL", process)
        create = [str(programs / "createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "portal", "portal"]
        subprocess.run(create, check=True)
        yield f"postgres://portal@127.0.0.1:{port}/portal"
    finally:
        stop(process, signal.SIGINT)


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[str]:
    """A running Redis without persistence; yields its address."""
    program = shutil.which("redis-server")
    if program is None:
        raise ServiceMissing("redis-server not found (Debian package redis-server)")
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with (folder / "redis.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, start_new_session=True)
    try:
        wait_until(lambda: accepts_connections(port), "Redis", process)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        stop(process)
