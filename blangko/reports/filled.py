"""A Word template filled with facts. Extra: `word`.

A template that somebody else wrote is a program: it may reach for the machine, run without end, or unpack into more
than the machine holds. So it is filled in Jinja's sandbox, in a process of its own, within limits. Run as a program,
this module is that process: facts as one line of JSON and the template come in, the document goes out.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from blangko.elsewhere import TOO_LARGE, limit_myself, made_apart, read_whole
from blangko.errors import reason_of
from blangko.errors.files import BadTemplate
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


def filled_apart(path: str, facts: Mapping[str, Any]) -> bytes:
    """The document made from an office's own template, whatever that holds.

    Raises:
        BadTemplate: It is no Word file of a sane size, asks for what there is not, or takes too much time or memory.
    """
    try:
        template = read_whole(path, LARGEST_FILE_BYTES, TOO_LARGE)
        told = json.dumps(facts, ensure_ascii=True).encode() + b"\n" + template
        return made_apart("blangko.reports.filled", told, LONGEST_SECONDS)
    except (OSError, ValueError) as error:
        raise BadTemplate(path=path, reason=reason_of(error)) from None


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
        raise ValueError(TOO_LARGE)


def main() -> int:
    """Fill what comes in; the exit code, 1 with the reason instead of a document."""
    limit_myself(LARGEST_MEMORY_BYTES, LONGEST_SECONDS)
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
        sys.stdout.write(TOO_LARGE)
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
