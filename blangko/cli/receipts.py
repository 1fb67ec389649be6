"""Receipts at both desks: signed and handed out by the province, kept beside the book by the office."""

import os
from collections.abc import Callable
from contextlib import suppress

from blangko import config
from blangko.cli.saving import save
from blangko.cli.screen import complain, say, warn
from blangko.core.receipt import Receipt, Seen
from blangko.errors import BlangkoError, CannotCreate, reason_of
from blangko.errors.province import MessageOfAnother
from blangko.exchange.receipts import (
    Kept,
    read_receipts,
    receipt_file,
    receipts_file,
    receipts_place,
    seen_by_province,
    with_receipt,
)
from blangko.stockroom import Book
from blangko.stockroom.province import goes_on_from
from blangko.words.language import _
from blangko.words.written import day, plain

# --- At the office --------------------------------------------------------------------------------


def last_seen(kept: Kept, office_code: str) -> Seen | None:
    """The furthest that the province has seen of the book, by a receipt that nobody changed."""
    told = seen_by_province(kept, office_code, config.local_day)
    return max((each for each in told if each.proof != "forged"), key=lambda each: each.entry_no, default=None)


def keep(book: Book, place: str, receipt: Receipt, called: str, is_new_key: bool = False, target: str = "") -> None:
    """Keep a receipt beside the book at `place`, and say what it says; a new key is told, so that somebody compares it.

    `target` is the place of a push that is to be remembered.

    Raises:
        MessageOfAnother, BadReceipt, OtherKey, CannotCreate: It is not kept.
    """
    if receipt.office_code != book.office_code:
        raise MessageOfAnother(office_code=receipt.office_code, own_code=book.office_code)
    before = read_receipts(place)
    kept = with_receipt(before, receipt, called, is_new_key)
    kept = kept._replace(target=target or kept.target)
    _save(place, kept)
    _say_seen(book, kept, receipt)
    if kept.public_keys != before.public_keys:
        from blangko.exchange.signing import fingerprint

        text = _("The province is known by this key from now on; compare it with the province by telephone: {key}")
        say(text.format(key=fingerprint(kept.public_keys[-1])))


def _save(place: str, kept: Kept) -> None:
    beside = receipts_place(place)
    save(beside, receipts_file(kept), place, is_private=True, is_told=False)
    # Whoever writes the book has to read them, and goes on with them.
    os.chmod(beside, os.stat(place).st_mode & 0o660)


def _say_seen(book: Book, kept: Kept, receipt: Receipt) -> None:
    (seen,) = seen_by_province(kept._replace(receipts=(receipt,)), book.office_code, config.local_day)
    with book.reading():
        agrees = goes_on_from(book, seen)
    text = _("Seen by the province on {day}: entries 1–{no}.")
    say(text.format(day=day(seen.on), no=seen.entry_no))
    if not agrees:
        warn(_("The book here is not as the province saw it. See what differs: blangko verify"))


# --- At the province ------------------------------------------------------------------------------


def signer() -> Callable[[Receipt], Receipt]:
    """Signs receipts with the province's key, which is made where there is none yet, and told then.

    Raises:
        MissingExtra, BadKey, CannotCreate: Nothing can be signed.
    """
    from blangko.exchange.signing import fingerprint, need_signing, public_key_of, read_key, signed

    need_signing()
    place = config.province_key_place()
    key = read_key(place)
    if key is None:
        _make_key(place)
        key = read_key(place)
        text = _("A key was made for the province's receipts: {path}. Keep a copy of it where nobody else comes.")
        say(text.format(path=plain(place)))
        say(_("Its offices know the province by it: {key}").format(key=fingerprint(public_key_of(key))))
    return lambda receipt: signed(receipt, key)


def _make_key(place: str) -> None:
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


def hand_out(receipt: Receipt, output: str, place: str) -> None:
    """Save a receipt for the office; what came stands even where that fails, and brings the same receipt again."""
    try:
        save(output, receipt_file(receipt), place, is_told=False)
    except BlangkoError as error:
        complain(error)
        return
    say(_("The receipt is in {path}. The office takes it in with: blangko pull FILE").format(path=plain(output)))
