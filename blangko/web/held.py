"""Sheets that people gave to the page: each kept under a name that nobody guesses, until it is written or put away.

They lie in a folder of the server's own that goes when it ends. What nobody has looked at for an hour goes too, and
where there are too many, the one that waited longest.
"""

from __future__ import annotations

import secrets
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import NamedTuple

PATIENCE_SECONDS = 3600
MOST_SHEETS = 40

Answer = tuple[str, str]
"""An option of the import, and what is said to it as it is typed."""


class Held(NamedTuple):
    """A sheet: the name that its owner's computer gave it, what it holds, and what was answered about it so far."""

    name: str
    content: bytes
    answers: tuple[Answer, ...]


class _Kept(NamedTuple):
    """The same as it is kept, and when somebody last looked at it, on the server's own running clock."""

    name: str
    path: Path
    answers: tuple[Answer, ...]
    seen_seconds: float


class Shelf:
    """The sheets of all who are at the page, each by its unguessable name."""

    def __init__(self) -> None:
        self._folder: TemporaryDirectory[str] | None = None
        self._kept: dict[str, _Kept] = {}
        self._lock = Lock()

    def put(self, name: str, content: bytes) -> str:
        """Keep a sheet; by what is returned it is found again."""
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._expire()
            while len(self._kept) >= MOST_SHEETS:
                self._delete(min(self._kept, key=lambda token: self._kept[token].seen_seconds))
            if self._folder is None:
                self._folder = TemporaryDirectory(prefix="blangko-")
            path = Path(self._folder.name, token)
            path.touch(mode=0o600, exist_ok=False)
            path.write_bytes(content)
            self._kept[token] = _Kept(name, path, (), time.monotonic())
        return token

    def get(self, token: str) -> Held | None:
        """The sheet of that name; None when it is not here, or not any more."""
        with self._lock:
            self._expire()
            kept = self._kept.get(token)
            if kept is None:
                return None
            self._kept[token] = kept._replace(seen_seconds=time.monotonic())
            return Held(kept.name, kept.path.read_bytes(), kept.answers)

    def answer(self, token: str, answers: tuple[Answer, ...]) -> None:
        """Keep what was answered about a sheet instead of what was before."""
        with self._lock:
            if token in self._kept:
                self._kept[token] = self._kept[token]._replace(answers=answers)

    def drop(self, token: str) -> None:
        """Delete a sheet, if it is still here."""
        with self._lock:
            self._delete(token)

    def _delete(self, token: str) -> None:
        if (kept := self._kept.pop(token, None)) is not None:
            kept.path.unlink(missing_ok=True)

    def _expire(self) -> None:
        now = time.monotonic()
        for token in [token for token, kept in self._kept.items() if now - kept.seen_seconds > PATIENCE_SECONDS]:
            self._delete(token)
