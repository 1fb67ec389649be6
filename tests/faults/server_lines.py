"""Faults between an office and its server: a line that is cut, a server that stops, one that takes too long."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from blangko.store.postgres import connected
from tests import postgres
from tests.faults.cut import TO_CLIENT, TO_SERVER, line
from tests.faults.office import entries
from tests.faults.server import WORDS, Answer, begun_on, judged, last_no, run, said
from tests.faults.tally import Tally, summed

LONGEST_SECONDS = 0.12
"""The command is over by then, most times."""


def cut_lines(server: postgres.Server, tries: int) -> Iterator[Tally]:
    """The line of a command cut after so many bytes, one after the other, either way."""
    place = begun_on(server)
    with line(place) as (through, whole):
        assert said(through, *WORDS, "--key", "whole").is_done
    for way in (TO_SERVER, TO_CLIENT):
        # The last byte to the server says goodbye: it is not missed.
        bytes_in_all = whole.passed[way]
        cuts = sorted({1 + number * (bytes_in_all - 1) // max(tries - 1, 1) for number in range(tries)})
        yield _proved(place, f"line cut {way}", [_cut(place, way, most) for most in cuts])


def _cut(place: str, way: str, most: int) -> Tally:
    words, before = (*WORDS, "--key", f"{way} {most}"), last_no(place)
    with line(place, way, most) as (through, _):
        first = said(through, *words)
    return _judged_after("line cut", place, words, first, before)


def _judged_after(fault: str, place: str, words: Sequence[str], first: Answer, before: int) -> Tally:
    stood = last_no(place) - before
    again = said(place, *words)
    return judged(fault, first, again, stood, last_no(place) - before)


def _proved(place: str, fault: str, tallies: Sequence[Tally]) -> Tally:
    """One line for all tries on a book, which proves whole after them."""
    each = summed(fault, tallies)
    return each._replace(damaged=each.damaged + int(entries(place) != last_no(place)))


def restarts(server: postgres.Server, tries: int, seed: int) -> Tally:
    """The server killed at any moment of a command and started again."""
    place, chance = begun_on(server), random.Random(seed)
    return _proved(place, "server restarted", [_restarted(server, place, number, chance) for number in range(tries)])


def _restarted(server: postgres.Server, place: str, number: int, chance: random.Random) -> Tally:
    words, before = (*WORDS, "--key", f"restart {number}"), last_no(place)
    stopping = threading.Timer(chance.uniform(0, LONGEST_SECONDS), server.stop, ("immediate",))
    stopping.start()
    first = said(place, *words)
    stopping.join()
    server.start()
    return _judged_after("server restarted", place, words, first, before)


def ended_sessions(server: postgres.Server, tries: int, seed: int) -> Tally:
    """The administrator ends the session in the middle of the command."""
    place, chance = begun_on(server), random.Random(seed)
    tallies = []
    with connected(server.address()) as administrator:
        for number in range(tries):
            words, before = (*WORDS, "--key", f"ended {number}"), last_no(place)
            ending = threading.Timer(chance.uniform(0, LONGEST_SECONDS), _end_all, (administrator, place))
            ending.start()
            first = said(place, *words)
            ending.join()
            tallies.append(_judged_after("session ended", place, words, first, before))
    return _proved(place, "session ended", tallies)


def _end_all(administrator: object, place: str) -> None:
    name = place.partition("@/")[2].partition("?")[0]
    administrator.rows(  # type: ignore[attr-defined]
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name", name=name
    )


def slow_statements(server: postgres.Server, tries: int) -> Tally:
    """Another holds the office's lock longer than the server lets a statement take."""
    place = begun_on(server)
    name = place.partition("@/")[2].partition("?")[0]
    run(server.address(), f"ALTER DATABASE {name} SET statement_timeout = '200ms'")
    tallies = []
    for number in range(tries):
        words, before = (*WORDS, "--key", f"slow {number}"), last_no(place)
        with locked(place):
            first = said(place, *words)
        tallies.append(_judged_after("statement timeout", place, words, first, before))
    run(server.address(), f"ALTER DATABASE {name} RESET statement_timeout")
    return _proved(place, "statement timeout", tallies)
    return summed("statement timeout", tallies)


@contextmanager
def locked(place: str) -> Iterator[None]:
    """Somebody else writes in the office and does not come to an end."""
    with connected(place) as other:
        other.connection.execute("BEGIN")
        other.connection.execute("SELECT 1 FROM office FOR NO KEY UPDATE")
        yield
        other.connection.execute("ROLLBACK")
