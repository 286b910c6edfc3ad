"""Asks one address again and again over kept-alive connections, and says how often it was answered.

    python -m tests.load.asking PORT PATH SECONDS CONNECTIONS

A process of its own and little more than a socket, so that the server and not the asking is measured.
"""

import socket
import sys
import threading
import time

HOST = "osallistu.example.fi"


def read_answer(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise SystemExit(f"unexpected answer: {head[:200]!r}")
    lines = head.lower().split(b"\r\n")
    length = next(int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length"))
    while len(body) < length:
        body += connection.recv(65536)
    return body


def ask(port: int, path: str, until: float, counts: list[int]) -> None:
    request = f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n\r\n".encode()
    done = 0
    with socket.create_connection(("127.0.0.1", port)) as connection:
        while time.monotonic() < until:
            connection.sendall(request)
            read_answer(connection)
            done += 1
    counts.append(done)


def main() -> None:
    port, path, seconds, connections = sys.argv[1:]
    counts: list[int] = []
    begun = time.monotonic()
    until = begun + float(seconds)
    threads = [
        threading.Thread(target=ask, args=(int(port), path, until, counts)) for _ in range(int(connections))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(sum(counts) / (time.monotonic() - begun))


if __name__ == "__main__":
    main()
