"""Why nothing was printed, and why cards were spoiled: as people type it, and as papers tell it."""

from __future__ import annotations

from blangko.words.language import N_, _, language

STOP_WORDS = {
    "server": "server",
    "pita": "ribbon",
    "kosong": "no-blanks",
    "lain": "other",
    "habis": "no-blanks",
    "blangko": "no-blanks",
    "lainnya": "other",
    "jaringan": "server",
}
"""What Indonesian calls the causes of a day with few prints; of several words for one the first is the usual one."""
SPOIL_WORDS = {
    "gagal-encode": "encode",
    "gagal-cetak": "print",
    "rusak": "damaged",
    "cacat": "faulty",
    "lain": "other",
    "cetak": "print",
    "pabrik": "faulty",
    "lainnya": "other",
}
"""The same for cards that were spoiled."""
_TOLD = {
    "encode": N_("chip not encoded"),
    "print": N_("misprinted"),
    "damaged": N_("damaged"),
    "faulty": N_("faulty from the factory"),
    "other": N_("other cause"),
    "opening": N_("held at the opening, cause not said"),
    "": N_("cause not said"),
}
_USUAL = {cause: word for words in (STOP_WORDS, SPOIL_WORDS) for word, cause in reversed(words.items())}


def cause_word(cause: str) -> str:
    """A cause as the language spoken types it."""
    return _USUAL.get(cause, cause) if language() == "id" else cause


def spoil_cause(cause: str) -> str:
    """Why cards were spoiled, as a paper tells it; of a newer program's cause its own word."""
    return _(_TOLD[cause]) if cause in _TOLD else cause
