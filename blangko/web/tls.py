"""HTTPS for the server, which has none of its own: its lines are spoken over by the `ssl` of the standard library.

The handshake is made bit by bit as what belongs to it comes in, like any request: a caller who begins one and says no
more keeps nobody else waiting.
"""

from __future__ import annotations

import socket
import ssl
from threading import Lock
from typing import Any

from blangko.errors import reason_of
from blangko.errors.web import BadCertificate
from blangko.web.lines import Line


def certificate(path: str, key: str | None) -> ssl.SSLContext:
    """What a server shows to browsers: the certificate with its chain, and its key, which may lie in the same file.

    Raises:
        BadCertificate: They cannot be read, need a password, or do not go together.
    """
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.set_alpn_protocols(["http/1.1"])
    try:
        made.load_cert_chain(path, key, password=_no_password)
    except ssl.SSLError as error:
        is_of_another = error.reason == "KEY_VALUES_MISMATCH"
        reason = "the key is that of another certificate" if is_of_another else "it holds no certificate with its key"
        raise BadCertificate(path=path, reason=reason) from None
    except (OSError, ValueError) as error:
        raise BadCertificate(path=path, reason=reason_of(error)) from None
    return made


def _no_password() -> str:
    # Else OpenSSL would ask for one at the terminal, where a service has none.
    raise ValueError("its key needs a password")


def listening_over(listening: socket.socket, context: ssl.SSLContext) -> socket.socket:
    """The listening socket, whose callers are spoken with over TLS."""
    return context.wrap_socket(listening, server_side=True, do_handshake_on_connect=False)


class SecureLine(Line):
    """One caller's line over TLS."""

    def __init__(self, *others: Any, **more: Any) -> None:
        # Whoever reads and whoever answers are two threads, and one TLS line bears one at a time.
        self._speaking = Lock()
        self._came: bytes = b""
        super().__init__(*others, **more)

    def handle_read(self) -> None:
        """Take what came; nothing yet, where it is no whole piece of what was enciphered."""
        try:
            self._came = self._read()
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return
        except OSError:
            # No TLS at all, or a line that is gone.
            self._came = b""
        super().handle_read()

    def _read(self) -> bytes:
        with self._speaking:
            came: bytes = self.socket.recv(self.adj.recv_bytes)
            # What OpenSSL has deciphered already wakes nobody up.
            while waiting := self.socket.pending():
                came += self.socket.recv(waiting)
        return came

    def recv(self, _most_bytes: int) -> bytes:
        """What was read; without anything the caller is gone."""
        if not self._came:
            self.handle_close()
        return self._came

    def send(self, data: bytes, do_close: bool = True) -> int:
        """Send what goes, in bytes of `data`; 0 where the line takes nothing now, or nothing any more."""
        try:
            with self._speaking:
                return int(self.socket.send(data))
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return 0
        except OSError:
            if do_close:
                self.handle_close()
            return 0
