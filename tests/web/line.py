"""A bad line in front of a served page: HTTPS, 80 ms to and fro, and every few connections a cut."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

ONE_WAY_SECONDS = 0.04
CUTS = {1: "before anything", 3: "in the middle", 5: "before the answer"}
"""What happens to the connections whose number leaves so much when it is divided by `EVERY`."""
EVERY = 8


def certificate(folder: Path) -> Path:
    """A certificate of localhost with its key, in one file, which whoever is to trust it names in SSL_CERT_FILE."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key, name = (
        generate_private_key(SECP256R1()),
        x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")]),
    )
    # A machine's tests may live in another year than the clock of its TLS.
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, SHA256())
    )
    place = folder / "localhost.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    place.write_bytes(secret + made.public_bytes(Encoding.PEM))
    return place


class BadLine:
    """The line to the server that listens at `port`; `address` is its near end, `cuts` how often it was cut."""

    def __init__(self, port: int, pem: Path) -> None:
        self._port, self._numbers = port, count()
        self._lock = threading.Lock()
        self.cuts: list[str] = []
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(pem)
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.address = f"https://localhost:{self.listening.getsockname()[1]}"

    def run(self) -> None:
        """Take up connections until the listening socket is closed."""
        with suppress(OSError):
            while True:
                near, _ = self.listening.accept()
                threading.Thread(target=self._serve, args=(near, next(self._numbers)), daemon=True).start()

    def _serve(self, near: socket.socket, number: int) -> None:
        with suppress(OSError), near:
            # The connection and the agreement on a key take two ways to and fro.
            time.sleep(4 * ONE_WAY_SECONDS)
            with self._context.wrap_socket(near, server_side=True) as closed:
                self._carry(closed, CUTS.get(number % EVERY))

    def _carry(self, near: ssl.SSLSocket, cut: str | None) -> None:
        if cut:
            with self._lock:
                self.cuts.append(cut)
        if cut == "before anything":
            return
        asked = _request(near)
        time.sleep(ONE_WAY_SECONDS)
        with socket.create_connection(("127.0.0.1", self._port)) as far:
            if cut == "in the middle":
                far.sendall(asked[: len(asked) // 2])
                return
            far.sendall(asked.replace(self.address[8:].encode(), f"localhost:{self._port}".encode(), 1))
            answer = b"".join(iter(lambda: far.recv(1 << 16), b""))
        time.sleep(ONE_WAY_SECONDS)
        if cut is None:
            near.sendall(answer)


def _request(near: ssl.SSLSocket) -> bytes:
    """One request, to the end of its body."""
    asked = b""
    while b"\r\n\r\n" not in asked:
        asked += _more(near)
    head, _, body = asked.partition(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    while len(body) < sum(map(int, lengths)):
        more = _more(near)
        asked, body = asked + more, body + more
    return asked


def _more(near: ssl.SSLSocket) -> bytes:
    more = near.recv(1 << 16)
    if not more:
        raise ConnectionError
    return more


@contextmanager
def bad_line(port: int, pem: Path) -> Iterator[BadLine]:
    """Such a line, until the end of the block."""
    line = BadLine(port, pem)
    threading.Thread(target=line.run, daemon=True).start()
    try:
        yield line
    finally:
        line.listening.close()
