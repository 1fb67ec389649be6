"""Cards of which only a remark tells: found by its words, and asked about before they are believed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from blangko.exchange.figures import Unclear, cards_in
from blangko.exchange.found import KINDS, Dated, Guess

_NO_CARDS = r"(?!\s*(?:jam|orang|org|menit|hari|unit|kali|x\b|[/:]))"
_COUNT = rf"(\d{{1,3}}(?:[.,]\d{{3}})+|\d+)(?![\d.,]){_NO_CARDS}"
_RECEIPT = re.compile(
    rf"(?:(?<!\S)\+|(?:terima|diterima|masuk|tambah\w*|dapat|ambil|diambil|drop\w*|kiriman|datang)\b[^\d/]{{0,25}}?)\s*{_COUNT}",
    re.IGNORECASE | re.ASCII,
)
_SPOILED = r"rusak|gagal(?: cetak| encode)?"
_SPOILED_NOTE = re.compile(
    rf"\b(?:{_SPOILED})\s*:?\s*{_COUNT}|{_COUNT}\s*(?:kpg|keping|lbr|lembar|blangko|kartu)?\s*(?:{_SPOILED})\b",
    re.IGNORECASE | re.ASCII,
)
_SENT = r"(?:di)?kirim(?:kan)?(?!\s+(?:surat|berkas|laporan|data))|distribusi\w*|disalurkan"
_SENT_NOTE = re.compile(
    rf"\b(?:{_SENT})\b[^\d/]{{0,25}}?\s*{_COUNT}|{_COUNT}\s*(?:kpg|keping|lbr|lembar|blangko|kartu)?\s*(?:{_SENT})\b",
    re.IGNORECASE | re.ASCII,
)
_FROM_ABOVE = re.compile(r"\b(dari|prov\w*|pusat)\b", re.IGNORECASE)
_CORRECTION = re.compile(
    r"\b(?:se)?harusnya\b\D*\d|\b(?:salah (?:tulis|ketik|catat|input)|ralat|koreksi)\b", re.IGNORECASE
)


class Remark(NamedTuple):
    """Cards of a meaning that only the remark of a day tells of, and its text."""

    dated: Dated
    meaning: str
    cards: int
    text: str


def told_in(text: str) -> Iterator[tuple[str, int]]:
    """The cards of which a remark tells, by meaning."""
    sent = "received" if _FROM_ABOVE.search(text) else "sent"
    told: set[str] = set()
    for meaning, pattern in (("received", _RECEIPT), ("spoiled", _SPOILED_NOTE), (sent, _SENT_NOTE)):
        if meaning not in told and (match := pattern.search(text)):
            number = next(part for part in match.groups() if part)
            try:
                cards = cards_in(number)
            except Unclear:
                continue
            if cards:
                told.add(meaning)
                yield meaning, cards


def is_correction(text: str) -> bool:
    """Whether a remark says that the figure beside it is wrong."""
    return _CORRECTION.search(text) is not None


def remarks_asked(sheet: str, remarks: Sequence[Remark]) -> Iterator[Guess]:
    """The question whether what remarks tell is to be written, with the first of them."""
    if not remarks:
        return
    first = remarks[0]
    facts = {
        "row": first.dated.row_no, "day": first.dated.day, "kind": KINDS[first.meaning], "cards": first.cards,
        "text": first.text, "rows": len({each.dated.at for each in remarks}),
    }  # fmt: skip
    yield Guess("cards_in_notes", sheet, facts, "--remarks", ("read", "ignore"))
