"""Whether the answer is worth trusting, by an office's own history: what was said each evening beside what came.

Every measure is taken of the answer and, beside it, of the 30-day rule that offices use without any program.

- *Cover of the 80 % range*: the share of evenings on which the true run-out day lay from the early to the late day
  told. Days are whole, so an honest range holds a little more than 80 %.
- *Run-out error*: the mean distance, in open days, between the middle day told and the true one.
- *At half-life*: each delivery begins a life of the shelf. Half-way to the true end of it, with later deliveries left
  out, the days told to be left are within a quarter of the true ones, or not; the share that is. Source: the α-λ
  accuracy with α = .25 and λ = .5, Saxena et al., "Metrics for offline evaluation of prognostic performance",
  International Journal of Prognostics and Health Management 1 (2010).
- *Notice*: open days from the first warning since the last delivery to the evening on which the shelf was empty.
- *Precision*: the share of alarms without which the shelf would have been empty. An alarm is judged as if nobody had
  acted on it: without the cards asked for after it, and where it said that those on order may come too late, without
  them. It was right if the shelf was then used up before cards asked for at the end of a warning would have been there
  at the latest usual lead, with the days of review after it.
- *Fill rate*: of the cards that people came for, the share that they got. *Ready rate*: the share of the evenings on
  which the shelf was not empty. Both are facts of the office, whichever rule is looked at. Source: Silver, Pyke and
  Thomas, Inventory and Production Management in Supply Chains, 4th ed. (2017).

The true run-out day of an evening is that on which more is used than was on the shelf, without later deliveries. It
is told only where every day until then is known in full (`core.hindsight`). An evening is judged if the late day told
lies within the book, whatever then came: to judge only the shelves that were used up would praise short ranges. Left
out are evenings before a rationed or an unwritten day that hides what came, and their number is told. After unwritten
days it is the shelf that the answer took to be left that is followed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from blangko.core.entry import Entry
from blangko.core.hindsight import Hindsight, hindsight
from blangko.core.reorder import REVIEW_WORKDAYS
from blangko.core.replay import Evening, replay
from blangko.core.urgency import SOON_WORKDAYS
from blangko.core.workdays import NationalDays

ALARMS = ("empty", "now", "soon")
"""The levels of a WARNING or worse."""
ABOUT_ORDERS = frozenset({"at_risk", "too_late", "overdue", "unanswered"})
"""An alarm for one of these asks to fetch what is on order; others ask for a new request."""
QUARTER = 0.25

LEAST_JUDGED = 30
"""Fewer evenings than these, six weeks, tell of one or two shelves only."""
LEAST_COVER = 0.7
"""Of 30 evenings that follow each other so few may lie in an honest range of 80 %."""
SMALL_ERROR_WORKDAYS = 1.0
ERROR_MARGIN_WORKDAYS = 0.5
"""Days are whole, and hundreds of evenings look at the same few shelves: half a day more is no worse a forecast."""

TRUST, DOUBT, TOO_SHORT = "trust", "doubt", "too_short"


class StockOut(NamedTuple):
    """A shelf that was empty on the evening of `on`; `warned_on` is None where no warning came before it."""

    on: date
    warned_on: date | None
    notice_workdays: int


class Measures(NamedTuple):
    """The measures of one way to foretell; None where nothing can be said.

    `alarms` and `lives` are how many could be judged.
    """

    cover80: float | None
    run_out_error_workdays: float | None
    within_quarter_at_half_life: float | None
    lives: int
    stock_outs: tuple[StockOut, ...]
    precision: float | None
    alarms: int
    fill_rate: float | None
    ready_rate: float | None


class Row(NamedTuple):
    """One evening: full open days that the shelf was told to last, and did last; None where not known.

    Where `true_is_exact` is false, `true_workdays` were known to be lasted, and perhaps more.
    """

    day: date
    on_hand_cards: int
    workdays_p10: int | None
    workdays_p50: int | None
    workdays_p90: int | None
    true_workdays: int | None
    true_is_exact: bool
    level: str
    is_alarm: bool
    rule30_workdays: int | None
    rule30_alarm: bool


class Backtest(NamedTuple):
    """What a replay showed. `days` evenings were replayed, `judged` of them by what came.

    `verdict` is trust, doubt or too_short; `doubts` name what speaks against the answer: cover, error, unwarned.
    """

    days: int
    judged: int
    first: date | None
    last: date | None
    answer: Measures
    rule30: Measures
    rows: tuple[Row, ...]
    verdict: str
    doubts: tuple[str, ...]

    @property
    def missing_workdays(self) -> int:
        """Evenings that have still to be judged before anything can be said."""
        return max(LEAST_JUDGED - self.judged, 0)


class Life(NamedTuple):
    """A shelf half-way between a delivery and its end: the evening, the cards left of it, the open days left."""

    half_way: date
    cards: float
    workdays: int


def half_lives(seen: Hindsight) -> list[Life]:
    """The shelves of the book whose end is known, half-way through their lives; those used up at once have none."""
    lives = []
    for number, cards in seen.filled.items():
        left = seen.left(number, cards) if number <= seen.last and cards > 0 else None
        if left is None or not left.exact or left.workdays < 2:
            continue
        half_way = number + left.workdays // 2
        used = seen.totals[half_way] - seen.totals[number]
        lives.append(Life(seen.workdays[half_way], cards - used, number + left.workdays - half_way))
    return lives


def backtest(
    entries: Sequence[Entry],
    first: date,
    last: date,
    until: date,
    national: NationalDays,
    watched: Callable[[Iterable[Evening], int], Iterable[Evening]] = lambda evenings, count: evenings,
) -> Backtest:
    """Replay the open days from `first` to `last`, and judge what was said by what came up to `until`.

    Args:
        entries: All entries of one office, in the order of their numbers.
        first: Evenings before it, and before the opening, are left out.
        last: Evenings after it, and after the last day of which use is written, are left out.
        until: Entries of later days are not known to anybody yet.
        national: The national days, before what the book states of them.
        watched: Passes on the evenings one by one, told how many they are; to show how far it is.
    """
    seen = hindsight(entries, until, national)
    if seen is None:
        return NOTHING
    days = [day for day in seen.workdays[: seen.last + 1] if first <= day <= last]
    lives = half_lives(seen)
    also = {day: [life.cards for life in each] for day, each in by_evening(lives).items()}
    evenings = list(watched(replay(entries, days, national, also), len(days)))
    return judge(evenings, lives, seen)


def judge(evenings: Sequence[Evening], lives: Sequence[Life], seen: Hindsight) -> Backtest:
    """What the replay of these evenings shows, by what came after each of them.

    Args:
        evenings: What was said, ascending; of the lives' half-way evenings with the run-out day of the cards left.
        lives: `half_lives`.
        seen: The whole book.
    """
    rows = tuple(_row(evening, seen) for evening in evenings)
    judged = [each for evening, row in zip(evenings, rows, strict=True) if (each := _judged(evening, row, seen))]
    answer = _measures(evenings, lives, seen, _ANSWER, judged)
    rule30 = _measures(evenings, lives, seen, _RULE30, judged)._replace(cover80=None)
    doubts = tuple(doubts_of(answer, rule30))
    verdict = TOO_SHORT if len(judged) < LEAST_JUDGED else DOUBT if doubts else TRUST
    days = [evening.day for evening in evenings]
    return Backtest(
        len(days), len(judged), days[0] if days else None, days[-1] if days else None, answer, rule30, rows, verdict,
        doubts,
    )  # fmt: skip


def doubts_of(answer: Measures, rule30: Measures) -> Iterable[str]:
    """What speaks against trusting the answer.

    Its error does where it is above one open day, and above that of the 30-day rule by more than half a day.
    """
    if answer.cover80 is not None and answer.cover80 < LEAST_COVER:
        yield "cover"
    error, other = answer.run_out_error_workdays, rule30.run_out_error_workdays
    if error is not None and other is not None and error > max(other + ERROR_MARGIN_WORKDAYS, SMALL_ERROR_WORKDAYS):
        yield "error"
    if any(each.warned_on is None for each in answer.stock_outs):
        yield "unwarned"


NOTHING_MEASURED = Measures(None, None, None, 0, (), None, 0, None, None)
NOTHING = Backtest(0, 0, None, None, NOTHING_MEASURED, NOTHING_MEASURED, (), TOO_SHORT, ())
"""What a book shows in which no use is written down."""


# --- What was said, and what came -----------------------------------------------------------------


class _Judged(NamedTuple):
    """An evening that can be judged: whether the range held, and how far off answer and rule were where both can be
    told."""

    covered: bool
    errors: tuple[int, int] | None


def _row(evening: Evening, seen: Hindsight) -> Row:
    number = seen.number(evening.day)
    early, middle, late = (_lasts(day, number, seen) for day in evening.run_out_on)
    left = seen.left(number, evening.left_cards) if evening.left_cards and evening.left_cards > 0 else None
    rule = evening.rule
    lasts = rule.lasts(evening.shelf_cards) if rule else None
    return Row(
        evening.day, evening.shelf_cards, early, middle, late,
        (left.workdays - left.exact) if left else None,
        left.exact if left else False,
        evening.level, evening.level in ALARMS,
        None if lasts is None else max(lasts - 1, 0),
        rule is not None and rule.warns(evening.shelf_cards),
    )  # fmt: skip


def _lasts(run_out_on: date | None, number: int, seen: Hindsight) -> int | None:
    """The full open days from an evening to the day on which the shelf was to be empty, by the days as they came."""
    return None if run_out_on is None else max(seen.number(run_out_on) - number - 1, 0)


def _judged(evening: Evening, row: Row, seen: Hindsight) -> _Judged | None:
    early, middle, late, true = row.workdays_p10, row.workdays_p50, row.workdays_p90, row.true_workdays
    if true is None or early is None or middle is None or late is None:
        return None
    if seen.number(evening.day) + late + 1 > seen.last:
        return None
    if row.true_is_exact:
        # Both are asked how long the same cards last.
        lasts = evening.rule.lasts(evening.left_cards or 0) if evening.rule else None
        errors = None if lasts is None else (abs(middle - true), abs(lasts - 1 - true))
        return _Judged(early <= true <= late, errors)
    # It lasted longer than it is known for: surely too long for the range, or nobody knows.
    return _Judged(False, None) if true > late else None


# --- The measures ---------------------------------------------------------------------------------


class _Way(NamedTuple):
    """One way to foretell: its alarms, its place among the errors, and the day ahead on which cards are used up."""

    warns: Callable[[Evening], bool | None]
    place: int
    lasts: Callable[[Evening, int, float, Hindsight], int | None]
    asks_to_fetch: Callable[[Evening], bool]


def _level_warns(evening: Evening) -> bool | None:
    return None if evening.level == "unknown" else evening.level in ALARMS


def _answer_lasts(evening: Evening, place: int, cards: float, seen: Hindsight) -> int | None:
    day = evening.asked[place]
    return None if day is None else seen.number(day) - seen.number(evening.day)


_ANSWER = _Way(
    _level_warns,
    0,
    _answer_lasts,
    lambda evening: not ABOUT_ORDERS.isdisjoint(evening.reasons),
)
_RULE30 = _Way(
    lambda evening: evening.rule.warns(evening.shelf_cards) if evening.rule else None,
    1,
    lambda evening, place, cards, seen: evening.rule.lasts(cards) if evening.rule else None,
    lambda evening: False,
)


def _measures(
    evenings: Sequence[Evening], lives: Sequence[Life], seen: Hindsight, way: _Way, judged: Sequence[_Judged]
) -> Measures:
    alarms = [right for each in _alarms(evenings, way) if (right := _was_right(each, seen, way)) is not None]
    within = list(_within_quarter(evenings, lives, seen, way))
    return Measures(
        _mean([each.covered for each in judged]),
        _mean([each.errors[way.place] for each in judged if each.errors]),
        _mean(within),
        len(within),
        tuple(_stock_outs(evenings, seen, way)),
        _mean(alarms),
        len(alarms),
        _fill_rate(evenings, seen),
        _mean([evening.shelf_cards > 0 for evening in evenings]),
    )


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _within_quarter(
    evenings: Sequence[Evening], lives: Sequence[Life], seen: Hindsight, way: _Way
) -> Iterable[bool]:  # fmt: skip
    """Of each life whether its end was foretold half-way, within a quarter of the open days then left."""
    of_day = {evening.day: evening for evening in evenings if evening.left_cards is not None}
    for day, halves in by_evening(lives).items():
        for place, life in enumerate(halves if day in of_day else ()):
            lasts = way.lasts(of_day[day], place, life.cards, seen)
            if lasts is not None:
                yield abs(lasts - life.workdays) <= QUARTER * life.workdays


def by_evening(lives: Iterable[Life]) -> dict[date, list[Life]]:
    """The lives by their half-way evenings."""
    found: dict[date, list[Life]] = {}
    for life in lives:
        found.setdefault(life.half_way, []).append(life)
    return found


def _stock_outs(evenings: Sequence[Evening], seen: Hindsight, way: _Way) -> Iterable[StockOut]:
    """Each empty shelf with the first warning since the last delivery; what was said of a shelf before is no notice."""
    warned_on, was_empty = None, False
    for evening in evenings:
        number, warns = seen.number(evening.day), way.warns(evening)
        if evening.shelf_cards <= 0:
            if not was_empty:
                notice = number - seen.number(warned_on) if warned_on else 0
                yield StockOut(evening.day, warned_on, notice)
            warned_on, was_empty = None, True
            continue
        was_empty = False
        if number in seen.filled:
            warned_on = None
        if warns:
            warned_on = warned_on or evening.day


def _alarms(evenings: Sequence[Evening], way: _Way) -> Iterable[Evening]:
    """The first evening of each alarm: warnings until an evening on which all was well."""
    is_on = False
    for evening in evenings:
        warns = way.warns(evening)
        if warns and not is_on:
            yield evening
        is_on = is_on if warns is None else warns


def _was_right(alarm: Evening, seen: Hindsight, way: _Way) -> bool | None:
    """Whether the shelf would have been empty had nobody acted on an alarm; None where what came is not known."""
    first, shelf = seen.number(alarm.day), float(alarm.shelf_cards)
    last = first + SOON_WORKDAYS + alarm.high_workdays + REVIEW_WORKDAYS
    on_order = {} if way.asks_to_fetch(alarm) else _on_order(alarm.day, seen)
    for number in range(first + 1, min(last, seen.last) + 1):
        if shelf <= 0:
            break
        shelf += on_order.get(number, 0) - seen.demand[number]
    if shelf <= 0:
        return True
    return False if last <= seen.last and seen.first_hidden(first) > last else None


def _on_order(day: date, seen: Hindsight) -> Mapping[int, int]:
    """What came of the requests that were made up to this day, by the number of the day on which it came."""
    came: dict[int, int] = {}
    for receipt in seen.receipts:
        if receipt.requested_on <= day:
            came[receipt.number] = came.get(receipt.number, 0) + receipt.cards
    return came


def _fill_rate(evenings: Sequence[Evening], seen: Hindsight) -> float | None:
    """Of the cards that people came for, the share that they got.

    What a day hides is taken to be what the evening before expected of it; days of which nothing is written are left
    out.
    """
    got = wanted = 0.0
    expected = [0.0, *(evening.expected_cards or 0.0 for evening in evenings)]
    for before, evening in zip(expected, evenings, strict=False):
        number = seen.number(evening.day)
        if number in seen.unwritten:
            continue
        came = seen.demand[number]
        got += came - seen.turned_away.get(number, 0)
        hides = seen.first_hidden(number - 1) == number
        wanted += max(came, before) if hides else came
    return got / wanted if wanted > 0 else None
