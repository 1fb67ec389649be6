"""The commands that write: each says what its words mean as entries and lets the stockroom do it."""

import os
from datetime import date
from typing import Annotated

import typer
from typer import Argument, Option

from blangko.cli.arguments import optional_cards
from blangko.cli.screen import ask, ask_yes, complain, say, somebody_is_there
from blangko.cli.writing import Writing, WritingTask
from blangko.core.calendar import CLOSED, OPENED, PRINTING_STOPPED, SOURCE_CLOSED, days_stated
from blangko.core.campaigns import campaign_stated
from blangko.core.columns import GIVEN_BACK, LOAN, PURPOSE_WORDS, PURPOSES, SPOIL_CAUSES, SPOILED, STOP_CAUSES
from blangko.core.entry import Entry, movement
from blangko.core.numbers import cards, entry_number
from blangko.core.requests import MORE_COMES
from blangko.errors import BlangkoError, MissingWord, TooManyWords, UnknownFormat
from blangko.stockroom import look, open_book, tasks
from blangko.stockroom.look import settings_on
from blangko.stockroom.post import post
from blangko.words.causes import SPOIL_WORDS, STOP_WORDS
from blangko.words.language import N_, _
from blangko.words.typed import one_of, typed_date
from blangko.words.written import count as written_count

commands = typer.Typer()
Number = Annotated[str, Argument(metavar="N", help=N_("how many cards"))]
Reason = Annotated[str, Option(metavar="TEXT", help=N_("why"))]
FromSpoiled = Annotated[bool, Option("--spoiled", help=N_("from the spoiled cards held, not from the shelf"))]
Due = Annotated[str | None, Option(metavar="DATE", help=N_("the day promised"))]


@commands.command("print", cls=WritingTask)
def prints(
    writing: Writing,
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
    turned_away: Annotated[str | None, Option(metavar="N", help=N_("people who were told to come back"))] = None,
    since: Annotated[
        str | None, Option(metavar="DATE", help=N_("one total for all open days from then to the day meant"))
    ] = None,
) -> None:
    why = one_of("--cause", cause, STOP_CAUSES, STOP_WORDS)
    printed = cards(number if number is not None else _number_without_one(why))
    lost_to_errors = optional_cards(spoiled) or 0
    drafts = [
        movement(
            "print",
            writing.on,
            printed,
            cause=why,
            purpose=one_of("--for", purpose, PURPOSES, PURPOSE_WORDS),
            quota_cards=optional_cards(quota),
            turned_away_cards=optional_cards(turned_away),
            **_period(writing, since),
        )
    ]
    if lost_to_errors:
        drafts.append(movement("spoil", writing.on, lost_to_errors, cause="print"))
    writing.record(lambda book, desk: post(book, desk, drafts))


def _period(writing: Writing, since: str | None) -> dict[str, date]:
    """The days that a total speaks of, where it is one."""
    return {} if since is None else {"due_on": typed_date(since, writing.desk.today), "until_on": writing.on}


def _number_without_one(cause: str | None) -> str:
    """The number of prints that the command did not say: none, when a cause is given.

    Raises:
        MissingWord: No cause is given.
    """
    if not cause:
        raise MissingWord(missing="N")
    return "0"


@commands.command("receive", cls=WritingTask)
def receive(
    writing: Writing,
    number: Number,
    party: Annotated[str | None, Option("--from", metavar="WHO", help=N_("who gave them"))] = None,
    reference: Annotated[str | None, Option("--ref", metavar="DOC", help=N_("number of the hand-over record"))] = None,
    request: Annotated[
        str | None, Option(metavar="NO", help=N_("the request answered; 0 for none; the oldest open one unless given"))
    ] = None,
    more: Annotated[bool, Option("--more", help=N_("the rest of the request is still to come"))] = False,
    loan: Annotated[bool, Option("--loan", help=N_("borrowed from --from, or a loan come back"))] = False,
) -> None:
    if loan and not (party or "").strip():
        raise MissingWord(missing="--from")
    draft = movement(
        "receive",
        writing.on,
        cards(number, least=1),
        party=party,
        reference=reference,
        purpose=LOAN if loan else None,
    )
    answered = entry_number(request)
    writing.record(lambda book, desk: tasks.receive(book, desk, draft, answered, more), request=True)


@commands.command("spoil", cls=WritingTask)
def spoil(
    writing: Writing,
    number: Number,
    cause: Annotated[
        str | None, Option(metavar="CAUSE", help=N_("encode, print, damaged, faulty (from the factory), other"))
    ] = None,
    reference: Annotated[str | None, Option("--ref", metavar="DOC", help=N_("number of a document"))] = None,
) -> None:
    why = one_of("--cause", cause, SPOIL_CAUSES, SPOIL_WORDS)
    draft = movement("spoil", writing.on, cards(number, least=1), cause=why, reference=reference)
    writing.record(lambda book, desk: post(book, desk, [draft]))


@commands.command("destroy", cls=WritingTask)
def destroy(
    writing: Writing,
    number: Number,
    reference: Annotated[str, Option("--ref", metavar="BA", help=N_("number of the minutes (berita acara)"))],
    method: Annotated[
        str | None, Option("--method", metavar="TEXT", help=N_("how they were destroyed, such as burned or cut up"))
    ] = None,
    output: Annotated[
        str | None, Option("-o", "--output", metavar="FILE", help=N_("draft of the minutes, .docx or .pdf"))
    ] = None,
) -> None:
    draft = movement("destroy", writing.on, cards(number, least=1), reference=reference, note=method or None)
    minutes = _minutes(writing, draft, method, output) if output else b""
    writing.record(lambda book, desk: post(book, desk, [draft]))
    if output:
        writing.save_beside(output, minutes)


def _minutes(writing: Writing, draft: Entry, method: str | None, output: str) -> bytes:
    """The draft of the minutes; made before the entry is written, so that what is missing is told before."""
    from blangko.reports.letter import letter_pdf
    from blangko.reports.minutes import destruction_minutes
    from blangko.reports.word import letter_docx
    from blangko.stockroom.papers import spoiled_before

    ending = os.path.splitext(output)[1].lower()
    if ending not in (".docx", ".pdf"):
        raise UnknownFormat(ending=ending or output, endings=(".docx", ".pdf"))
    with open_book(writing.place) as book:
        chosen, code = settings_on(book), book.office_code
        held, held_cards = spoiled_before(book, draft.occurred_on)
    letter = destruction_minutes(chosen, code, draft, held, held_cards, method)
    return letter_docx(letter) if ending == ".docx" else letter_pdf(letter, draft.occurred_on)


@commands.command("send", cls=WritingTask)
def send(
    writing: Writing,
    number: Number,
    to: Annotated[str, Option(metavar="WHO", help=N_("who got them"))],
    spoiled: FromSpoiled = False,
    reference: Annotated[str | None, Option("--ref", metavar="DOC", help=N_("number of the hand-over record"))] = None,
    loan: Annotated[bool, Option("--loan", help=N_("lent, or a loan given back: owed until even, and no use"))] = False,
    back: Annotated[bool, Option("--back", help=N_("back to the source: no use either"))] = False,
) -> None:
    if not to.strip():
        raise MissingWord(missing="--to")
    if loan and (back or spoiled):
        # A spoiled card cannot be lent, and what goes back to the source is owed by nobody.
        raise TooManyWords(unexpected="--back" if back else "--spoiled")
    purpose = LOAN if loan else GIVEN_BACK if back else None
    draft = movement("send", writing.on, cards(number, least=1), party=to, reference=reference, purpose=purpose)
    draft = _from_pile(draft, spoiled)
    writing.record(lambda book, desk: post(book, desk, [draft]))


@commands.command("lost", cls=WritingTask)
def lost(
    writing: Writing,
    number: Number,
    reference: Annotated[str, Option("--ref", metavar="REPORT", help=N_("number of the report"))],
    spoiled: FromSpoiled = False,
) -> None:
    draft = _from_pile(movement("lose", writing.on, cards(number, least=1), reference=reference), spoiled)
    writing.record(lambda book, desk: post(book, desk, [draft]))


def _from_pile(draft: Entry, spoiled: bool) -> Entry:
    return draft._replace(from_place=SPOILED) if spoiled else draft


@commands.command("count", cls=WritingTask)
def count(
    writing: Writing,
    number: Annotated[str, Argument(metavar="N", help=N_("usable cards seen on the shelf"))],
    adjust: Annotated[bool, Option("--adjust", help=N_("bring the book to the count; needs a reason"))] = False,
    reason: Annotated[str | None, Option(metavar="TEXT", help=N_("why the book differs"))] = None,
) -> None:
    counted = cards(number)
    writing.record(lambda book, desk: tasks.count(book, desk, writing.on, counted, adjust, reason))


@commands.command("request", cls=WritingTask)
def request(
    writing: Writing,
    number: Annotated[
        str | None, Argument(metavar="N", help=N_("cards asked for; what status proposes unless given"))
    ] = None,
    to: Annotated[str | None, Option(metavar="WHO", help=N_("who is asked"))] = None,
    due: Due = None,
    reference: Annotated[str | None, Option("--ref", metavar="DOC", help=N_("number of the letter"))] = None,
) -> None:
    draft = Entry(
        "request",
        writing.on,
        cards=_asked_to_agree(writing) if number is None else cards(number, least=1),
        due_on=writing.optional_day(due),
        reference=reference,
        party=to,
    )
    writing.record(lambda book, desk: tasks.ask(book, desk, draft), request=True)


def _asked_to_agree(writing: Writing) -> int | None:
    """The number that somebody at the terminal asks for, with the one proposed as default; None without an answer."""
    if writing.desk.yes or not somebody_is_there():
        return None
    with open_book(writing.place) as book:
        proposed = tasks.proposed_cards(book, writing.desk.today)
    return ask(_("How many cards are asked for?"), written_count(proposed), lambda said: cards(said, least=1))


@commands.command("grant", cls=WritingTask)
def grant(
    writing: Writing,
    number: Number,
    request: Annotated[
        str | None, Option(metavar="NO", help=N_("the request meant; the oldest open one unless given"))
    ] = None,
    due: Due = None,
    reference: Annotated[str | None, Option("--ref", metavar="DOC", help=N_("number of the letter"))] = None,
    more: Annotated[bool, Option("--more", help=N_("one more grant, beside the earlier ones"))] = False,
) -> None:
    draft = Entry(
        "grant",
        writing.on,
        cards=cards(number),
        due_on=writing.optional_day(due),
        reference=reference,
        subject=MORE_COMES if more else None,
    )
    meant = entry_number(request)
    writing.record(lambda book, desk: tasks.answer_request(book, desk, draft, meant), request=True)


@commands.command("close", cls=WritingTask)
def close(
    writing: Writing,
    reason: Reason,
    number: Annotated[
        str | None, Argument(metavar="NO", help=N_("the request meant; the oldest open one unless given"))
    ] = None,
) -> None:
    meant = entry_number(number)
    draft = Entry("close", writing.on, note=reason)
    writing.record(lambda book, desk: tasks.answer_request(book, desk, draft, meant), request=True)


class UndoTask(WritingTask):
    """An undo is dated as what it takes back, and not as the clerk says."""

    left_out = ("on",)


@commands.command("undo", cls=UndoTask)
def undo(
    writing: Writing,
    reason: Reason,
    number: Annotated[
        str | None, Argument(metavar="NO", help=N_("an entry of the command meant; the last command unless given"))
    ] = None,
) -> None:
    meant = entry_number(number)
    writing.record(lambda book, desk: tasks.undo(book, desk, meant, reason))


@commands.command("backlog", cls=WritingTask)
def backlog(
    writing: Writing,
    prr: Annotated[str | None, Option(metavar="N", help=N_("recorded and waiting to be printed (PRR)"))] = None,
    suket: Annotated[str | None, Option(metavar="N", help=N_("temporary letters to be redeemed"))] = None,
) -> None:
    _state(writing, "backlog", {"prr": prr, "suket": suket})


@commands.command("population", cls=WritingTask)
def population(
    writing: Writing,
    residents: Annotated[str | None, Option(metavar="N", help=N_("residents"))] = None,
    eligible: Annotated[str | None, Option(metavar="N", help=N_("those who must have a card"))] = None,
    recorded: Annotated[str | None, Option(metavar="N", help=N_("those recorded"))] = None,
    printed: Annotated[str | None, Option(metavar="N", help=N_("cards printed so far"))] = None,
) -> None:
    _state(
        writing,
        "population",
        {"residents": residents, "eligible": eligible, "recorded": recorded, "printed": printed},
    )
    try:
        _offer_prr(writing)
    except BlangkoError as error:
        # The figures stand, whatever became of the offer.
        complain(error)


def _offer_prr(writing: Writing) -> None:
    """Offer those who are recorded and have no card as PRR, where the book does not say so yet."""
    from blangko.core.population import prr_to_state
    from blangko.reports.population import prr_hint, prr_question

    with open_book(writing.place) as book:
        known = look.facts(book, writing.desk.today)
    gap = prr_to_state(known.population, known.backlog.get("prr"))
    if gap is None:
        return
    # A plain --yes answers the doubts of the book, and asks for nothing more to be written.
    if writing.desk.yes or not ask_yes(prr_question(gap)):
        say(prr_hint(gap, writing.desk.today))
        return
    draft = Entry("backlog", gap.stated_on, subject="prr", value=str(gap.people))
    desk = writing.desk._replace(key=None)
    writing.record(lambda book, _: post(book, desk, [draft]))


def _state(writing: Writing, kind: str, figures: dict[str, str | None]) -> None:
    """Levels on a day, one entry for each figure that was given."""
    given = {name: cards(text) for name, text in figures.items() if text is not None}
    if not given:
        raise MissingWord(missing=", ".join(f"--{name}" for name in figures))
    drafts = [Entry(kind, writing.on, subject=name, value=str(number)) for name, number in given.items()]
    writing.record(lambda book, desk: post(book, desk, drafts))


@commands.command("campaign", cls=WritingTask)
def campaign(
    writing: Writing,
    number: Annotated[str, Argument(metavar="N", help=N_("cards on top of the usual on each working day"))],
    first: Annotated[str, Option("--from", metavar="DATE", help=N_("the first day"))],
    until: Annotated[str, Option(metavar="DATE", help=N_("the last day"))],
    reason: Reason,
) -> None:
    if not reason.strip():
        raise MissingWord(missing="--reason")
    extra = cards(number, least=1)
    draft = campaign_stated(writing.on, extra, writing.day(first), writing.day(until), reason)
    writing.record(lambda book, desk: post(book, desk, [draft]))


@commands.command("closed", cls=WritingTask)
def closed(
    writing: Writing,
    day: Annotated[str, Argument(metavar="DATE", help=N_("the first day"))],
    reason: Reason,
    until: Annotated[str | None, Option(metavar="DATE", help=N_("the last day; the same day unless given"))] = None,
    source: Annotated[bool, Option("--source", help=N_("the giver hands out nothing on those days"))] = False,
    printing: Annotated[
        bool, Option("--printing", help=N_("the counter is open, but nothing can be printed: ribbon, printer, server"))
    ] = False,
) -> None:
    if source and printing:
        raise TooManyWords(unexpected="--printing")
    subject = SOURCE_CLOSED if source else PRINTING_STOPPED if printing else CLOSED
    _say_of_days(writing, subject, day, until, reason)


@commands.command("opened", cls=WritingTask)
def opened(
    writing: Writing,
    day: Annotated[str, Argument(metavar="DATE", help=N_("the first day"))],
    reason: Reason,
    until: Annotated[str | None, Option(metavar="DATE", help=N_("the last day; the same day unless given"))] = None,
) -> None:
    _say_of_days(writing, OPENED, day, until, reason)


def _say_of_days(writing: Writing, subject: str, day: str, until: str | None, reason: str) -> None:
    if not reason.strip():
        raise MissingWord(missing="--reason")
    first = writing.day(day)
    last = writing.day(until) if until is not None else first
    draft = days_stated(writing.on, subject, first, last, reason)
    writing.record(lambda book, desk: post(book, desk, [draft]))
