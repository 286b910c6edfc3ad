"""A real Elasticsearch for tests and demo: built once from its published jars, started on a free port.

Standard library only. Maven builds tests/elasticsearch/server into the folder .elasticsearch, once for
these sources and this JDK. No security, no durability given up: a killed server keeps what it confirmed.
"""

import contextlib
import fcntl
import hashlib
import http.client
import os
import platform
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from scripts import services
from scripts.services import ServiceMissing

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "tests" / "elasticsearch" / "server"
BUILT = ROOT / ".elasticsearch"
INSTALLED_JAVA = Path("/usr/lib/jvm")
MINIMUM_JAVA = 21
# From here on the JVM keeps loaded classes between starts in a file that one option makes.
CACHING_JAVA = 25
START_SECONDS = 90.0
STOP_SECONDS = 60.0
OPTIONS = [
    "-Xms64m",
    "-Xmx512m",
    "-Xss1m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:-OmitStackTraceInFastThrow",
    "-Djava.awt.headless=true",
    "-Dfile.encoding=UTF-8",
    "-Dio.netty.noUnsafe=true",
    "-Dio.netty.noKeySetOptimization=true",
    "-Dio.netty.recycler.maxCapacityPerThread=0",
    "-Dlog4j.shutdownHookEnabled=false",
    "-Dlog4j2.disable.jmx=true",
    "-Dorg.apache.lucene.store.MMapDirectory.sharedArenaMaxPermits=1",
    # The vendor's native library is not among the jars.
    "-Dorg.elasticsearch.nativeaccess.enableVectorLibrary=false",
    "--add-modules=ALL-MODULE-PATH",
    "--enable-native-access=org.elasticsearch.nativeaccess,org.elasticsearch.foreign,org.apache.lucene.core",
]


def version() -> str:
    found = re.search(r"<elasticsearch\.version>(.+?)<", (SOURCES / "pom.xml").read_text(encoding="utf-8"))
    if found is None:
        raise RuntimeError(f"no elasticsearch.version in {SOURCES / 'pom.xml'}")
    return found[1]


def java_version(home: Path) -> int:
    """The major version of a JDK; 0 where there is none, or one without compiler."""
    release = home / "release"
    if not release.is_file() or not (home / "bin" / "javac").exists():
        return 0
    found = re.search(r'^JAVA_VERSION="(\d+)', release.read_text(encoding="utf-8"), re.MULTILINE)
    return int(found[1]) if found else 0


def java_home() -> Path:
    """JAVA_HOME where that is new enough, else the newest JDK that the system has installed."""
    given = Path(os.environ.get("JAVA_HOME") or "/nonexistent")
    if java_version(given) >= MINIMUM_JAVA:
        return given
    installed = {home: java_version(home) for home in sorted(INSTALLED_JAVA.glob("*"))}
    newest = max(installed, key=lambda home: installed[home], default=given)
    if installed.get(newest, 0) >= MINIMUM_JAVA:
        return newest
    found = sorted({str(number) for number in (*installed.values(), java_version(given)) if number})
    has = f"version {', '.join(found)}" if found else "none"
    raise ServiceMissing(
        f"Elasticsearch needs a JDK of version {MINIMUM_JAVA} or newer, found in {INSTALLED_JAVA} or named "
        f"by JAVA_HOME: here is {has}"
    )


def maven() -> str:
    program = shutil.which("mvn")
    if program is None:
        raise ServiceMissing("Elasticsearch is built with Maven: mvn not found (Debian package maven)")
    return program


def _folder(java: Path) -> Path:
    """Where the build for these sources and this JDK lies."""
    digest = hashlib.sha256((java / "release").read_bytes() + str(java).encode())
    for path in sorted(path for path in SOURCES.rglob("*") if path.is_file()):
        digest.update(str(path.relative_to(SOURCES)).encode() + b"\0" + path.read_bytes())
    return BUILT / digest.hexdigest()[:16]


def require() -> None:
    """Raises ServiceMissing with one sentence where the server can be neither found built nor built."""
    if not (_folder(java_home()) / "finished").exists():
        maven()


def build() -> Path:
    """The folder of the built server; whoever comes while it is being built waits."""
    java = java_home()
    folder = _folder(java)
    BUILT.mkdir(exist_ok=True)
    with (BUILT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "finished").exists():
            program = maven()
            for old in BUILT.iterdir():
                if old.is_dir():
                    shutil.rmtree(old)
            print(f"Building Elasticsearch {version()} from its published jars …", flush=True)
            _run_maven(program, java, folder)
            _link_compression(folder / "home")
            _remember_classes(java, folder)
            (folder / "finished").touch()
    return folder


def _run_maven(program: str, java: Path, folder: Path) -> None:
    command = [program, "--batch-mode", "--quiet", "--strict-checksums", f"-Doutput={folder}", "package"]
    result = subprocess.run(
        command,
        cwd=SOURCES,
        env=os.environ | {"JAVA_HOME": str(java)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        first = next((line for line in result.stdout.splitlines() if "ERROR" in line), "no message")
        raise ServiceMissing(f"Elasticsearch could not be built with Maven: {first.strip()[:500]}")
    shutil.rmtree(folder / "target")


def _link_compression(home: Path) -> None:
    """The system's zstd where the vendor has its own: an index that compresses well would hang without it."""
    machine = {"x86_64": "x64"}.get(platform.machine(), platform.machine())
    found = [*Path("/usr/lib").glob("*/libzstd.so.1"), *Path("/usr/lib64").glob("libzstd.so.1")]
    if not found:
        raise ServiceMissing("Elasticsearch needs libzstd.so.1 (Debian package libzstd1)")
    link = home / "lib" / "platform" / f"linux-{machine}" / "libzstd.so"
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(found[0])


def _remember_classes(java: Path, folder: Path) -> None:
    """Starts and stops the server once, so that every later start takes less than half as long."""
    if java_version(java) < CACHING_JAVA:
        return
    trial = Server(folder / "trial", folder, options=[f"-XX:AOTCacheOutput={folder / 'classes.aot'}"])
    trial.start()
    trial.stop()
    shutil.rmtree(trial.folder)


class Server:
    """One node with its data in a folder. It keeps its port from the first start on."""

    def __init__(self, folder: Path, built: Path | None = None, options: list[str] | None = None) -> None:
        self.folder = folder
        self.built = built or build()
        self.options = options or []
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Returns when searches are answered."""
        ports = self.folder / "logs" / "http.ports"
        ports.parent.mkdir(parents=True, exist_ok=True)
        ports.unlink(missing_ok=True)
        with self.log.open("wb") as log:
            # The pipe is never written to: it ends with this process, and the server with it.
            process = subprocess.Popen(
                self._command(), stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True
            )
        self.process = process
        try:
            services.wait_until(lambda: _has_line(ports), "Elasticsearch", process, START_SECONDS)
            addresses = ports.read_text(encoding="utf-8").split()
            self.port = next(int(one.rpartition(":")[2]) for one in addresses if one.startswith("127.0.0.1:"))
            services.wait_until(self.answers, "Elasticsearch", process, START_SECONDS)
        except RuntimeError as error:
            self.kill()
            tail = "\n".join(self.log.read_text(errors="replace").splitlines()[-20:])
            raise RuntimeError(f"{error}; its log {self.log} ends:\n{tail}") from error

    def _command(self) -> list[str]:
        home, cache = self.built / "home", self.built / "classes.aot"
        cached = [f"-XX:AOTCache={cache}"] if cache.exists() else []
        java = [str(java_home() / "bin" / "java"), *OPTIONS, *cached, *self.options, f"-Des.path.home={home}"]
        main = ["--module-path", str(home / "lib"), "--module", "portal.launcher/portal.launcher.Launcher"]
        return [*java, *main, str(self.folder), str(self.port)]

    def answers(self) -> bool:
        """Whether every index can be searched."""
        # Not by urllib: it would ask a proxy that the environment names.
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/_cluster/health?wait_for_status=yellow&timeout=5s")
            return connection.getresponse().status == 200
        except (http.client.HTTPException, OSError):
            return False
        finally:
            connection.close()

    def stop(self) -> None:
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=STOP_SECONDS)
            self.kill()

    def kill(self) -> None:
        """SIGKILL: as when the power fails, or memory runs out."""
        if self.process is not None and self.process.stdin is not None:
            self.process.kill()
            self.process.wait()
            self.process.stdin.close()


def _has_line(file: Path) -> bool:
    return file.exists() and file.read_text(encoding="utf-8").endswith("\n")


@contextlib.contextmanager
def running(folder: Path) -> Iterator[str]:
    """A running server; yields its address."""
    server = Server(folder / "elasticsearch")
    server.start()
    try:
        yield server.url
    finally:
        server.stop()
