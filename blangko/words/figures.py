"""What the figures that an office states are called."""

from __future__ import annotations

from blangko.words.language import _


def figure_word(subject: str) -> str:
    """The name of a population figure; that of a queue is its own in every language."""
    words = {
        "residents": _("residents"),
        "eligible": _("must have a card"),
        "recorded": _("recorded"),
        "printed": _("printed"),
    }
    return words.get(subject, subject.upper())
