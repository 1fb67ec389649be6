"""The check code as a square that a telephone reads: the whole seal, which nobody would type. Extra: `report`.

The same code gives the same square, whatever the machine.
"""

from __future__ import annotations

import io
from typing import Any

from blangko.errors.files import MissingExtra

PIXELS = 6
"""The width of the square's smallest spot in the picture: a printer of 300 dots to the inch needs four for it."""


def square_svg(code: str, what: str) -> str:
    """The square as one SVG element; empty without a code.

    Raises:
        MissingExtra: segno is not installed; `what` cannot be made.
    """
    if not code:
        return ""
    out = io.BytesIO()
    _square(code, what).save(out, kind="svg", xmldecl=False, nl=False, omitsize=True, svgclass="square", title=code)
    return out.getvalue().decode()


def square_png(code: str, what: str) -> bytes:
    """The square as a picture.

    Raises:
        MissingExtra: As `square_svg`.
    """
    out = io.BytesIO()
    _square(code, what).save(out, kind="png", scale=PIXELS)
    return out.getvalue()


def _square(code: str, what: str) -> Any:
    try:
        import segno
    except ImportError:
        raise MissingExtra(extra="report", what=what) from None
    # In large letters the digits take two thirds of the room; a code is read in either. A seventh of the square may be
    # dirty or folded.
    return segno.make(code.upper(), error="m", micro=False, boost_error=False)
