"""Between an office and its province: what the one sends, what the other receives, and the way back."""

import os
from typing import Annotated

import typer
from typer import Argument, Option

from blangko import config
from blangko.cli import receipts
from blangko.cli.saving import save
from blangko.cli.screen import ask_yes, complain, say, somebody_is_there, warn
from blangko.cli.task import Task
from blangko.cli.writing import Yes
from blangko.core.message import Message
from blangko.core.receipt import Receipt
from blangko.core.seal import FIRST_SEAL
from blangko.errors import BlangkoError, MissingBook, MissingWord, TooManyWords
from blangko.errors.province import BadMessage, BadReceipt, BadTarget, EntriesLacking, Forked
from blangko.exchange import door
from blangko.exchange.push import GZIP, message_bytes, read_file, read_message
from blangko.exchange.receipts import Kept, read_receipt, read_receipts
from blangko.stockroom import Book, open_book, province
from blangko.store.address import is_postgres, is_server, shown, with_office
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
    kept = Kept() if is_server(place) else read_receipts(place)
    with open_book(place) as book:
        if output is not None:
            if target is not None:
                raise TooManyWords(unexpected=target)
            _into_file(book, kept, output, whole)
            return
        target = target or kept.target
        if not target:
            raise MissingWord(missing=_("ADDRESS"))
        if whole:
            raise TooManyWords(unexpected="--whole")
        if is_postgres(target):
            _to_database(book, target, new_key)
        elif door.is_door(target):
            to_door(book, target, new_key)
        else:
            raise BadTarget(target=shown(target))


def _into_file(book: Book, kept: Kept, output: str, is_whole: bool) -> None:
    seen = receipts.last_seen(kept, book.office_code)
    with book.reading():
        message = province.to_send(book, seen, is_whole)
        if seen and not province.goes_on_from(book, seen):
            text = _(
                "The book is not as the province saw it on {day} up to entry no. {no}. All of it goes along, so that "
                "the province can tell from where on the two differ."
            )
            warn(text.format(day=day(seen.on), no=seen.entry_no))
    if not message.rows:
        say(_("The province has seen everything up to entry no. {no}. Nothing to send.").format(no=message.last_no))
        return
    save(output, message_bytes(message), book.path, is_private=True, is_told=False)
    text = _("Entries in {path}: {n}, no. {first} to no. {last}. Take the file to the province.")
    say(text.format(n=count(len(message.rows)), first=message.from_no, last=message.last_no, path=plain(output)))
    say(_("Until its receipt comes back, the next push sends them again; nothing counts twice."))


def _to_database(book: Book, target: str, is_new_key: bool) -> None:
    at, added = config.now_utc(), 0
    with province.opened(target) as database:
        there = database.book(book.office_code)
        for message in province.lacking(book, province.held_of(there, book.last()[0])):
            added += province.receive(database, message, message_bytes(message), at, config.account()).added
        told = province.receipts_of(there)
    _say_sent(added, target)
    for receipt in told:
        _keep_receipt(book, receipt, target, is_new_key)


def to_door(book: Book, target: str, is_new_key: bool = False) -> None:
    """Bring the province at its door what it lacks of the book, and keep its receipt.

    Raises:
        BlangkoError: It could not be reached, or did not take it in.
    """
    code, token = book.office_code, config.token()
    done = province.bring(
        book,
        lambda at_no: door.held_at(target, code, at_no, token),
        lambda message: door.sent(target, code, message_bytes(message), token),
    )
    _say_sent(done.added, target)
    _keep_receipt(book, done.receipt, target, is_new_key)


def _say_sent(added: int, target: str) -> None:
    say(_("Entries sent to {target}: {n}.").format(n=count(added), target=plain(shown(target))))


def _keep_receipt(book: Book, receipt: Receipt, target: str, is_new_key: bool) -> None:
    """Keep the receipt of a push; one that cannot be kept is told, and comes again with the next push."""
    if is_server(book.path):
        return
    try:
        receipts.keep(book, book.path, receipt, shown(target), is_new_key, shown(target))
    except BlangkoError as error:
        complain(error)


# --- What comes -----------------------------------------------------------------------------------


@commands.command("pull", cls=Task)
def pull(
    ctx: typer.Context,
    source: Annotated[
        str | None,
        Argument(metavar="FILE", help=N_("a message, a folder of messages, a receipt, or the province's address")),
    ] = None,
    receipt: Annotated[
        str | None, Option("--receipt", metavar="FILE", help=N_("sign what came, and put the receipt there"))
    ] = None,
    copy: Annotated[
        str | None, Option("--copy", metavar="FILE", help=N_("from an address: a copy of the book, to be read only"))
    ] = None,
    refused: Annotated[
        str | None,
        Option("--refused", metavar="FILE", help=N_("at the province: the message that was refused last, as evidence")),
    ] = None,
    new_key: NewKey = False,
    yes: Yes = False,
) -> None:
    place = str(ctx.obj)
    if refused is not None:
        _hand_out_refused(place, refused)
        return
    if source is None and is_server(place):
        _sign_what_came(place)
        return
    source = source or read_receipts(place).target
    if not source:
        raise MissingWord(missing=_("FILE"))
    if copy is not None:
        _copy(source, copy)
    elif is_server(source):
        named = config.named_office(ctx.find_root().params.get("office"))
        _from_address(place, source, named, new_key, yes)
    elif is_server(place) and os.path.isdir(source):
        from blangko.cli.folder import take_in_folder

        take_in_folder(place, source)
    else:
        _from_file(place, source, receipt, new_key, yes)


def _from_file(place: str, source: str, receipt: str | None, is_new_key: bool, yes: bool) -> None:
    made = read_file(source)
    if made[:2] != GZIP:
        _take_receipt(place, made, source, is_new_key)
        return
    message = read_message(made, source)
    if is_server(place):
        _into_database(place, message, made, receipt or f"{source}.receipt")
        return
    # Found out before anything is taken in.
    sign = receipts.signer() if receipt is not None else None
    _into_book(place, message, source, yes)
    if sign and receipt is not None:
        at = config.now_utc()
        receipts.hand_out(sign(Receipt(message.office_code, message.last_no, message.last_seal, at)), receipt, place)


def _take_receipt(place: str, made: bytes, source: str, is_new_key: bool) -> None:
    try:
        receipt = read_receipt(made, source)
    except BadReceipt:
        raise BadMessage(path=source, reason="it is neither a message nor a receipt") from None
    with open_book(place) as book:
        receipts.keep(book, place, receipt, source, is_new_key)


def _into_database(place: str, message: Message, made: bytes, output: str) -> None:
    sign, at, sender = receipts.signer(), config.now_utc(), config.account()
    with province.opened(place) as database:
        done = province.receive(database, message, made, at, sender, sign)
    _say_taken(done.added, message, at)
    receipts.hand_out(done.receipt, output, "")


def _sign_what_came(place: str) -> None:
    """Sign what offices have pushed into the database by themselves, where the province's key was not at hand."""
    sign = receipts.signer()
    with province.opened(place) as database:
        signed = province.sign_received(database, sign, config.now_utc(), config.account())
    say(_("Receipts signed: {n}. The offices get them with their next push.").format(n=count(len(signed))))


def _hand_out_refused(place: str, output: str) -> None:
    with open_book(place) as book:
        if not is_server(place) or (made := province.last_refused(book)) is None:
            say(_("No message of this office was refused here."))
            return
    save(output, made, place, is_private=True)
    say(_("Make a book of it, to be compared: blangko --db NEW-FILE pull {path}").format(path=plain(output)))


def _into_book(place: str, message: Message, source: str, yes: bool) -> None:
    """Go on with the book at `place`; make it where there is none; where the two part, keep the old one aside."""
    try:
        with open_book(place) as book:
            added = province.take_in(book, message).added
        _say_taken(added, message, config.now_utc())
    except MissingBook:
        if message.from_no > 1:
            raise EntriesLacking(office_code=message.office_code, from_no=message.from_no, held_no=0) from None
        _bring_back(place, message, source)
    except Forked as parted:
        if message.from_no > 1 or not _is_to_be_replaced(place, parted, yes):
            _keep_refused(place, message, parted)
            raise
        _bring_back(place, message, source)


def _say_taken(added: int, message: Message, at: str) -> None:
    text = _("New entries: {n}. The book of office {office} goes up to entry no. {no}.")
    say(text.format(n=count(added), office=plain(message.office_code), no=message.last_no))
    _warn_of_clock(message, at)


def _warn_of_clock(message: Message, at: str) -> None:
    if message.last_recorded_at > at:
        text = _("Its last entry was recorded at {instant}, which has not come yet: the office's clock is ahead.")
        warn(text.format(instant=plain(message.last_recorded_at)))


def _keep_refused(place: str, message: Message, parted: Forked) -> None:
    """Keep the other side of two books that part, beside the one that stands: as evidence."""
    kept = f"{place}.fork-{parted.entry_no}-{message.last_seal[:12]}.blangko"
    save(kept, message_bytes(message), place, is_private=True, is_told=False)
    warn(_("What came and was refused is kept at {path}").format(path=plain(kept)))


def _is_to_be_replaced(place: str, parted: Forked, yes: bool) -> bool:
    if yes or not somebody_is_there():
        return yes
    complain(parted)
    question = _("Keep the book at {path} aside, and put what came in its place? [y/N] ")
    return ask_yes(question.format(path=plain(place)))


def _bring_back(place: str, message: Message, source: str) -> None:
    from blangko.stockroom.copies import restore

    entries, kept = restore(place, source, province.as_snapshot(message), config.today(), config.now_utc())
    text = _("A book was made of it and proved: {n} entries in {path}")
    say(text.format(n=count(entries), path=plain(place)))
    _warn_of_clock(message, config.now_utc())
    if kept:
        text = _("The book that was there is kept at {path}. What only that one holds has to be written again.")
        say(text.format(path=plain(kept)))


# --- From the province's address ------------------------------------------------------------------


def _from_address(place: str, source: str, named: str | None, is_new_key: bool, yes: bool) -> None:
    """Bring what the province has and the book here lacks; a lost book comes back as a whole."""
    code, end = _own_end(place)
    code = code or named
    message, told = _fetched(source, code, end[0])
    if message.previous_seal != end[1]:
        # The two part before that, or the book here is the longer one: all of it tells which.
        message, told = _fetched(source, code, 0)
    _into_book(place, message, shown(source), yes)
    with open_book(place) as book:
        for receipt in told:
            receipts.keep(book, place, receipt, shown(source), is_new_key, shown(source))


def _own_end(place: str) -> tuple[str | None, tuple[int, str]]:
    """The code of the office whose book is here, and its last number and seal; none and nothing where it is lost."""
    try:
        with open_book(place) as book:
            return book.office_code, book.last()
    except MissingBook:
        return None, (0, FIRST_SEAL)


def _fetched(source: str, code: str | None, held_no: int) -> tuple[Message, list[Receipt]]:
    """What the province has behind a number, or from its own end on where it has not so many; and its receipts."""
    if is_postgres(source):
        with open_book(with_office(source, code) if code else source) as there:
            first = min(held_no, there.last()[0]) + 1
            return province.message_from(there, first), province.receipts_of(there)
    if not door.is_door(source):
        raise BadTarget(target=shown(source))
    address, _mark, behind = source.partition("#")
    office = code or behind
    if not office:
        raise MissingWord(missing="--office")
    return read_message(door.fetched(address, office, held_no + 1, config.token()), address), []


def _copy(source: str, output: str) -> None:
    """A copy of the book at a server, proved, that nobody writes into by mistake."""
    from blangko.stockroom.copies import backup

    if not is_postgres(source):
        raise BadTarget(target=shown(source))
    with open_book(source) as book:
        entries = backup(book, output, config.today())
    os.chmod(output, 0o400)
    say(_("Copied and proved: {n} entries in {path}").format(n=count(entries), path=plain(output)))
