"""Between an office and its province: what the one sends, what the other receives, and the receipt that comes back."""

import sys
from contextlib import suppress
from typing import Annotated

import typer
from typer import Argument, Option

from blangko import config
from blangko.cli.saving import save
from blangko.cli.screen import ask_yes, complain, say, somebody_is_there
from blangko.cli.task import Task
from blangko.cli.writing import Yes
from blangko.core.message import Message
from blangko.core.receipt import Receipt, Seen
from blangko.errors import BlangkoError, CannotCreate, MissingBook, MissingWord
from blangko.errors.province import BadTarget, EntriesLacking, Forked
from blangko.exchange.push import GZIP, message_bytes, read_file, read_message
from blangko.exchange.receipts import (
    Kept,
    read_receipt,
    read_receipts,
    receipt_file,
    receipts_file,
    receipts_place,
    seen_by_province,
    with_receipt,
)
from blangko.reports.table import paragraph
from blangko.stockroom import Book, open_book
from blangko.stockroom.province import as_snapshot, goes_on_from, take_in, to_send
from blangko.words.language import N_, _
from blangko.words.written import count, day, plain

commands = typer.Typer()
NewKey = Annotated[bool, Option("--new-key", help=N_("the province has a new key, and said so"))]


@commands.command("push", cls=Task)
def push(
    ctx: typer.Context,
    target: Annotated[
        str | None, Argument(metavar="ADDRESS", help=N_("the province's; that of the last push unless given"))
    ] = None,
    output: Annotated[
        str | None, Option("-o", "--output", metavar="FILE", help=N_("into a file to be carried"))
    ] = None,
    whole: Annotated[bool, Option("--whole", help=N_("all of the book, and not only what is new"))] = False,
    new_key: NewKey = False,
) -> None:
    place = str(ctx.obj)
    kept = read_receipts(place)
    target = target or kept.target
    if output is None and not target:
        raise MissingWord(missing="ADDRESS")
    if output is None and target:
        raise BadTarget(target=target)
    with open_book(place) as book:
        message = _to_send(book, kept, whole)
    if output is not None:
        _into_file(message, output, place)


def _to_send(book: Book, kept: Kept, is_whole: bool) -> Message:
    seen = _last_seen(kept, book.office_code)
    with book.reading():
        message = to_send(book, seen, is_whole)
        if seen and not goes_on_from(book, seen):
            text = _(
                "The book is not as the province saw it on {day} up to entry no. {no}. All of it goes along, so that "
                "the province can tell from where on the two differ."
            )
            _tell(text.format(day=day(seen.on), no=seen.entry_no))
    return message


def _last_seen(kept: Kept, office_code: str) -> Seen | None:
    """The furthest that the province has seen of the book, by a receipt that nobody changed."""
    told = seen_by_province(kept, office_code, config.local_day)
    return max((each for each in told if each.proof != "forged"), key=lambda each: each.entry_no, default=None)


def _into_file(message: Message, output: str, place: str) -> None:
    if not message.rows:
        say(_("The province has seen everything up to entry no. {no}. Nothing to send.").format(no=message.last_no))
        return
    save(output, message_bytes(message), place, is_private=True)
    text = _("Entries in {path}: {n}, no. {first} to no. {last}. Take the file to the province.")
    say(text.format(n=count(len(message.rows)), first=message.from_no, last=message.last_no, path=plain(output)))
    say(_("Until its receipt comes back, the next push sends them again; nothing counts twice."))


def _tell(text: str) -> None:
    print("\n".join(paragraph(text)), file=sys.stderr)


# --- What comes -----------------------------------------------------------------------------------


@commands.command("pull", cls=Task)
def pull(
    ctx: typer.Context,
    source: Annotated[
        str | None, Argument(metavar="FILE", help=N_("a message or a receipt, or the province's address"))
    ] = None,
    receipt: Annotated[
        str | None, Option("--receipt", metavar="FILE", help=N_("sign what came, and put the receipt there"))
    ] = None,
    new_key: NewKey = False,
    yes: Yes = False,
) -> None:
    place = str(ctx.obj)
    if source is None:
        raise MissingWord(missing="FILE")
    if "://" in source:
        raise BadTarget(target=source)
    made = read_file(source)
    if made[:2] != GZIP:
        _keep(place, read_receipt(made, source), source, new_key)
        return
    message = read_message(made, source)
    _take_into_file(place, message, source, yes)
    if receipt is not None:
        _hand_out(_signed(message, config.now_utc()), receipt, place)


def _take_into_file(place: str, message: Message, source: str, yes: bool) -> None:
    """Go on with the book at `place`; make it where there is none; where the two part, keep the old one aside."""
    try:
        with open_book(place) as book:
            done = take_in(book, message)
    except MissingBook:
        if message.from_no > 1:
            raise EntriesLacking(office_code=message.office_code, from_no=message.from_no, held_no=0) from None
        _bring_back(place, message, source)
    except Forked as parted:
        if message.from_no > 1 or not _is_to_be_replaced(place, parted, yes):
            _keep_refused(place, message, parted)
            raise
        _bring_back(place, message, source)
    else:
        text = _("New entries: {n}. The book of office {office} goes up to entry no. {no}.")
        say(text.format(n=count(done.added), office=plain(done.office_code), no=done.entry_no))


def _keep_refused(place: str, message: Message, parted: Forked) -> None:
    """Keep the other side of two books that part, beside the one that stands: as evidence."""
    kept = f"{place}.fork-{parted.entry_no}-{message.last_seal[:12]}.blangko"
    save(kept, message_bytes(message), place, is_private=True, is_told=False)
    _tell(_("What came and was refused is kept at {path}").format(path=plain(kept)))


def _is_to_be_replaced(place: str, parted: Forked, yes: bool) -> bool:
    if yes or not somebody_is_there():
        return yes
    complain(parted)
    question = _("Keep the book at {path} aside, and put what came in its place? [y/N] ")
    return ask_yes(question.format(path=plain(place)))


def _bring_back(place: str, message: Message, source: str) -> None:
    from blangko.stockroom.copies import restore

    entries, kept = restore(place, source, as_snapshot(message), config.today(), config.now_utc())
    say(_("Brought back and proved: {n} entries in {path}").format(n=count(entries), path=plain(place)))
    if kept:
        text = _("The book that was there is kept at {path}. What only that one holds has to be written again.")
        say(text.format(path=plain(kept)))


# --- Receipts -------------------------------------------------------------------------------------


def _keep(place: str, receipt: Receipt, called: str, is_new_key: bool) -> None:
    """Keep a receipt beside the book, and say what it says; the first key is told, so that somebody can compare it."""
    from blangko.exchange.signing import fingerprint

    with open_book(place) as book:
        if receipt.office_code != book.office_code:
            from blangko.errors.province import MessageOfAnother

            raise MessageOfAnother(office_code=receipt.office_code, own_code=book.office_code)
        before = read_receipts(place)
        kept = with_receipt(before, receipt, called, is_new_key)
        _save_receipts(place, kept)
        _say_seen(book, kept, receipt)
    if kept.public_key != before.public_key:
        text = _("The province is known by this key from now on; compare it with the province by telephone: {key}")
        say(text.format(key=fingerprint(kept.public_key)))


def _save_receipts(place: str, kept: Kept) -> None:
    save(receipts_place(place), receipts_file(kept), place, is_private=True, is_told=False)


def _say_seen(book: Book, kept: Kept, receipt: Receipt) -> None:
    (seen,) = seen_by_province(kept._replace(receipts=(receipt,)), book.office_code, config.local_day)
    with book.reading():
        agrees = goes_on_from(book, seen)
    text = _("Seen by the province on {day}: entries 1–{no}.")
    say(text.format(day=day(seen.on), no=seen.entry_no))
    if not agrees:
        _tell(_("The book here is not as the province saw it. See what differs: blangko verify"))


def _signed(message: Message, at: str) -> Receipt:
    """A receipt for all up to the end of the message, signed with the province's key, which is made where none is."""
    from blangko.exchange.signing import fingerprint, need_signing, read_key, signed

    need_signing()
    place = config.province_key_place()
    key = read_key(place)
    if key is None:
        _make_key(place)
        key = read_key(place)
        receipt = signed(Receipt(message.office_code, message.last_no, message.last_seal, at), key)
        text = _("A key was made for the province's receipts: {path}. Keep a copy of it where nobody else comes.")
        say(text.format(path=plain(place)))
        say(_("Its offices know the province by it: {key}").format(key=fingerprint(receipt.public_key)))
        return receipt
    return signed(Receipt(message.office_code, message.last_no, message.last_seal, at), key)


def _make_key(place: str) -> None:
    from blangko.errors import reason_of
    from blangko.exchange.signing import new_key_file
    from blangko.store import saved

    try:
        saved.make_folder(place, saved.PRIVATE)
        with saved.being_made(place) as building:
            with open(building, "wb") as file:
                file.write(new_key_file())
            # Two who receive at once make one key: the second finds that of the first.
            with suppress(FileExistsError):
                saved.put_where_nothing_is(building, place)
    except OSError as error:
        raise CannotCreate(path=place, reason=reason_of(error)) from None


def _hand_out(receipt: Receipt, output: str, place: str) -> None:
    try:
        save(output, receipt_file(receipt), place)
    except BlangkoError as error:
        # What came stands; the same message brings the same receipt again.
        complain(error)
        return
    say(_("The receipt is in {path}. The office takes it in with: blangko pull FILE").format(path=plain(output)))
