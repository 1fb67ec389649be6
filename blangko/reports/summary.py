"""The summary in words: one localised page that text, HTML, PDF and workbook all show; and the summary as data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from blangko.core.demand import EmptyStretch
from blangko.core.population import not_printed, not_recorded
from blangko.core.requests import Request
from blangko.core.status import Status
from blangko.core.summary import Queue, Remark, Summary, SummaryRow, days_taken, queues
from blangko.core.workdays import ONE_DAY
from blangko.reports.answer import (
    ask_by,
    granted,
    identity_sides,
    lasts,
    loans,
    no_answer,
    not_written,
    on_order,
    reorder_level,
    risk,
    run_out,
    use,
    verdict,
)
from blangko.reports.forecast import sum_in_words
from blangko.reports.ledger import kind_word
from blangko.reports.letterhead import Signature, letterhead, signatures
from blangko.reports.population import grounds
from blangko.reports.remarks import remarks_told
from blangko.reports.request_box import approved, box_note, box_rows, signed_cards, true_minus
from blangko.reports.table import capital, cut
from blangko.words.figures import figure_word
from blangko.words.language import _
from blangko.words.settings import purpose_word
from blangko.words.written import (
    cards,
    count,
    day,
    day_and_month,
    plain,
    rate,
    share,
    short_day,
    short_month,
    workdays,
    written_day,
)

FIGURES = ("received", "printed", "spoiled", "sent", "lost", "adjusted", "closing")
LATE_SHOWN = 8
LONGEST_MONTH_DAYS = 31
LEAST_MONTHS = 3
"""Months from which on a line of them says something."""
UNKNOWN_NUMBER = "\u2013"
LONGEST_SUPPLY = 250
"""Working days; so far ahead the forecast looks."""
LONGEST_LETTER = 40
"""Letters of a request's own number that its row shows."""
LONG_ROWS = 10
"""With more days than that they follow the page as its annex."""


class Numeral(NamedTuple):
    """One of the large numbers at the head of the page: what it is called, the number, and what stands below it."""

    name: str
    number: str
    below: str


class SummaryPage(NamedTuple):
    """The page in the language that is spoken; every cell is text already."""

    letterhead: Sequence[str]
    title: str
    period: str
    state: str
    is_draft: bool
    verdict: str
    head: Sequence[Numeral]
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    closed: Sequence[bool]
    remarks: Sequence[str]
    remark_header: str
    days_title: str
    is_long: bool
    totals: Sequence[str]
    balance: str
    identity: Sequence[str]
    caption: str
    months_caption: str
    facts: Sequence[tuple[str, str]]
    sums: Sequence[str]
    ask_title: str
    ask_sum: Sequence[tuple[str, str]]
    ask_note: str
    approved: str
    request_headers: Sequence[str]
    requests: Sequence[Sequence[str]]
    notes: Sequence[str]
    signatures: Sequence[Signature]
    code: str
    whole_code: str


def summary_page(summary: Summary) -> SummaryPage:
    """Everything that the page says."""
    shown = [name for name in FIGURES if name == "closing" or any(getattr(row, name) for row in summary.rows)]
    words = column_words()
    listed = _days(summary)
    return SummaryPage(
        letterhead=letterhead(summary.settings, summary.answer.office),
        title=_("Summary of blank KTP-el cards"),
        period=_period(summary),
        state=_state(summary),
        is_draft=summary.issued is None,
        verdict=_verdict(summary),
        head=numerals(summary.answer, summary.chart.empty),
        headers=[_("Day"), *(words[name] for name in shown)],
        rows=[_row(row, shown) for row in listed],
        closed=[not row.is_open for row in listed],
        remarks=[remarks_told(summary.remarks.get(row.day, ())) for row in listed],
        remark_header=_("Remark"),
        days_title=_("Annex: day by day"),
        is_long=len(listed) > LONG_ROWS,
        totals=[_these_days(summary), *_cells(summary.totals, shown)],
        balance=f"{_these_days(summary)}: {_balance(summary)}",
        identity=_identity(summary),
        caption=_caption(summary),
        months_caption=_months_caption(summary),
        facts=_facts(summary),
        sums=_sums(summary),
        ask_title=_("How many to ask for"),
        ask_sum=box_rows(summary),
        ask_note=box_note(summary),
        approved=approved(),
        request_headers=request_headings(),
        requests=[request_cells(request, summary.answer) for request in summary.requests],
        notes=_notes(summary),
        signatures=signatures(summary.settings, summary.answer.as_of),
        code=summary.check_code,
        whole_code=summary.whole_code,
    )


def _days(summary: Summary) -> list[SummaryRow]:
    """The days with figures, and between them the closed ones of which something is to be said."""
    listed, on_hand = [], summary.opening
    rows = {row.day: row for row in summary.rows}
    for each in sorted({*rows, *summary.quiet_days}):
        row = rows.get(each, SummaryRow(each, False, closing=on_hand))
        on_hand = row.closing
        listed.append(row)
    return listed


def _these_days(summary: Summary) -> str:
    """What the period is called in front of its sums."""
    if _is_week(summary):
        return _("This week")
    if _is_month(summary):
        return _("This month")
    return _("This day") if summary.first == summary.last else _("This period")


def _is_week(summary: Summary) -> bool:
    return summary.first.weekday() == 0 and summary.last - summary.first == timedelta(days=6)


def _is_month(summary: Summary) -> bool:
    first, after = summary.first, summary.last + ONE_DAY
    return first.day == after.day == 1 and (after - first).days <= LONGEST_MONTH_DAYS


def _identity(summary: Summary) -> list[str]:
    """The two sides of the whole book, and since when it is kept."""
    came, went = identity_sides(summary.answer.balance)
    if summary.opened_on is None:
        return [true_minus(came), went]
    since = _("Since the book was opened on {day}").format(day=written_day(summary.opened_on))
    return [f"{since}: {true_minus(came)}", went]


def _caption(summary: Summary) -> str:
    """What the picture shows beside its key; as much of it as it holds."""
    parts = []
    if summary.chart.ahead and summary.answer.on_hand_cards > 0:
        parts.append(_("The band holds what is expected eight times in ten."))
    if summary.chart.promised or summary.chart.hoped:
        parts.append(_("Cards on order rise on their likely day."))
    parts.append(_("Grey: closed days."))
    if summary.chart.empty:
        parts.append(_("Hatched: the shelf was empty."))
    return " ".join(parts)


def _months_caption(summary: Summary) -> str:
    """Which months the small line beside the rate shows; nothing where there is none."""
    if len(summary.months) < LEAST_MONTHS:
        return ""
    return _("a working day, {first} to {last}").format(
        first=short_month(summary.months[0].first), last=short_month(summary.months[-1].first)
    )


def numerals(answer: Status, empty: Sequence[EmptyStretch]) -> list[Numeral]:
    """The four numbers that an officer looks for first; `empty` are the times when the shelf was."""
    below = _("not known") if answer.cards_per_workday is None else _("cards a working day")
    used = answer.drain_cards_per_workday or answer.cards_per_workday
    return [
        Numeral(_("On hand"), count(answer.on_hand_cards), _on_hand_below(answer, empty)),
        _lasting(answer),
        Numeral(_("Use"), UNKNOWN_NUMBER if used is None else count(round(used)), below),
        _asked(answer),
    ]


def _on_hand_below(answer: Status, empty: Sequence[EmptyStretch]) -> str:
    """Since when there is nothing, or the evening that the number speaks of."""
    gone = [each for each in empty if each.goes_on]
    if not gone:
        return _("cards on {day}").format(day=day_and_month(answer.as_of))
    return _("empty since {day}, {workdays}").format(
        day=day_and_month(gone[-1].first), workdays=workdays(gone[-1].workdays)
    )


def _lasting(answer: Status) -> Numeral:
    low, middle, high = answer.workdays_of_supply
    if answer.cards_per_workday is None:
        return Numeral(_("Enough for"), UNKNOWN_NUMBER, _("not known"))
    if middle is None:
        return Numeral(_("Enough for"), f"> {LONGEST_SUPPLY}", _("working days"))
    below = _("working days")
    if low != high and low is not None and high is not None:
        below = _("working days ({low} to {high})").format(low=count(low), high=count(high))
    return Numeral(_("Enough for"), count(middle), below)


def _asked(answer: Status) -> Numeral:
    """The number to ask for and until when; what is on order where no more need be asked for."""
    if answer.request_cards and answer.request_by:
        when = _("cards, by {day}") if answer.request_by > answer.as_of else _("cards, today")
        below = when.format(day=short_day(answer.request_by))
        if answer.on_order_cards:
            below += "; " + _("{n} on order").format(n=count(answer.on_order_cards))
        return Numeral(_("To ask for"), count(answer.request_cards), below)
    if answer.on_order_cards:
        return Numeral(_("On order"), count(answer.on_order_cards), _("cards"))
    # An empty shelf, or a use that nobody knows yet, is no reason to wait.
    below = _("nothing yet") if answer.level in ("ok", "soon") else _("not known")
    return Numeral(_("To ask for"), UNKNOWN_NUMBER, below)


def _verdict(summary: Summary) -> str:
    answer = summary.answer
    if answer.cards_per_workday is None and not {"empty", "below_floor"} & set(answer.reasons):
        return _("How long the cards last is not known yet: too few days are written down.")
    return verdict(answer)


def column_words() -> dict[str, str]:
    """The headings of the figures."""
    return {
        "received": _("Received"),
        "printed": _("Printed"),
        "spoiled": _("Spoiled"),
        "sent": _("Sent"),
        "lost": _("Lost"),
        "adjusted": _("Adjusted"),
        "closing": _("On hand"),
    }


def _period(summary: Summary) -> str:
    first, last = summary.first, summary.last
    days = f"{written_day(first)} – {written_day(last)}"
    if _is_week(summary):
        week = first.isocalendar()
        return _("Week {week} of {year}: {days}").format(week=week.week, year=week.year, days=days)
    return written_day(first) if first == last else days


def _state(summary: Summary) -> str:
    if summary.issued is None:
        return _("draft, not issued")
    return _("issued as no. {no} on {day}").format(
        no=summary.issued.entry_no, day=written_day(summary.issued.occurred_on)
    )


def _row(row: SummaryRow, shown: Sequence[str]) -> list[str]:
    name = short_day(row.day)
    return [name if row.is_open else _("{day} (closed)").format(day=name), *_cells(row, shown)]


def _cells(row: SummaryRow, shown: Sequence[str]) -> list[str]:
    return [_figure(name, getattr(row, name)) for name in shown]


def _figure(name: str, number: int) -> str:
    if name == "closing":
        return count(number)
    if not number:
        return "–"
    return signed_cards(number) if name == "adjusted" or number < 0 else count(number)


def _balance(summary: Summary) -> str:
    """The sum of the period, which a reader can do again."""
    sums = summary.totals
    parts = [_("opening {n}").format(n=count(summary.opening)), _("+ received {n}").format(n=count(sums.received))]
    parts.append(_("\u2212 printed {n}").format(n=count(sums.printed)))
    parts.append(_("\u2212 spoiled {n}").format(n=count(sums.spoiled)))
    parts.append(_("\u2212 sent {n}").format(n=count(sums.sent)))
    if sums.lost:
        parts.append(_("\u2212 lost {n}").format(n=count(sums.lost)))
    pattern = _("\u2212 adjusted {n}") if sums.adjusted < 0 else _("+ adjusted {n}")
    parts.append(pattern.format(n=count(abs(sums.adjusted))))
    return " ".join(parts) + " = " + _("closing {n}").format(n=count(summary.closing))


def _facts(summary: Summary) -> list[tuple[str, str]]:
    answer = summary.answer
    rows = [
        (_("Use"), use(answer)),
        *([(_("Lasts"), lasts(answer))] if answer.workdays_at_quota is not None else []),
        (_("Run-out day"), run_out(answer)),
        (_("Ask by"), ask_by(answer)),
    ]
    if answer.reorder_level_cards is not None:
        rows.append((_("Reorder level"), reorder_level(answer)))
    rows.append((_("On order"), on_order(answer)))
    if answer.risk_if_requested_today is not None:
        rows.append((_("Risk"), risk(answer)))
    rows.append((_("Spoiled, waiting for minutes"), cards(answer.spoiled_cards)))
    return [*rows, *_queues(summary), *loans(answer), *_statements(summary)]


def _queues(summary: Summary) -> list[tuple[str, str]]:
    """Who waits, since when, and how many batches and weeks of printing that is."""
    rows = [(each.name.upper(), _queue(each, summary)) for each in queues(summary.answer, summary.settings)]
    if summary.answer.waiting_until:
        served = _("{day}, while cards last").format(day=day(summary.answer.waiting_until))
        rows.append((_("Queue served by"), served))
    return rows


def _queue(each: Queue, summary: Summary) -> str:
    stated = summary.answer.waiting[each.name]
    text = f"{count(stated.cards)} ({day_and_month(stated.stated_on)} {stated.stated_on.year})"
    if each.cards != stated.cards:
        text += ", " + _("today about {n}").format(n=count(each.cards))
    work = _("{n} batches").format(n=rate(each.batches))
    if each.weeks is not None:
        work += ", " + _("{n} weeks of printing").format(n=rate(each.weeks))
    return f"{text} = {work}"


def _statements(summary: Summary) -> list[tuple[str, str]]:
    """What the office stated: population, the last count, and what was printed for whom."""
    rows = _population(summary)
    rows += [(each.name, f"{each.sum} = {count(each.people)}") for each in grounds(summary.population, {})]
    if seen := summary.answer.last_count:
        same = _("agrees with the book")
        difference = signed_cards(seen.discrepancy_cards) if seen.discrepancy_cards else same
        rows.append((_("Last count"), f"{day(seen.occurred_on)}: {count(seen.counted_cards)}, {difference}"))
    if summary.purposes:
        rows.append(
            (_("Printed for"), ", ".join(f"{purpose_word(name)} {count(n)}" for name, n in summary.purposes.items()))
        )
    return rows


def _population(summary: Summary) -> list[tuple[str, str]]:
    """The figures of the population, a row for each day for which some were stated."""
    said: dict[date, list[str]] = {}
    for name, stated in summary.population.items():
        said.setdefault(stated.occurred_on, []).append(f"{figure_word(name)} {count(stated.number)}")
    return [
        (_("Population, {day}").format(day=day_and_month(on)), capital(", ".join(figures)))
        for on, figures in said.items()
    ]


def _sums(summary: Summary) -> list[str]:
    ahead = summary.chart.ahead
    return [" ".join(sum_in_words(summary.answer, ahead))] if ahead else []


def request_headings() -> list[str]:
    """The headings over the cells of a request."""
    return [
        _("Letter"),
        _("Asked on"),
        _("Asked"),
        _("Granted"),
        _("Share"),
        _("Received"),
        _("Days taken"),
        _("Still to come"),
        _("Likely on"),
    ]


def request_cells(request: Request, answer: Status) -> list[str]:
    """A request by the number of its letter, with how long it took and what share of it was granted."""
    named = plain(request.reference or "") or _("no. {no}").format(no=request.request_no)
    granted = UNKNOWN_NUMBER if request.granted_cards is None else count(request.granted_cards)
    rest = _("closed") if request.closed else count(request.on_order_cards)
    likely = [each.likely_on for each in answer.deliveries if each.request_no == request.request_no]
    return [
        cut(named, LONGEST_LETTER),
        f"{day_and_month(request.requested_on)} {request.requested_on.year}",
        count(request.asked_cards),
        granted,
        UNKNOWN_NUMBER if request.share is None else share(request.share),
        count(request.received_cards),
        _days_taken(request, answer.as_of),
        rest,
        ", ".join(short_day(each) for each in likely) or UNKNOWN_NUMBER,
    ]


def _days_taken(request: Request, as_of: date) -> str:
    taken = days_taken(request, as_of)
    if taken is None:
        return UNKNOWN_NUMBER
    return _("{n} so far").format(n=count(taken)) if request.lead_time_days is None else count(taken)


def _notes(summary: Summary) -> list[str]:
    answer, notes = summary.answer, []
    if summary.missing:
        named = ", ".join(short_day(each) for each in summary.missing)
        notes.append(_("Nothing is written down for {days}.").format(days=named))
    for entry in summary.late[:LATE_SHOWN]:
        notes.append(
            _("Written after the last paper for a day in it: no. {no}, {day}, {kind} {cards}.").format(
                no=entry.entry_no, day=day(entry.occurred_on), kind=kind_word(entry.kind), cards=cards(entry.cards or 0)
            )
        )
    if len(summary.late) > LATE_SHOWN:
        notes.append(_("And {n} more such entries.").format(n=count(len(summary.late) - LATE_SHOWN)))
    if answer.last_count and answer.last_count.open_cards:
        notes.append(
            _("The count of {day} differs from the book by {cards}, and nothing explains it yet.").format(
                day=day(answer.last_count.occurred_on), cards=signed_cards(answer.last_count.open_cards)
            )
        )
    told = {"overdue": _("A promised delivery is overdue."), "unanswered": no_answer(answer)}
    notes += [text for reason, text in told.items() if reason in answer.reasons]
    return [*notes, *filter(None, (not_written(answer), granted(answer)))]


# --- As data ------------------------------------------------------------------------------------

ROW_COLUMNS = (
    "day", "open", "received_cards", "printed_cards", "spoiled_cards", "sent_cards", "lost_cards", "adjusted_cards",
    "closing_cards",
)  # fmt: skip


def row_data(row: SummaryRow) -> dict[str, Any]:
    """A row under the names of the contract."""
    return dict(zip(ROW_COLUMNS, row, strict=True))


def _remark_data(remark: Remark) -> dict[str, Any]:
    """A remark under names that are never localised; a national day by its own name."""
    said = remark.national.name_id if remark.national else remark.text
    return {"what": remark.what, "text": said, "party": remark.party, "cards": remark.cards}


def summary_data(summary: Summary, status: dict[str, Any]) -> dict[str, Any]:
    """The page under the names of the contract, "blangko.summary/1"; `status` are the keys of status."""
    gaps = {"not_recorded": not_recorded(summary.population), "not_printed": not_printed(summary.population)}
    return {
        **status,
        "schema": "blangko.summary/1",
        "period": {"from": summary.first, "to": summary.last},
        "opening_cards": summary.opening,
        "closing_cards": summary.closing,
        "rows": [row_data(row) for row in summary.rows],
        "totals": {name: value for name, value in row_data(summary.totals).items() if name not in ("day", "open")},
        "printed_for": dict(summary.purposes),
        "requests": [
            {
                **request._asdict(),
                "is_open": request.is_open,
                "on_order_cards": request.on_order_cards,
                "days_taken": days_taken(request, summary.answer.as_of),
                "share": None if request.share is None else round(request.share, 4),
            }
            for request in summary.requests
        ],
        "opened_on": summary.opened_on,
        "remarks": [{"day": each, **_remark_data(remark)} for each, told in summary.remarks.items() for remark in told],
        "queues": [each._asdict() for each in queues(summary.answer, summary.settings)],
        "request_sum_workdays": summary.ask_workdays,
        "months": [month._asdict() for month in summary.months],
        "empty": [stretch._asdict() for stretch in summary.chart.empty],
        "population": {
            name: {"occurred_on": stated.occurred_on, "number": stated.number}
            for name, stated in summary.population.items()
        },
        **{name: gap.people if gap else None for name, gap in gaps.items()},
        "late_entries": [entry.entry_no for entry in summary.late],
        "issued_no": summary.issued.entry_no if summary.issued else None,
        "check_code": summary.check_code,
        "whole_code": summary.whole_code,
    }
