"""The days of an office with numbers of their own, and the sheet that a clerk made of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import NamedTuple
from zlib import crc32

TODAY = date(2017, 11, 30)
"""On this day the sheets are read, a Thursday."""
CLOSED = {date(2017, 8, 17), date(2017, 9, 1), date(2017, 9, 21)}
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
SHORT_MONTHS = ("Jan", "Peb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nop", "Des")
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jum’at", "Sabtu", "Minggu")


class Day(NamedTuple):
    """What moved on one day, in cards."""

    day: date
    received: int = 0
    printed: int = 0
    spoiled: int = 0
    sent: int = 0

    @property
    def out(self) -> int:
        """All cards that left the shelf."""
        return self.printed + self.spoiled + self.sent


KINDS = {"received": "receive", "printed": "print", "spoiled": "spoil", "sent": "send"}
"""The kind of entry that each figure of a day becomes."""
Truth = dict[tuple[date, str], int]


def truth_of(days: Iterable[Day]) -> Truth:
    """The cards by day and kind that must stand in the book."""
    truth: Truth = defaultdict(int)
    for day in days:
        for figure, kind in KINDS.items():
            if cards := getattr(day, figure):
                truth[day.day, kind] += cards
    return dict(truth)


class Sheet(NamedTuple):
    """A sheet, what it means and which answers are right.

    `answers` holds by option what a clerk would say when the program asks; `reason` is what a right refusal speaks of,
    as a pattern; with `cannot_be_read` a refusal is all that can be asked for; `tells` are patterns of what the
    report has to say although the figures are right without it. `elsewhere` is the pattern of a report that
    shows cards which stand outside the columns, such as in a remark, and has told them so.
    """

    kind: str
    name: str
    file: str
    content: bytes
    truth: Truth
    opening_cards: int
    answers: Mapping[str, str]
    reason: str
    cannot_be_read: bool
    tells: Sequence[str]
    elsewhere: str = ""


class Desk:
    """One clerk's month: the same seed gives the same numbers."""

    def __init__(self, seed: str) -> None:
        self.random = Random(crc32(seed.encode()))
        self.opening_cards = 0

    def days(self, first: date, last: date, sends: bool = False) -> list[Day]:
        """The open days from `first` to `last`; `opening_cards` is what must have been on hand before them."""
        random = self.random
        span = [first + timedelta(n) for n in range((last - first).days + 1)]
        made = [
            Day(
                day,
                received=random.choice((500, 1000, 1500, 2000)) if random.random() < 0.12 else 0,
                printed=random.randint(52, 198),
                spoiled=random.choice((0, 0, 1, 2, 3, 5)),
                sent=random.choice((25, 50, 75)) if sends and random.random() < 0.3 else 0,
            )
            for day in span
            if day.weekday() < 5 and day not in CLOSED
        ]
        made[2] = made[2]._replace(received=2000)
        made[3] = made[3]._replace(spoiled=4)
        if sends:
            made[4] = made[4]._replace(sent=60)
        self.opening_cards = sum(day.out for day in made) + random.randint(120, 980)
        return made

    def october(self, sends: bool = False) -> list[Day]:
        """The open days of October 2017."""
        return self.days(date(2017, 10, 1), date(2017, 10, 31), sends)

    def left(self, days: Sequence[Day]) -> list[int]:
        """What is on the shelf at the end of each day."""
        cards, left = self.opening_cards, []
        for day in days:
            cards += day.received - day.out
            left.append(cards)
        return left


class Made(NamedTuple):
    """What a maker of sheets gives back."""

    ending: str
    content: bytes
    days: Sequence[Day]
    answers: Mapping[str, str] = {}
    reason: str = ""
    cannot_be_read: bool = False
    tells: Sequence[str] = ()
    opening_cards: int | None = None
    elsewhere: str = ""


Maker = Callable[[Desk], Made]


def collector() -> tuple[list[tuple[str, Maker]], Callable[[str], Callable[[Maker], Maker]]]:
    """A list of makers with their kind, and the decorator that adds to it."""
    makers: list[tuple[str, Maker]] = []

    def of_kind(kind: str) -> Callable[[Maker], Maker]:
        def add(maker: Maker) -> Maker:
            makers.append((kind, maker))
            return maker

        return add

    return makers, of_kind


def made(makers: Iterable[tuple[str, Maker]]) -> list[Sheet]:
    """The sheets of these makers."""
    sheets = []
    for kind, maker in makers:
        desk = Desk(maker.__name__)
        sheet = maker(desk)
        opening = desk.opening_cards if sheet.opening_cards is None else sheet.opening_cards
        sheets.append(
            Sheet(
                kind,
                maker.__name__.replace("_", " "),
                f"{maker.__name__}.{sheet.ending}",
                sheet.content,
                truth_of(sheet.days),
                opening or 5000,
                sheet.answers,
                sheet.reason,
                sheet.cannot_be_read,
                sheet.tells,
                sheet.elsewhere,
            )
        )
    return sheets


def blank(cards: int) -> int | None:
    """Nothing where nothing moved, as most clerks leave it."""
    return cards or None


def dash(cards: int) -> int | str:
    """A stroke where nothing moved."""
    return cards or "-"


def pointed(cards: int) -> str:
    """2.000, as a text."""
    return f"{cards:,}".replace(",", ".")


def in_words(day: date) -> str:
    """2 Oktober 2017."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
