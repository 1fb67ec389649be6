"""Every number of the answer with the numbers that it comes from, so that a clerk or an auditor can do it again."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from blangko.core.answer import Answer, Outlook, observed
from blangko.core.campaigns import extra_cards
from blangko.core.demand import DayUse
from blangko.core.forecast import shelf_cards
from blangko.core.supply import SHARES_BEFOREHAND, Delivery

Value = int | float | str | date | None
LEAST_CHANCE_SHOWN = 0.01
DAYS_AROUND = 4
"""The risk of asking is shown for the days around the day to ask."""
DAYS_SHOWN = 60
"""The last open days that taught are shown, not all four hundred."""


class Step(NamedTuple):
    """One number of the answer: its name, its value, and the rows of numbers that it comes from under their columns.

    `what` and `columns` are words of the contract, never localised; chances are from 0 to 1, amounts in cards.
    """

    what: str
    value: Value
    columns: tuple[str, ...]
    rows: Sequence[tuple[Value, ...]]


def explanation(answer: Answer) -> list[Step]:
    """The steps from the book to the answer, each resting on the ones before it."""
    steps = [_on_hand(answer), _use(answer)]
    if answer.ahead:
        steps += [_campaigns(answer)] if answer.status.campaigns else []
        steps += [_unwritten(answer, answer.ahead), _days_ahead(answer, answer.ahead), *_supply(answer, answer.ahead)]
        steps += _request(answer, answer.ahead)
    return steps


def _on_hand(answer: Answer) -> Step:
    total = answer.status.balance
    taken = total.printed + total.destroyed + total.sent + total.lost + total.spoiled
    rows: list[tuple[Value, ...]] = [
        ("opening", total.opening),
        ("received", total.received),
        ("adjusted", total.adjusted),
        ("gone", -taken),
    ]
    return Step("on_hand_cards", total.on_hand, ("what", "cards"), rows)


def _use(answer: Answer) -> Step:
    rows: list[tuple[Value, ...]] = [
        (
            use.day,
            round(use.cards, 1),
            "at least" if use.is_lower_bound else "without campaign" if use.announced else "",
        )
        for use in observed(answer.facts)[-DAYS_SHOWN:]
    ]
    return Step("use.cards_per_workday", _rounded(answer.status.cards_per_workday), ("day", "cards", "known"), rows)


def _known(use: DayUse) -> str:
    return "at least" if use.is_lower_bound else "without campaign" if use.announced else ""


def _campaigns(answer: Answer) -> Step:
    """What campaigns add to the use from today on, on the open days of each."""
    rows: list[tuple[Value, ...]] = []
    for each in answer.status.campaigns:
        workdays = len(answer.facts.calendar.open_days(max(each.first, answer.facts.as_of), each.last))
        rows.append((each.first, each.last, each.cards_per_workday, workdays, each.cards_per_workday * workdays))
    columns = ("from", "until", "cards_per_workday", "workdays", "cards")
    return Step("campaign_cards", sum(int(str(row[-1])) for row in rows), columns, rows)


def _unwritten(answer: Answer, ahead: Outlook) -> Step:
    extra = extra_cards(answer.facts.campaigns)
    rows = [(day, _rounded(ahead.model.expected(day) + extra.get(day, 0.0))) for day in ahead.unwritten]
    return Step("unwritten_cards", answer.status.unwritten_cards, ("day", "expected_cards"), rows)


def _days_ahead(answer: Answer, ahead: Outlook) -> Step:
    """The use summed day by day, beside what is on hand, until the shelf is empty with nine chances in ten."""
    gone = answer.status.workdays_of_supply.p90
    until = len(ahead.use.workdays) if gone is None else gone + 1
    cards = shelf_cards(ahead.use, answer.status.shelf_cards, answer.facts.arriving)
    rows = [
        (day, round(ahead.use.mean(n)), round(ahead.use.quantile(n, 0.1)), round(ahead.use.quantile(n, 0.9)),
         round(cards[n] - ahead.use.mean(n)), _chance(ahead.chances[n]))
        for n, day in enumerate(ahead.use.workdays[:until], start=1)
    ]  # fmt: skip
    columns = ("day", "use_until_then", "use_p10", "use_p90", "left", "empty_probability")
    return Step("run_out_on.p50", answer.status.run_out_on.p50, columns, rows)


def _supply(answer: Answer, ahead: Outlook) -> Iterator[Step]:
    lead, status = answer.status.lead_time, answer.status
    rows: list[tuple[Value, ...]] = [(days, _chance(chance)) for days, chance in lead.chances if days <= lead.high]
    rows.append((f"> {lead.high}", _chance(sum(chance for days, chance in lead.chances if days > lead.high))))
    yield Step("lead_time_workdays.high", lead.high, ("lead_workdays", "probability"), rows)
    shares: list[tuple[Value, ...]] = [("beforehand", share, weight) for share, weight in SHARES_BEFOREHAND]
    shares += [
        (f"no. {each.request_no}", _chance(each.share), None) for each in status.requests if each.share is not None
    ]
    yield Step("granted_share", _chance(status.granted_share), ("request", "share", "weight"), shares)
    coming = [(_named(each), round(each.cards), each.likely_on, each.is_promised) for each in status.deliveries]
    columns = ("request", "expected_cards", "likely_on", "promised")
    yield Step("expected_on_order_cards", status.expected_on_order_cards, columns, coming)
    for each in status.deliveries:
        rows_of = [
            (day, chance, ahead.chances[bisect_left(ahead.use.workdays, day)]) for day, chance in each.days
        ]  # fmt: skip
        likely = [row for row in rows_of if row[1] >= LEAST_CHANCE_SHOWN]
        yield Step(
            "risk_before_delivery",
            _chance(status.risk_before_delivery),
            ("arrival", "probability", "empty_before"),
            [*((day, _chance(chance), _chance(empty)) for day, chance, empty in likely),
             *_rest([row[1:] for row in rows_of if row not in likely])],
        )  # fmt: skip


def _named(delivery: Delivery) -> str:
    """The request that a delivery belongs to; one that is supposed belongs to none."""
    return f"no. {delivery.request_no}" if delivery.request_no else "supposed"


def _rest(rows: Sequence[tuple[float, float]]) -> list[tuple[Value, ...]]:
    """What is left of the chances, as one row under the name "later": how likely in all, and empty how often then."""
    likely = sum(chance for chance, _ in rows)
    if not likely:
        return []
    return [("later", _chance(likely), _chance(sum(chance * empty for chance, empty in rows) / likely))]


def _request(answer: Answer, ahead: Outlook) -> Iterator[Step]:
    status, held = answer.status, ahead.held
    arrivals = [
        (held.source.arrival(status.as_of, days), chance, days <= held.lead.high) for days, chance in held.lead.chances
    ]
    rows = [
        (day, chance, held.worst[bisect_left(ahead.use.workdays, day)], is_usual) for day, chance, is_usual in arrivals
    ]
    today = [
        *((day, _chance(chance), _chance(empty)) for day, chance, empty, is_usual in rows if is_usual),
        *_rest([(chance, empty) for _, chance, empty, is_usual in rows if not is_usual]),
    ]
    columns = ("arrival", "probability", "empty_before")
    yield Step("risk_if_requested_today", _chance(status.risk_if_requested_today), columns, today)
    if status.request_by is not None:
        near = [day for day in ahead.candidates if abs((day - status.request_by).days) <= DAYS_AROUND]
        risks = [(day, _chance(held.risk(day))) for day in near]
        yield Step("request_by", status.request_by, ("requested_on", "risk"), risks)
    if status.ask is not None:
        lines = [(line.what, line.cards) for line in status.request_sum]
        yield Step("request_cards", status.ask.cards, ("what", "cards"), lines)
    level: list[tuple[Value, ...]] = [("accepted_risk", status.accepted_risk), ("floor_cards", status.floor_cards)]
    yield Step("reorder_level_cards", status.reorder_level_cards, ("what", "value"), level)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _chance(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
