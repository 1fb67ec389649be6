"""The alert told to people: every change once, to the addresses on file, and never at the cost of the alert itself.

What was last told lies in the account's own folder and not in the book, which may be one that is only read. So two
accounts, or two machines, that watch one book tell of it each for itself.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple

from blangko import config
from blangko.cli.saving import save
from blangko.cli.screen import complain
from blangko.core.news import State, is_news, state_of
from blangko.errors import BlangkoError
from blangko.errors.files import NotTold, TrialNotTold
from blangko.exchange.addresses import Address, read_addresses
from blangko.exchange.sending import SENT, need_messenger, send
from blangko.exchange.told import Told, read_told, told_file
from blangko.reports.alert import Alert, unknown_alert
from blangko.reports.message import Message, message, told_status
from blangko.store.address import shown
from blangko.store.saved import PRIVATE, make_folder, one_at_a_time
from blangko.words.refusals import told
from blangko.words.written import plural

LONGEST_SENDING_SECONDS = 90
"""A server that does not answer is given up sooner than that."""


class Asked(NamedTuple):
    """What was asked for: another file of addresses, a message every time, a trial, nothing while all is well."""

    addresses: str | None
    repeat: bool
    test: bool
    quiet: bool


def look_and_tell(look: Callable[[], Alert], place: str, asked: Asked) -> Alert:
    """The alert that `look` sees in the book at `place`, told to people; that it cannot see any is told as well."""
    try:
        seen = look()
    except Exception as error:
        words = told(error) if isinstance(error, BlangkoError) else [f"{type(error).__name__}: {error}"]
        _tell(unknown_alert(" ".join(words), type(error).__name__), place, asked)
        raise
    _tell(seen, place, asked)
    return seen


def _tell(seen: Alert, place: str, asked: Asked) -> None:
    try:
        # Looked at every time, and not on the day of trouble only.
        need_messenger()
        addresses = read_addresses(config.addresses_place(asked.addresses))
        if asked.test:
            _send_trial(seen, addresses, place)
        else:
            with _alone(config.told_place(place)):
                _send_news(seen, addresses, place, asked)
    except BlangkoError as error:
        complain(error)


@contextmanager
def _alone(kept_at: str) -> Iterator[None]:
    """Two alerts of one account that are started at the same instant tell a change once: the second finds it told."""
    with suppress(OSError):
        make_folder(kept_at, PRIVATE)
    with one_at_a_time(kept_at, LONGEST_SENDING_SECONDS):
        yield


def _send_trial(seen: Alert, addresses: Sequence[Address], place: str) -> None:
    last = read_told(config.told_place(place))
    failures = _failures(addresses, message(seen.code, _office(seen, last, place), _lines(seen), is_trial=True))
    if failures:
        raise TrialNotTold(failures=_as_facts(failures))
    sent = plural("The trial was sent to {n} address.", "The trial was sent to {n} addresses.", len(addresses))
    print(sent, file=sys.stderr)


def _send_news(seen: Alert, addresses: Sequence[Address], place: str, asked: Asked) -> None:
    kept_at = config.told_place(place)
    last, now = _last_told(kept_at, seen), _state(seen)
    due = [each for each in addresses if _is_due(last.states.get(each.mark), now, asked)]
    worried = any(last.states[each.mark].level != "ok" for each in due if each.mark in last.states)
    text = message(seen.code, _office(seen, last, place), _lines(seen, worried and now.level == "ok"))
    failures = _failures(due, text)
    heard = {each.mark: now for each in addresses if each not in failures}
    unheard = {each.mark: last.states[each.mark] for each in failures if each.mark in last.states}
    # The office is not known from a book that cannot be read; what was known of it stays.
    office = seen.shown.office if seen.shown else {"code": last.office_code, "name": last.office_name}
    _keep(kept_at, last, Told(office["code"], office["name"], heard | unheard), place)
    if failures:
        raise NotTold(failures=_as_facts(failures))


def _last_told(kept_at: str, seen: Alert) -> Told:
    """What was last told of the book; nothing where another office's book lay there until now."""
    last = read_told(kept_at)
    is_another = seen.shown is not None and seen.shown.office["code"] != last.office_code
    return Told() if is_another else last


def _state(seen: Alert) -> State:
    return State("unknown", (seen.cause,)) if seen.trouble or not seen.shown else state_of(seen.shown)


def _is_due(last: State | None, now: State, asked: Asked) -> bool:
    is_said_anyway = asked.repeat and not (asked.quiet and now.level == "ok")
    return is_said_anyway or is_news(last, now)


def _office(seen: Alert, last: Told, place: str) -> str:
    if seen.shown:
        return f"{seen.shown.office['name']} ({seen.shown.office['code']})"
    return f"{last.office_name} ({last.office_code})" if last.office_code else os.path.basename(shown(place))


def _lines(seen: Alert, all_is_well_again: bool = False) -> list[str]:
    return [seen.trouble] if seen.trouble or not seen.shown else told_status(seen.shown, all_is_well_again)


def _failures(addresses: Sequence[Address], text: Message) -> dict[Address, str]:
    """Send the message; the addresses that it did not reach, each with what became of it."""
    if not addresses:
        return {}
    outcomes = send([each.url for each in addresses], text.subject, text.body, text.kind)
    return {each: what for each, what in zip(addresses, outcomes, strict=True) if what != SENT}


def _as_facts(failures: dict[Address, str]) -> tuple[tuple[int, str, str], ...]:
    """What may be said of the failures: the line and the service of each address, since the rest of it is secret."""
    return tuple((each.line_no, each.service, what) for each, what in failures.items())


def _keep(kept_at: str, last: Told, now: Told, place: str) -> None:
    if now == last:
        return
    try:
        save(kept_at, told_file(now), place, is_private=True, is_told=False)
    except BlangkoError as error:
        # Who was told was told; next time they are told again.
        complain(error)
