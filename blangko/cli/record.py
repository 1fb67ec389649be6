"""The commands that write: each says what its words mean as entries and lets the stockroom do it."""

import os
import sys
from typing import Annotated

from typer import Argument, Option

from blangko.cli.session import Paper, entry_number, one_of, optional_cards, writes
from blangko.core.calendar import days_stated
from blangko.core.columns import OUTSIDE, PURPOSES, SPOIL_CAUSES, SPOILED, STOP_CAUSES
from blangko.core.entry import Entry, movement
from blangko.core.numbers import cards
from blangko.errors import MissingWord, UnknownFormat
from blangko.stockroom import open_book, tasks
from blangko.stockroom.look import settings_on
from blangko.stockroom.post import post
from blangko.words.language import N_, _

_STOP_WORDS = {
    "pita": "ribbon",
    "habis": "no-blanks",
    "kosong": "no-blanks",
    "blangko": "no-blanks",
    "lain": "other",
    "lainnya": "other",
    "jaringan": "server",
}
_SPOIL_WORDS = {
    "cetak": "print",
    "gagal-cetak": "print",
    "gagal-encode": "encode",
    "rusak": "damaged",
    "pabrik": "faulty",
    "cacat": "faulty",
    "lain": "other",
    "lainnya": "other",
}
_PURPOSE_WORDS = {
    "baru": "first",
    "pemula": "first",
    "perubahan": "change",
    "ubah": "change",
    "hilang": "lost",
    "rusak": "damaged",
    "pinjam": "loan",
    "pinjaman": "loan",
    "lain": "other",
    "lainnya": "other",
}

Number = Annotated[str, Argument(metavar="N", help=N_("how many cards"))]
Reason = Annotated[str, Option(metavar="TEXT", help=N_("why"))]
FromSpoiled = Annotated[bool, Option("--spoiled", help=N_("from the spoiled cards held, not from the shelf"))]
Due = Annotated[str | None, Option(metavar="DATE", help=N_("the day promised"))]


@writes
def prints(
    paper: Paper,
    number: Annotated[
        str | None, Argument(metavar="N", help=N_("cards printed; 0: open, but nothing was printed"))
    ] = None,
    spoiled: Annotated[str | None, Option(metavar="N", help=N_("cards spoiled besides, held until destroyed"))] = None,
    purpose: Annotated[
        str | None, Option("--for", metavar="PURPOSE", help=N_("prr, suket, first, change, lost, damaged, other, loan"))
    ] = None,
    cause: Annotated[
        str | None,
        Option(metavar="CAUSE", help=N_("why less than wanted: server, printer, ribbon, no-blanks, other")),
    ] = None,
    quota: Annotated[str | None, Option(metavar="N", help=N_("a rationed day: the most that was given out"))] = None,
) -> None:
    why = one_of("--cause", cause, STOP_CAUSES, _STOP_WORDS)
    printed = cards(number if number is not None else _asked_for_number(why))
    lost_to_errors = optional_cards(spoiled) or 0
    drafts = [
        movement(
            "print",
            paper.on,
            printed,
            cause=why,
            purpose=one_of("--for", purpose, PURPOSES, _PURPOSE_WORDS),
            quota_cards=optional_cards(quota),
        )
    ]
    if lost_to_errors:
        drafts.append(movement("spoil", paper.on, lost_to_errors, cause="print"))
    paper.record(lambda book, desk: post(book, desk, drafts))


def _asked_for_number(cause: str | None) -> str:
    """The number of prints that the command did not say: none when a cause is given, else ask whoever is there."""
    if cause:
        return "0"
    if not (sys.stdin and sys.stdin.isatty()):
        raise MissingWord(missing="N")
    print(_("How many cards were printed? "), end="", file=sys.stderr, flush=True)
    return sys.stdin.readline()


@writes
def receive(
    paper: Paper,
    number: Number,
    party: Annotated[str | None, Option("--from", metavar="WHO", help=N_("who gave them"))] = None,
    reference: Annotated[str | None, Option("--ref", metavar="DOC", help=N_("number of the hand-over record"))] = None,
    request: Annotated[
        str | None, Option(metavar="NO", help=N_("the request answered; 0 for none; the oldest open one unless given"))
    ] = None,
    more: Annotated[bool, Option("--more", help=N_("the rest of the request is still to come"))] = False,
) -> None:
    draft = movement("receive", paper.on, cards(number, least=1), party=party, reference=reference)
    answered = entry_number(request)
    paper.record(lambda book, desk: tasks.receive(book, desk, draft, answered, more), request=True)


@writes
def spoil(
    paper: Paper,
    number: Number,
    cause: Annotated[
        str | None, Option(metavar="CAUSE", help=N_("encode, print, damaged, faulty (from the factory), other"))
    ] = None,
    reference: Annotated[str | None, Option("--ref", metavar="DOC", help=N_("number of a document"))] = None,
) -> None:
    why = one_of("--cause", cause, SPOIL_CAUSES, _SPOIL_WORDS)
    draft = movement("spoil", paper.on, cards(number, least=1), cause=why, reference=reference)
    paper.record(lambda book, desk: post(book, desk, [draft]))


@writes
def destroy(
    paper: Paper,
    number: Number,
    reference: Annotated[str, Option("--ref", metavar="BA", help=N_("number of the minutes (berita acara)"))],
    output: Annotated[
        str | None, Option("-o", "--output", metavar="FILE", help=N_("draft of the minutes, .docx or .pdf"))
    ] = None,
) -> None:
    draft = movement("destroy", paper.on, cards(number, least=1), reference=reference)
    minutes = _minutes(paper, draft, output) if output else b""
    paper.record(lambda book, desk: post(book, desk, [draft]))
    if output:
        paper.save_beside(output, minutes)


def _minutes(paper: Paper, draft: Entry, output: str) -> bytes:
    """The draft of the minutes; made before the entry is written, so that what is missing is told before."""
    from blangko.reports.letter import destruction_minutes, letter_docx, letter_pdf

    ending = os.path.splitext(output)[1].lower()
    if ending not in (".docx", ".pdf"):
        raise UnknownFormat(ending=ending or output)
    with open_book(paper.place) as book:
        chosen, code = settings_on(book), book.office_code
    letter = destruction_minutes(chosen, code, draft.occurred_on, draft.cards or 0, draft.reference or "")
    return letter_docx(letter) if ending == ".docx" else letter_pdf(letter, draft.occurred_on)


@writes
def send(
    paper: Paper,
    number: Number,
    to: Annotated[str, Option(metavar="WHO", help=N_("who got them"))],
    spoiled: FromSpoiled = False,
    reference: Annotated[str | None, Option("--ref", metavar="DOC", help=N_("number of the hand-over record"))] = None,
) -> None:
    if not to.strip():
        raise MissingWord(missing="--to")
    draft = movement("send", paper.on, cards(number, least=1), party=to, reference=reference, to_place=OUTSIDE)
    draft = _from_pile(draft, spoiled)
    paper.record(lambda book, desk: post(book, desk, [draft]))


@writes
def lost(
    paper: Paper,
    number: Number,
    reference: Annotated[str, Option("--ref", metavar="REPORT", help=N_("number of the report"))],
    spoiled: FromSpoiled = False,
) -> None:
    draft = _from_pile(movement("lose", paper.on, cards(number, least=1), reference=reference), spoiled)
    paper.record(lambda book, desk: post(book, desk, [draft]))


def _from_pile(draft: Entry, spoiled: bool) -> Entry:
    return draft._replace(from_place=SPOILED) if spoiled else draft


@writes
def count(
    paper: Paper,
    number: Annotated[str, Argument(metavar="N", help=N_("usable cards seen on the shelf"))],
    adjust: Annotated[bool, Option("--adjust", help=N_("bring the book to the count; needs a reason"))] = False,
    reason: Annotated[str | None, Option(metavar="TEXT", help=N_("why the book differs"))] = None,
) -> None:
    counted = cards(number)
    paper.record(lambda book, desk: tasks.count(book, desk, paper.on, counted, adjust, reason))


@writes
def request(
    paper: Paper,
    number: Annotated[str | None, Argument(metavar="N", help=N_("cards asked for; one batch unless given"))] = None,
    due: Due = None,
    reference: Annotated[str | None, Option("--ref", metavar="DOC", help=N_("number of the letter"))] = None,
) -> None:
    draft = Entry(
        "request",
        paper.on,
        cards=optional_cards(number, least=1),
        due_on=paper.day(due) if due is not None else None,
        reference=reference,
    )
    paper.record(lambda book, desk: tasks.ask(book, desk, draft), request=True)


@writes
def grant(
    paper: Paper,
    number: Number,
    request: Annotated[
        str | None, Option(metavar="NO", help=N_("the request meant; the oldest open one unless given"))
    ] = None,
    due: Due = None,
    reference: Annotated[str | None, Option("--ref", metavar="DOC", help=N_("number of the letter"))] = None,
) -> None:
    draft = Entry(
        "grant",
        paper.on,
        cards=cards(number),
        due_on=paper.day(due) if due is not None else None,
        reference=reference,
    )
    meant = entry_number(request)
    paper.record(lambda book, desk: tasks.answer_request(book, desk, draft, meant), request=True)


@writes
def close(
    paper: Paper,
    reason: Reason,
    number: Annotated[
        str | None, Argument(metavar="NO", help=N_("the request meant; the oldest open one unless given"))
    ] = None,
) -> None:
    meant = entry_number(number)
    draft = Entry("close", paper.on, note=reason)
    paper.record(lambda book, desk: tasks.answer_request(book, desk, draft, meant), request=True)


@writes
def undo(
    paper: Paper,
    reason: Reason,
    number: Annotated[
        str | None, Argument(metavar="NO", help=N_("an entry of the command meant; the last command unless given"))
    ] = None,
) -> None:
    meant = entry_number(number)
    paper.record(lambda book, desk: tasks.undo(book, desk, meant, reason))


@writes
def backlog(
    paper: Paper,
    prr: Annotated[str | None, Option(metavar="N", help=N_("recorded and waiting to be printed (PRR)"))] = None,
    suket: Annotated[str | None, Option(metavar="N", help=N_("temporary letters to be redeemed"))] = None,
) -> None:
    _state(paper, "backlog", {"prr": prr, "suket": suket})


@writes
def population(
    paper: Paper,
    residents: Annotated[str | None, Option(metavar="N", help=N_("residents"))] = None,
    eligible: Annotated[str | None, Option(metavar="N", help=N_("those who must have a card"))] = None,
    recorded: Annotated[str | None, Option(metavar="N", help=N_("those recorded"))] = None,
    printed: Annotated[str | None, Option(metavar="N", help=N_("cards printed so far"))] = None,
) -> None:
    _state(
        paper,
        "population",
        {"residents": residents, "eligible": eligible, "recorded": recorded, "printed": printed},
    )


def _state(paper: Paper, kind: str, figures: dict[str, str | None]) -> None:
    """Levels on a day, one entry for each figure that was given."""
    given = {name: cards(text) for name, text in figures.items() if text is not None}
    if not given:
        raise MissingWord(missing=", ".join(f"--{name}" for name in figures))
    drafts = [Entry(kind, paper.on, subject=name, value=str(number)) for name, number in given.items()]
    paper.record(lambda book, desk: post(book, desk, drafts))


@writes
def closed(
    paper: Paper,
    day: Annotated[str, Argument(metavar="DATE", help=N_("the first day"))],
    reason: Reason,
    until: Annotated[str | None, Option(metavar="DATE", help=N_("the last day; the same day unless given"))] = None,
) -> None:
    _say_of_days(paper, "closed", day, until, reason)


@writes
def opened(
    paper: Paper,
    day: Annotated[str, Argument(metavar="DATE", help=N_("the first day"))],
    reason: Reason,
    until: Annotated[str | None, Option(metavar="DATE", help=N_("the last day; the same day unless given"))] = None,
) -> None:
    _say_of_days(paper, "opened", day, until, reason)


def _say_of_days(paper: Paper, subject: str, day: str, until: str | None, reason: str) -> None:
    if not reason.strip():
        raise MissingWord(missing="--reason")
    first = paper.day(day)
    last = paper.day(until) if until is not None else first
    draft = days_stated(paper.on, subject, first, last, reason)
    paper.record(lambda book, desk: post(book, desk, [draft]))
