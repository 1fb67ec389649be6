"""What `verify` found, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from blangko.core.audit import Finding
from blangko.core.book import Balance
from blangko.i18n import N_, _, count, day, plain, signed
from blangko.reports.answer import identity
from blangko.reports.table import paragraph

COLUMNS = ("severity", "code", "entry_no", "message")
_TOLD = {
    "file": N_("the file is damaged: {reason}"),
    "schema": N_("the database's own rules are not as they were made: {name}"),
    "seal": N_("the entry is not as it was sealed: somebody changed it"),
    "gap": N_("the numbers have a gap: {expected} was due"),
    "head": N_("the last entry is not the last one written ({expected}): entries are missing"),
    "request_link": N_("it names no. {linked_no}, which is no request"),
    "reversal_link": N_("it takes back no. {linked_no}, which it does not mirror"),
    "identity": N_("the two sides of {day} differ: {came_in} came in, {accounted_for} are accounted for"),
    "below_zero": N_("on the evening of {day} the book holds {on_hand} on hand and {spoiled} spoiled"),
    "setting": N_("the setting {name} holds a value that does not fit: {value}"),
    "permissions": N_("other accounts of this machine may write to the file"),
    "network": N_("the book lies on a network drive, where locks do not hold: keep it on this computer's own disk"),
    "synced": N_("the book lies in a folder that synchronises itself, which can bring old copies back: move it out"),
    "count_overdue": N_("the shelf was last counted on {day}: count it again"),
    "no_backup": N_("no copy of the book was made: blangko backup"),
    "old_backup": N_("the newest copy of the book is of {day}: blangko backup"),
    "missing_days": N_("nothing is written down for {days}"),
    "count_open": N_("the count of {day} differs from the book by {cards}, and nothing explains it"),
    "calendar_ends": N_("the national days are decreed until {day} only"),
    "clock": N_("{entries} entries are dated after today, {today}"),
}
DAYS_NAMED = 10


def message(finding: Finding) -> str:
    """The finding in one sentence."""
    return _(_TOLD[finding.code]).format(**{name: _fact(name, value) for name, value in finding.facts.items()})


def _fact(name: str, value: Any) -> str:
    if isinstance(value, list):
        more = f" … (+{count(len(value) - DAYS_NAMED)})" if len(value) > DAYS_NAMED else ""
        return ", ".join(day(each) for each in value[:DAYS_NAMED]) + more
    if hasattr(value, "weekday"):
        return day(value)
    if isinstance(value, int):
        return signed(value) if name == "cards" else count(value)
    return plain(str(value))


def rows(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """The findings as the contract names them."""
    return [
        {"severity": each.severity, "code": each.code, "entry_no": each.entry_no, "message": message(each)}
        for each in findings
    ]


def audit_screen(findings: Sequence[Finding], total: Balance, entries: int) -> list[str]:
    """What was found, errors first, or that all is well; and the identity."""
    errors = sum(each.severity == "error" for each in findings)
    if errors:
        head = _("The book cannot be trusted: {n} errors in {entries} entries.")
    else:
        head = _("The book is whole: {entries} entries, numbered without gaps, every seal unbroken.")
    lines = paragraph(head.format(n=count(errors), entries=count(entries)))
    for each in sorted(findings, key=lambda finding: finding.severity):
        word = _("Error") if each.severity == "error" else _("Notice")
        place = _(", no. {no}").format(no=each.entry_no) if each.entry_no else ""
        lines += paragraph(f"{word}{place}: {message(each)}.", "  ", "- ")
    return [*lines, "", *identity(total)]
