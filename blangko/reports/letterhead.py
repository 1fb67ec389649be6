"""What all papers of an office share: the lines at their head, the place and the date, and who signs.

`templates/head.typ` draws them; it stands before every page that is typeset.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from blangko.core.settings import Settings
from blangko.reports.table import WIDTH, cut
from blangko.words.language import _
from blangko.words.written import plain, written_day

UNKNOWN = "." * 24
"""Room for a pen where the office has not said a name or a place yet."""


class Signature(NamedTuple):
    """Who signs: above the name the role, below it rank and staff number; what is not known is empty."""

    lead: str
    role: str
    name: str
    rank: str
    nip: str


def letterhead(chosen: Settings, office: Mapping[str, str]) -> list[str]:
    """The lines at the head of a paper: those that the office chose, else its name, else its code."""
    if chosen.letterhead:
        return [plain(line) for line in chosen.letterhead.split("\n")]
    return [plain(office["name"]) or plain(office["code"])]


def place_and_date(chosen: Settings, on: date) -> str:
    """Sanggau, 28 Oktober 2017; dots while the office has not said where it is."""
    return f"{plain(chosen.place) or '.' * 14}, {written_day(on)}"


def head_signature(chosen: Settings, lead: str = "") -> Signature:
    """The head of the office, below `lead`: nothing, a place and a date, or that somebody else's paper was seen."""
    return Signature(
        lead, _("Head of the office"), plain(chosen.head_name), plain(chosen.head_rank), plain(chosen.head_nip)
    )


def clerk_signature(chosen: Settings, lead: str = "") -> Signature:
    """The goods clerk (Pengurus Barang), below `lead`."""
    return Signature(lead, _("Goods clerk"), plain(chosen.clerk_name), "", plain(chosen.clerk_nip))


def signatures(chosen: Settings, on: date) -> list[Signature]:
    """Under a paper of the storeroom: the head of the office has seen what the goods clerk wrote on that day."""
    return [head_signature(chosen, _("Acknowledged by")), clerk_signature(chosen, place_and_date(chosen, on))]


def signed_lines(each: Signature) -> list[str]:
    """The same for a letter: the role, and below the room for a pen the name, the rank and the number."""
    lines = [each.lead, each.role, each.name or UNKNOWN, each.rank, f"NIP {each.nip or '.' * 18}"]
    return [line for line in lines if line]


def signature_lines(each: Signature) -> list[str]:
    """One signature as lines, with room for a pen; a name and a number that are not known are dots."""
    return [each.lead, each.role, "", "", each.name or UNKNOWN, each.rank, f"NIP {each.nip or '.' * 18}"]


def signatures_side_by_side(two: Sequence[Signature]) -> list[str]:
    """Two signatures side by side, for a screen of 80 columns."""
    half = WIDTH // 2
    left, right = map(signature_lines, two)
    return [
        f"{cut(one, half - 2):<{half}}{cut(other, half - 2)}".rstrip() for one, other in zip(left, right, strict=True)
    ]
