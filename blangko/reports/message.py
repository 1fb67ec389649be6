"""The alert as a message to people: the subject says how urgent it is and where, the body what to do."""

from __future__ import annotations

from typing import NamedTuple

from blangko.core.status import Status
from blangko.reports.alert import alert_text
from blangko.reports.answer import notes, verdict
from blangko.words.language import N_, _
from blangko.words.written import harmless, long_day, plain

_LEVELS = (N_("OK"), N_("WARNING"), N_("CRITICAL"), N_("UNKNOWN"))
KINDS = ("success", "warning", "failure", "warning")
"""What Apprise calls the four exit codes."""


class Message(NamedTuple):
    """A message; the body has several lines."""

    subject: str
    body: str
    kind: str


def message(code: int, office: str, lines: list[str], is_trial: bool = False) -> Message:
    """The message of an alert that ended with `code`; a trial is marked as one in the subject and in the first line."""
    subject = _("BLANGKO {level}: {office}").format(level=_(_LEVELS[code]), office=plain(office))
    if is_trial:
        subject = _("TRIAL - {subject}").format(subject=subject)
        lines = [_("This is a trial of the addresses. So the book stands now:"), "", *lines]
    return Message(subject, harmless("\n".join([*lines, "", _("Sent by blangko alert --notify.")])), KINDS[code])


def told_status(answer: Status, all_is_well_again: bool) -> list[str]:
    """An answer as the lines of a message: the alert's own, what to do, what deserves a look, and the day."""
    beginning = [_("All is well again.")] if all_is_well_again else []
    return [
        *beginning,
        alert_text(answer),
        "",
        verdict(answer),
        *(f"- {note}" for note in notes(answer)),
        "",
        long_day(answer.as_of),
    ]
