"""What the page in a browser cannot do."""

from __future__ import annotations

from blangko.errors import BlangkoError, Refused


class PortTaken(BlangkoError):
    """Nothing can listen at that port."""

    port: int
    reason: str


class NotAgreed(Refused):
    """On so many days a sheet says something else than the book, and nobody ticked that the sheet is right."""

    days: int


class SheetGone(Refused):
    """A sheet that was given to the page is not there any more."""


class NoFileChosen(BlangkoError):
    """A form was sent without the file that it is for."""
