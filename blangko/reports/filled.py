"""A Word template filled with facts. Extra: `word`.

A template that somebody else wrote is a program: it may reach for the machine, run without end, or unpack into more
than the machine holds. So it is filled in Jinja's sandbox, in a process of its own, within limits. Run as a program,
this module is that process: facts as one line of JSON and the template come in, the document goes out.
"""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from blangko.errors import BadTemplate, reason_of
from blangko.reports.square import square_png

LARGEST_FILE_BYTES = 10_000_000
LARGEST_UNPACKED_BYTES = 40_000_000
MOST_PARTS = 2_000
LARGEST_MEMORY_BYTES = 220_000_000
"""Of the process that fills it; a letter of three pages with a letterhead takes a third of it."""
LONGEST_SECONDS = 8
SQUARE_MM = 26
STAMP = (2017, 1, 1, 0, 0, 0)
"""The time of every part in the file: the same letter gives the same bytes."""
_TOO_LARGE = "it unpacks into too much"


def filled_apart(path: str, facts: Mapping[str, Any]) -> bytes:
    """The document made from an office's own template, whatever that holds.

    Raises:
        BadTemplate: It is no Word file of a sane size, asks for what there is not, or takes too much time or memory.
    """
    told = json.dumps(facts, ensure_ascii=True).encode() + b"\n" + _read(path)
    # What this process can import the other one can, and nothing that lies in the folder where it happens to run.
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONSAFEPATH": "1"}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "blangko.reports.filled"],
            input=told, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env, timeout=LONGEST_SECONDS,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise BadTemplate(path=path, reason="it does not come to an end") from None
    except OSError as error:
        raise BadTemplate(path=path, reason=reason_of(error)) from None
    if done.returncode:
        # The process says why in its last words; one that was ended by the machine cannot.
        raise BadTemplate(path=path, reason=done.stdout.decode(errors="replace")[:200] or _TOO_LARGE)
    return done.stdout


def _read(path: str) -> bytes:
    """The template's bytes; a pipe, which may never end, is none."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise BadTemplate(path=path, reason="it is no ordinary file")
        with open(path, "rb") as file:
            held = file.read(LARGEST_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        raise BadTemplate(path=path, reason=reason_of(error)) from None
    if len(held) > LARGEST_FILE_BYTES:
        raise BadTemplate(path=path, reason=_TOO_LARGE)
    return held


def filled(template: bytes, facts: Mapping[str, Any]) -> bytes:
    """The document made from a template, in the sandbox: it sees the facts and reaches nothing else.

    Raises:
        ImportError: docxtpl is not installed.
        Exception: Whatever docxtpl says about a template that is none.
    """
    from docxtpl import DocxTemplate
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    document = DocxTemplate(io.BytesIO(template))
    square = _square(document, facts.get("whole_code") or "")
    document.render({**facts, "check_square": square}, ImmutableSandboxedEnvironment(autoescape=True))
    out = io.BytesIO()
    document.save(out)
    return stamped(out.getvalue())


class _Shown:
    """What a template may show, and nothing else of it: the sandbox keeps templates from names that begin so."""

    def __init__(self, show: Callable[[], str]) -> None:
        self._show = show

    def __html__(self) -> str:
        return self._show()


def _square(document: Any, code: str) -> _Shown | str:
    """The check code as a picture in the text; nothing without a code."""
    from docx.shared import Mm
    from docxtpl import InlineImage

    if not code:
        return ""
    # The picture as docxtpl makes it holds the whole document, with ways to read and write files.
    picture = InlineImage(document, io.BytesIO(square_png(code, "DOCX")), width=Mm(SQUARE_MM))
    return _Shown(picture.__html__)


def stamped(made: bytes) -> bytes:
    """The same file without the time of its making."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, STAMP), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def refuse_large(template: bytes) -> None:
    """Refuse a packed file that says of itself that it unpacks into more than any letter.

    Nothing is unpacked for it; a part that says less than it holds is read no further than it says.

    Raises:
        ValueError: It does.
        zipfile.BadZipFile: It is no packed file.
    """
    with zipfile.ZipFile(io.BytesIO(template)) as packed:
        parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED_BYTES:
        raise ValueError(_TOO_LARGE)


def _limit_memory() -> None:
    """Let this process take no more memory, where the machine can hold it to that."""
    try:
        import resource
    except ImportError:
        # Windows has no such limits; there the sizes and the time that are allowed must do.
        return
    resource.setrlimit(resource.RLIMIT_AS, (LARGEST_MEMORY_BYTES, LARGEST_MEMORY_BYTES))
    # Whoever started it may be gone before the time is up.
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_SECONDS, LONGEST_SECONDS))


def main() -> int:
    """Fill what comes in; the exit code, 1 with the reason instead of a document."""
    _limit_memory()
    facts, template = sys.stdin.buffer.readline(), sys.stdin.buffer.read()
    try:
        refuse_large(template)
        made = filled(template, json.loads(facts))
    except MemoryError:
        made = None
    except Exception as error:
        sys.stdout.write(" ".join(str(error).split())[:200] or type(error).__name__)
        return 1
    if made is None or len(made) > LARGEST_UNPACKED_BYTES:
        sys.stdout.write(_TOO_LARGE)
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
