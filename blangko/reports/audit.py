"""What `verify` found, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from blangko.core.anchors import Anchor
from blangko.core.book import Balance
from blangko.core.codes import CheckCode
from blangko.core.findings import Finding
from blangko.reports.answer import identity
from blangko.reports.table import paragraph
from blangko.words.language import N_, _
from blangko.words.refusals import FIELDS
from blangko.words.settings import setting_word
from blangko.words.written import count, day, plain, signed

COLUMNS = ("severity", "code", "entry_no", "message", "advice")
_KEEP = N_("Keep this file as it is, write no more into it, and bring back the newest copy that is whole.")
_COMPARE = N_("Compare it with the copies and the papers, and bring back the newest copy that is whole.")
_TOLD = {
    "file": (N_("the file is damaged: {reason}"), _KEEP),
    "unreadable": (N_("the entries from no. {first_no} to no. {last_no} cannot be read any more"), _KEEP),
    "schema": (
        N_("the database's own rules are not as they were made: {name}"),
        N_("Find out which program changed them, and bring back the newest copy that is whole."),
    ),
    "seal": (N_("the entry is not as it was sealed: somebody changed it"), _COMPARE),
    "mark": (
        N_("the book does not go on from this entry as it was proved on {day}: it was rewritten, or entries were lost"),
        N_("Compare it with the copies. If a copy was brought back on purpose, name another file for a new mark."),
    ),
    "mark_office": (
        N_("the mark is of office {office_code}, and this book is not"),
        N_("Name the mark of this office."),
    ),
    "paper": (
        N_("the paper of {day} says {check_code}, and the book says otherwise: it was rewritten after the paper"),
        N_("Compare it with that paper and with the copies, and bring back the newest copy that agrees."),
    ),
    "copy": (
        N_("the book does not go on from its copy {name}: it was rewritten, or entries were lost"),
        N_("Compare the two. If an older copy was brought back on purpose, put this one into another folder."),
    ),
    "seen": (
        N_(
            "the book is not as the province saw it on {day} up to this entry: "
            "it was rewritten, or an older copy went on"
        ),
        N_("Compare it with the province's book: blangko pull."),
    ),
    "seen_lost": (
        N_(
            "the province saw the book up to this entry on {day}, and it ends before it: an older copy was brought back"
        ),
        N_("Bring the rest back from the province before anything is written: blangko pull."),
    ),
    "digest": (
        N_("what the overview tells of this book as of {day} is not what the book says"),
        N_("Somebody changed the digest, which is no part of the book. Look who may write to it."),
    ),
    "receipt_forged": (
        N_("the province's receipt of {day} for this entry was changed after it was signed"),
        N_("Ask the province what it has seen: blangko push."),
    ),
    "gap": (N_("the numbers have a gap: {expected} was due"), _COMPARE),
    "head": (N_("the end of the book is not as it was written: its last entry was no. {expected}"), _COMPARE),
    "request_link": (N_("it names no. {linked_no}, which is no request"), _COMPARE),
    "reversal_link": (N_("it takes back no. {linked_no}, which it does not mirror"), _COMPARE),
    "batch_link": (N_("it belongs to the command of no. {linked_no}, and there is no such command"), _COMPARE),
    "identity": (
        N_("the two sides of {day} differ: {came_in} came in, {accounted_for} are accounted for"),
        _COMPARE,
    ),
    "way": (N_("its cards go a way that no {kind} goes"), _COMPARE),
    "below_zero": (
        N_("on the evening of {day} {on_hand} are on hand and {spoiled} spoiled; evenings below zero: {evenings}"),
        _COMPARE,
    ),
    "setting": (
        N_("the setting {name} holds a value that does not fit: {value}"),
        N_("State it anew: blangko settings {name} VALUE"),
    ),
    "permissions": (
        N_("other accounts of this machine may write to the file"),
        N_("Take that right from them, or keep the book in another folder."),
    ),
    "names": (
        N_("the file of the book goes by {names} names, and no entry is written under any of them"),
        N_("Find the other names (on Linux: find -samefile) and take them away."),
    ),
    "folder_permissions": (
        N_("every account of this machine may put files into the folder {folder}"),
        N_("Take that right from them: what lies beside a book can be taken for a part of it."),
    ),
    "nik": (
        N_("a citizen's number seems to stand in its field {field}"),
        N_("It stays there. Show the book, its copies and its exports to nobody who need not see it."),
    ),
    "network": (
        N_("the book lies on a network drive, where locks do not hold"),
        N_("Keep it on this computer's own disk."),
    ),
    "synced": (
        N_("the book lies in a folder that synchronises itself, which can bring old copies back"),
        N_("Move it to another folder of this computer."),
    ),
    "count_overdue": (N_("the shelf was last counted on {day}"), N_("Count it: blangko count NUMBER")),
    "no_backup": (N_("no copy of the book lies beside it"), N_("Make one: blangko backup")),
    "old_backup": (N_("the newest copy of the book is of {day}"), N_("Make a new one: blangko backup")),
    "copy_unreadable": (
        N_("the copy {name} beside the book cannot be read"),
        N_("Take it away, and make a new one: blangko backup"),
    ),
    "receipts": (
        N_("the province's receipts beside the book cannot be used: {reason}"),
        N_("Put that file aside; the next blangko push brings the newest receipt again."),
    ),
    "fork": (
        N_("on {day} a book of this office was refused that differs from this one at the entry; {sender} brought it"),
        N_("It is kept. Write it into a file and compare the two: blangko pull --refused FILE"),
    ),
    "missing_days": (
        N_("nothing is written down for {days}"),
        N_("Write each: blangko print NUMBER --on DATE; 0 with --cause when nothing was printed."),
    ),
    "count_open": (
        N_("the count of {day} differs from the book by {cards}, and nothing explains it"),
        N_("When the reason is known: blangko count NUMBER --adjust --reason TEXT"),
    ),
    "calendar_ends": (
        N_("the national days are decreed until {day} only"),
        N_("Install the newest blangko, or: blangko calendar --refresh"),
    ),
    "clock": (N_("{entries} entries are dated after today, {today}"), N_("Set the computer's clock right.")),
    "clock_back": (
        N_("it was recorded before the entry in front of it, at {recorded_at}: the computer's clock was set back"),
        N_("See that the clock is right, and that the day of the entry is."),
    ),
}
DAYS_NAMED = 10
LONGEST_FACT = 300


def message(finding: Finding) -> str:
    """The finding in one sentence."""
    return _told(finding, 0)


def advice(finding: Finding) -> str:
    """What to do about it."""
    return _told(finding, 1)


def _told(finding: Finding, part: int) -> str:
    facts = {name: _fact(name, value) for name, value in finding.facts.items()}
    if finding.code == "setting":
        facts["name"] = setting_word(facts["name"])
    return _(_TOLD[finding.code][part]).format(**facts)


def _fact(name: str, value: Any) -> str:
    if isinstance(value, list):
        more = f" … (+{count(len(value) - DAYS_NAMED)})" if len(value) > DAYS_NAMED else ""
        return ", ".join(day(each) for each in value[:DAYS_NAMED]) + more
    if hasattr(value, "weekday"):
        return day(value)
    if name == "field":
        return _(FIELDS[value])
    if name.endswith("_no") or name == "expected":
        # Numbers of entries are names, not amounts.
        return "?" if value is None else str(value)
    if isinstance(value, int):
        return signed(value) if name == "cards" else count(value)
    return plain(str(value))[:LONGEST_FACT]


def rows(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """The findings as the contract names them."""
    return [
        dict(zip(COLUMNS, (each.severity, each.code, each.entry_no, message(each), advice(each)), strict=True))
        for each in findings
    ]


def anchors_data(anchored: Sequence[Anchor]) -> list[dict[str, Any]]:
    """What holds the book, under the names of the contract."""
    return [each._asdict() for each in anchored]


def _anchor(each: Anchor) -> str:
    if each.by is None or each.on is None:
        place = _("nowhere but here")
    elif each.by == "mark":
        place = _("by the mark")
    elif each.by == "receipt":
        place = (
            _("seen by the province on {day}, without a proved signature")
            if each.is_weak
            else _("seen by the province on {day}")
        )
        place = place.format(day=day(each.on))
    else:
        place = _("on a paper of {day} with a weak code") if each.is_weak else _("on a paper of {day}")
        place = place.format(day=day(each.on))
    return f"{_stretch(each)} {place}"


def _stretch(each: Anchor) -> str:
    if each.by is not None and each.first_no > 1:
        return _("to {no}").format(no=each.last_no)
    return str(each.last_no) if each.first_no == each.last_no else f"{each.first_no}–{each.last_no}"


def audit_verdict(findings: Sequence[Finding], entries: int) -> str:
    """Whether the book can be trusted, in a sentence."""
    errors = sum(each.severity == "error" for each in findings)
    if errors:
        head = _("The book cannot be trusted. Errors: {n}; entries that could be read: {entries}.")
    else:
        head = _("The book is whole: {entries} entries, numbered without gaps, every seal unbroken.")
    return head.format(n=count(errors), entries=count(entries))


def held_by(anchored: Sequence[Anchor]) -> str:
    """What holds the book from outside, in a sentence."""
    return _("Anchored: {parts}.").format(parts=", ".join(map(_anchor, anchored)))


def findings_told(findings: Sequence[Finding]) -> list[str]:
    """Each finding with what to do about it, errors first."""
    return [_finding(each) for each in sorted(findings, key=lambda finding: finding.severity)]


def _finding(each: Finding) -> str:
    word = _("Error") if each.severity == "error" else _("Notice")
    place = _(", no. {no}").format(no=each.entry_no) if each.entry_no else ""
    return f"{word}{place}: {message(each)}. {advice(each)}"


def agreed(code: str, read: CheckCode, since: int) -> list[str]:
    """That the book agrees with the paper of a check code, and how many entries were written after it."""
    text = _("The book agrees with the paper of check code {code}: up to entry no. {no} nothing was changed.")
    said = [text.format(code=plain(code), no=read.entry_no)]
    if read.is_weak:
        said.append(_("The code is a weak one, of 12 digits: who wrote the book could have made two books with it."))
    return [*said, _("Entries written since then: {n}.").format(n=count(since))]


def audit_screen(
    findings: Sequence[Finding], total: Balance, entries: int, anchored: Sequence[Anchor] = ()
) -> list[str]:
    """What was found, errors first, or that all is well and what holds it; and the identity."""
    lines = paragraph(audit_verdict(findings, entries))
    if anchored:
        lines += paragraph(held_by(anchored))
    for line in findings_told(findings):
        lines += paragraph(line, "  ", "- ")
    return [*lines, "", *identity(total)]
