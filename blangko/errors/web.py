"""What the page in a browser cannot do."""

from __future__ import annotations

from blangko.errors import BlangkoError


class PortTaken(BlangkoError):
    """Nothing can listen at that port."""

    port: int
    reason: str
