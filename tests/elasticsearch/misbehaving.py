"""A proxy in front of Elasticsearch that misbehaves on order: slow, busy, broken, cut off, away.

A test sets `proxy.order`: Order(status=429, times=2) refuses twice and then hands on what the server
answers, Order(delay=3, only="_search") lets searches wait, PASS ends it.
"""

import http.client
import json
import socket
import ssl
import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

SERVER_SECONDS = 60
OF_ONE_CONNECTION = {"connection", "content-length", "host", "keep-alive", "transfer-encoding"}


@dataclass(frozen=True)
class Order:
    """How requests are answered: those with `only` in method and address, the next `times` of them.

    `delay` comes first, whatever follows it. Without `status`, `cut` or `refuse` the server answers.
    """

    delay: float = 0
    status: int = 0
    retry_after: int | None = None
    cut: bool = False
    refuse: bool = False
    only: str = ""
    times: int | None = None


PASS = Order()


class Misbehaving:
    """Listens at `url` between start and stop, on one port for its whole life."""

    def __init__(self, upstream: str, ca_file: str | None = None) -> None:
        self.upstream = urlsplit(upstream)
        self.tls = ssl.create_default_context(cafile=ca_file) if self.upstream.scheme == "https" else None
        self.hung_up = threading.Event()
        self._lock = threading.RLock()
        self._order = PASS
        self._requests: list[str] = []
        self._passed = 0
        self._connections: set[socket.socket] = set()
        self._server: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None
        self._port = 0
        self._listen()

    @property
    def url(self) -> str:
        account, at, _ = self.upstream.netloc.rpartition("@")
        return f"http://{account}{at}127.0.0.1:{self._port}"

    @property
    def order(self) -> Order:
        with self._lock:
            return self._order

    @order.setter
    def order(self, order: Order) -> None:
        with self._lock:
            self._order = order
        if order.refuse:
            self._hang_up()
        elif self._server is None:
            self._listen()

    @property
    def requests(self) -> list[str]:
        """What was asked for, such as "POST /index/_search?size=1", the earliest first."""
        with self._lock:
            return list(self._requests)

    @property
    def passed(self) -> int:
        """How many requests the server has answered, cut-off ones among them."""
        with self._lock:
            return self._passed

    def stop(self) -> None:
        self._hang_up()

    def take_order(self, request: str) -> Order:
        """The order for this request, which counts as one of its `times`."""
        with self._lock:
            self._requests.append(request)
            order = self._order
            if order.only not in request:
                return PASS
            if order.times is not None:
                left = order.times - 1
                self._order = replace(order, times=left) if left else PASS
            return order

    def ask_server(
        self, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        connection = self._connect()
        try:
            connection.request(method, path, body=body or None, headers=headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        with self._lock:
            self._passed += 1
        return answer.status, answer.getheaders(), content

    def _connect(self) -> http.client.HTTPConnection:
        host, port = self.upstream.hostname or "", self.upstream.port
        if self.tls is not None:
            return http.client.HTTPSConnection(host, port, timeout=SERVER_SECONDS, context=self.tls)
        return http.client.HTTPConnection(host, port, timeout=SERVER_SECONDS)

    def opened(self, connection: socket.socket) -> None:
        with self._lock:
            self._connections.add(connection)
            if self.hung_up.is_set():
                _shut(connection)

    def closed(self, connection: socket.socket) -> None:
        with self._lock:
            self._connections.discard(connection)

    def _listen(self) -> None:
        self.hung_up = threading.Event()
        handler = type("Handler", (_Handler,), {"proxy": self})
        self._server = _Server(("127.0.0.1", self._port), handler)
        self._port = self._server.server_address[1]
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()

    def _hang_up(self) -> None:
        """Nobody listens any more, and whoever is connected is cut off."""
        server, thread, self._server = self._server, self._thread, None
        if server is None or thread is None:
            return
        server.shutdown()
        thread.join()
        server.socket.close()
        with self._lock:
            self.hung_up.set()
            for connection in self._connections:
                _shut(connection)
        server.server_close()


class _Server(ThreadingHTTPServer):
    # Threads are waited for when the server is closed: none of them outlives a test.
    daemon_threads = False
    block_on_close = True
    request_queue_size = 64

    def handle_error(self, request, client_address) -> None:
        """A client that went away while it was answered is what tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    proxy: Misbehaving

    def setup(self) -> None:
        super().setup()
        self.proxy.opened(self.connection)

    def finish(self) -> None:
        self.proxy.closed(self.connection)
        super().finish()

    def log_message(self, *args: object) -> None:
        """Tests read `requests` instead."""

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        order = self.proxy.take_order(f"{self.command} {self.path}")
        if order.delay and self.proxy.hung_up.wait(order.delay):
            self.close_connection = True
            return
        if order.status:
            self._refuse(order)
            return
        headers = dict(_kept(self.headers.items()))
        try:
            status, given, content = self.proxy.ask_server(self.command, self.path, body, headers)
        except (OSError, http.client.HTTPException):
            # The server is away: so is what stands in front of it.
            _shut(self.connection)
            self.close_connection = True
            return
        self._send(status, _kept(given), content, cut=order.cut)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = answer

    def _refuse(self, order: Order) -> None:
        reason = {"type": "ordered_exception", "reason": "this is what the test ordered"}
        content = json.dumps({"error": reason, "status": order.status}).encode()
        headers = [("Content-Type", "application/json"), ("X-elastic-product", "Elasticsearch")]
        if order.retry_after is not None:
            headers.append(("Retry-After", str(order.retry_after)))
        self._send(order.status, headers, content)

    def _send(self, status: int, headers: list[tuple[str, str]], content: bytes, cut: bool = False) -> None:
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content[: len(content) // 2] if cut else content)
        if cut:
            self.wfile.flush()
            _shut(self.connection)
            self.close_connection = True


def _kept(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers if name.lower() not in OF_ONE_CONNECTION]


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        connection.close()
