"""A folder of messages taken into the province's database: all books at once where it holds none, else one by one."""

import os
from collections.abc import Iterator

import typer

from blangko import config
from blangko.cli import receipts
from blangko.cli.saving import save
from blangko.cli.screen import complain, say
from blangko.core.message import Message
from blangko.errors import BlangkoError, CannotCreate, DamagedBook
from blangko.errors.province import BadMessage
from blangko.exchange.push import GZIP, read_file, read_message
from blangko.exchange.receipts import receipt_file
from blangko.stockroom import province
from blangko.words.language import _
from blangko.words.written import count, plain


def take_in_folder(place: str, folder: str) -> None:
    """Take in every message of the folder, and put a receipt beside each; one that is refused stops none of the others.

    Raises:
        BadMessage: There is no message in it.
    """
    files = _messages(folder)
    sign, at, sender = receipts.signer(), config.now_utc(), config.account()
    added, refused = _loaded_at_once(place, files), 0
    with province.opened(place) as database:
        for file in files:
            try:
                message, made = _read(file)
                done = province.receive(database, message, made, at, sender, sign)
                save(f"{file}.receipt", receipt_file(done.receipt), "", is_told=False)
            except BlangkoError as error:
                complain(error)
                refused += 1
            else:
                added += done.added
    _say_taken(folder, len(files) - refused, added, refused)


def _messages(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as found:
            files = sorted(each.path for each in found if each.is_file() and _begins_as_message(each.path))
    except OSError as error:
        raise BadMessage(path=folder, reason=str(error.strerror).lower()) from None
    if not files:
        raise BadMessage(path=folder, reason="it holds no message")
    return files


def _begins_as_message(path: str) -> bool:
    with open(path, "rb") as file:
        return file.read(len(GZIP)) == GZIP


def _read(file: str) -> tuple[Message, bytes]:
    made = read_file(file)
    return read_message(made, file), made


def _loaded_at_once(place: str, files: list[str]) -> int:
    """How many entries a database that holds no office yet took in at once; none where that is not possible."""
    seen: set[str] = set()

    def whole_books() -> Iterator[Message]:
        for file in files:
            try:
                message, _made = _read(file)
            except BlangkoError:
                # It is told when its turn comes, as is a second message of an office.
                continue
            if message.from_no == 1 and message.rows and message.office_code not in seen:
                seen.add(message.office_code)
                yield message

    try:
        return province.load_at_once(place, whole_books())
    except (DamagedBook, CannotCreate):
        # One book of all is refused, or this role is no owner: one by one it comes out which, and the others stand.
        return 0


def _say_taken(folder: str, messages: int, added: int, refused: int) -> None:
    text = _("Taken in from {path}: {messages} messages, {n} new entries. A receipt lies beside each.")
    say(text.format(path=plain(folder), messages=count(messages), n=count(added)))
    if refused:
        say(_("Refused, as told above: {n}.").format(n=count(refused)))
        raise typer.Exit(1)
