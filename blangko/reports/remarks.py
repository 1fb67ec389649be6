"""What is worth saying of a day, in words: why it was quiet, and which paper stands behind what came and went."""

from __future__ import annotations

from collections.abc import Sequence

from blangko.core.summary import Remark
from blangko.reports.table import cut
from blangko.words.language import N_, _, language
from blangko.words.written import count, plain

LONGEST_NAME = 48
"""Letters of a document's number or of a giver's name that a remark shows."""
_STOPPED = {
    "server": N_("server down"),
    "printer": N_("printer out of order"),
    "ribbon": N_("no ribbon"),
    "no-blanks": N_("no blanks"),
    "other": N_("printing stopped"),
    "": N_("nothing could be printed"),
}
_SAID = {
    "unwritten": N_("not written down"),
    "empty": N_("no blanks"),
    "quota": N_("rationed to {n}"),
    "turned_away": N_("{n} told to come back"),
}
_MOVED = {
    "received": N_("received {n}"),
    "borrowed": N_("borrowed {n}"),
    "sent": N_("sent {n}"),
    "lent": N_("lent {n}"),
    "returned": N_("sent back {n}"),
    "lost": N_("lost {n}"),
    "destroyed": N_("destroyed {n}"),
}


def stop_word(cause: str) -> str:
    """Why nothing, or less, was printed; a cause that a newer blangko wrote by its name."""
    return _(_STOPPED[cause]) if cause in _STOPPED else plain(cause)


def remarks_told(remarks: Sequence[Remark]) -> str:
    """All remarks of a day as one text; nothing for a day without any."""
    return "; ".join(map(remark_words, remarks))


def remark_words(remark: Remark) -> str:
    """One remark."""
    if remark.what == "closed":
        return _closed(remark)
    if remark.what == "stopped":
        return stop_word(remark.text)
    if remark.what in _SAID:
        return _(_SAID[remark.what]).format(n=count(remark.cards))
    behind = ", ".join(cut(plain(text), LONGEST_NAME) for text in (remark.party, remark.text) if text)
    moved = _(_MOVED[remark.what]).format(n=count(remark.cards))
    return f"{moved}: {behind}" if behind else moved


def _closed(remark: Remark) -> str:
    """A day on which the office did not work: the name of a national day, or the reason that the office gave."""
    day = remark.national
    if day is None:
        return (
            _("closed: {reason}").format(reason=cut(plain(remark.text), LONGEST_NAME)) if remark.text else _("closed")
        )
    name = plain(day.name_id if language() == "id" else day.name_en or day.name_id)
    name = _("{name} (estimated)").format(name=name) if day.estimated else name
    # The names of days of joint leave say that they are.
    return name if day.is_joint_leave else _("holiday: {name}").format(name=name)
