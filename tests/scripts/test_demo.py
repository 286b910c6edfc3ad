"""What `make demo` says when it cannot run: one clear sentence, and an exit code that is not zero."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import namedtuple
from pathlib import Path

import pytest

from scripts import demo, elasticsearch, environment
from scripts.environment import CannotRun
from scripts.services import ServiceMissing

ROOT = Path(__file__).resolve().parents[2]
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_taken_port_ends_it_with_one_sentence(taken_port):
    found = subprocess.run(
        [sys.executable, "-m", "scripts.demo"],
        cwd=ROOT,
        env=os.environ | {"PORT": str(taken_port)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert found.returncode == 1
    assert found.stderr.count("\n") == 1
    assert str(taken_port) in found.stderr
    assert "PORT=" in found.stderr
    assert found.stdout == ""


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1"])
def test_a_port_that_is_none(port, monkeypatch):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(CannotRun, match=r"from 1 to 65535"):
        demo.read_options()


def test_a_search_that_is_none(monkeypatch):
    monkeypatch.setenv("SEARCH", "solr")
    with pytest.raises(CannotRun, match=r"SEARCH=solr is not known: give elasticsearch"):
        demo.read_options()


class TestElasticsearch:
    @pytest.fixture
    def wanted(self, tmp_path):
        try:
            elasticsearch.require()
        except ServiceMissing as missing:
            pytest.skip(str(missing))
        return demo.Demo(port=8000, data=tmp_path, search="elasticsearch")

    def test_without_java_one_sentence_says_so(self, monkeypatch, tmp_path):
        monkeypatch.setattr(elasticsearch, "INSTALLED_JAVA", tmp_path)
        monkeypatch.delenv("JAVA_HOME", raising=False)
        with pytest.raises(CannotRun, match=r"needs a JDK of version 21 or newer.*here is none\.$"):
            demo.require_elasticsearch()

    def test_it_lives_beside_the_demo_with_its_data_in_the_same_folder(self, wanted, tmp_path):
        with demo.searching(wanted) as searching:
            url = searching.variables["SEARCH_URL"]
            with urllib.request.urlopen(url) as answer:
                assert answer.status == 200
        assert (tmp_path / "elasticsearch" / "data").is_dir()
        with pytest.raises(urllib.error.URLError):
            urllib.request.urlopen(url)

    def test_unasked_for_the_database_searches(self, tmp_path):
        with demo.searching(demo.Demo(port=8000, data=tmp_path)) as searching:
            assert searching.search_url == ""
        assert list(tmp_path.iterdir()) == []


def test_a_full_disk_before_the_start(monkeypatch):
    monkeypatch.setattr(environment.shutil, "disk_usage", lambda path: Usage(10, 10, 5_000_000))
    with pytest.raises(CannotRun, match=r"The disk is full: 5 MB are free"):
        environment.require_space()


@pytest.mark.parametrize("words", ["No space left on device", "npm error ENOSPC"])
def test_a_disk_that_fills_on_the_way(words):
    with pytest.raises(CannotRun, match="The disk is full: Unpacking could not be finished"):
        environment.run([sys.executable, "-c", f"import sys; sys.exit({words!r})"], "Unpacking")


def test_a_step_that_fails_shows_its_output(capsys):
    with pytest.raises(CannotRun, match="Unpacking failed"):
        environment.run([sys.executable, "-c", "import sys; sys.exit('the reason')"], "Unpacking")
    assert "the reason" in capsys.readouterr().err


def test_no_venv_module(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "PYTHON", tmp_path / "none")
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(CannotRun, match="python3-venv"):
        environment.make_venv()


def test_an_old_python(monkeypatch):
    monkeypatch.setattr(environment.sys, "version_info", (3, 9, 2))
    with pytest.raises(CannotRun, match=r"Python 3\.9\.2 is too old: 3\.11"):
        environment.require_python()


class TestNode:
    @pytest.fixture(autouse=True)
    def _no_node_of_the_system(self, monkeypatch, tmp_path):
        monkeypatch.setattr(environment.shutil, "which", lambda name: None)
        monkeypatch.setattr(environment, "VENV", tmp_path)

    def test_it_comes_from_the_package_index(self, monkeypatch, tmp_path):
        asked = []
        monkeypatch.setattr(environment, "_install", lambda lock, what: asked.append(lock))
        assert environment.node_path().split(os.pathsep)[0] == str(tmp_path / "bin")
        assert asked == ["requirements-node.txt"]

    def test_without_that_too_one_sentence_says_so(self, monkeypatch):
        def refuse(lock, what):
            raise CannotRun("Fetching Node failed")

        monkeypatch.setattr(environment, "_install", refuse)
        with pytest.raises(CannotRun, match=r"npm is missing, and Node could not be fetched"):
            environment.node_path()


@pytest.fixture
def small_demo(tmp_path, monkeypatch):
    """Processes that do nothing, one of which ignores being asked to stop."""
    stubborn = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); time.sleep(60)"
    commands = {
        "web": [sys.executable, "-c", "import time; time.sleep(60)"],
        "worker": [sys.executable, "-c", stubborn],
        "beat": [sys.executable, "-c", "import time; time.sleep(60)"],
    }
    monkeypatch.setattr(demo.Demo, "commands", commands)
    monkeypatch.setattr(demo, "STOP_SECONDS", 1.0)
    monkeypatch.setattr(demo, "is_ready", lambda port: True)
    (tmp_path / "log").mkdir()
    return demo.Demo(port=8000, data=tmp_path)


def test_all_processes_end_with_it(small_demo):
    with demo.running(small_demo) as started:
        time.sleep(0.5)
        demo.require_alive(small_demo, started)
    assert all(process.poll() is not None for process in started.values())


def test_a_process_that_ends_is_named_with_its_log(small_demo, monkeypatch, capsys):
    monkeypatch.setitem(small_demo.commands, "worker", [sys.executable, "-c", "import sys; sys.exit('why')"])
    with demo.running(small_demo) as started:
        started["worker"].wait()
        with pytest.raises(CannotRun, match="The worker process ended"):
            demo.require_alive(small_demo, started)
    assert "why" in capsys.readouterr().err


def test_a_web_server_that_never_answers(small_demo, monkeypatch):
    monkeypatch.setattr(demo, "is_ready", lambda port: False)
    monkeypatch.setattr(demo, "START_SECONDS", 0.5)
    with (
        pytest.raises(CannotRun, match=r"did not answer in 0 seconds: see .*web\.log"),
        demo.running(small_demo),
    ):
        pass


def test_starting_over_deletes_only_what_the_demo_wrote(tmp_path):
    for name in ("portal.sqlite3", "portal.sqlite3-wal", "beat-schedule.db", ".prepared", "own.txt"):
        (tmp_path / name).write_text("x")
    (tmp_path / "media" / "images").mkdir(parents=True)
    (tmp_path / "elasticsearch" / "data").mkdir(parents=True)
    demo.start_over(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["own.txt"]
