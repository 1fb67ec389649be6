"""What cards were printed for, as papers say it; the names in the book are short codes."""

from __future__ import annotations

from blangko.words.language import N_, _

_PRINTED = {
    "prr": N_("recorded and waiting (PRR)"),
    "suket": N_("temporary letter redeemed (suket)"),
    "first": N_("first card"),
    "change": N_("change of data"),
    "lost": N_("in place of a lost card"),
    "damaged": N_("in place of a damaged card"),
    "other": N_("other purposes"),
    "": N_("purpose not said"),
}


def printed_for(purpose: str) -> str:
    """What cards were printed for; a purpose that a newer blangko wrote by its name."""
    return _(_PRINTED[purpose]) if purpose in _PRINTED else purpose
