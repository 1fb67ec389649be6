"""What would be if, beside what is: two columns of figures and the difference in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from blangko.core.contract import status_data
from blangko.core.explain import Step
from blangko.core.facts import Arrival, Campaign
from blangko.core.forecast import ForecastRow
from blangko.core.status import Status
from blangko.core.suppose import Remark, Supposed, remarks
from blangko.core.workdays import Calendar
from blangko.reports import machine
from blangko.reports.alert import Alert
from blangko.reports.answer import office_line, verdict
from blangko.reports.explain import explained_screen
from blangko.reports.forecast import day_table, stock_left
from blangko.reports.table import capital, paragraph, table
from blangko.words.language import N_, _
from blangko.words.written import cards, count, day, period, plural, share, short_day, signed, workdays

UNCHANGED = "="
"""Where nothing is different."""
_LEVELS = {
    "ok": N_("no hurry"),
    "soon": N_("soon"),
    "now": N_("act today"),
    "empty": N_("shelf empty"),
    "unknown": N_("not known"),
}
Row = tuple[str, str, str, str]
"""What it is, what it is now, what it would be, and the difference."""


def supposed_screen(supposed: Supposed, more: Sequence[Row] = ()) -> list[str]:
    """One screen: what is supposed, what that would change, the figures side by side, and what follows; `more` figures
    come from what stands on the status."""
    before, after = supposed.before.status, supposed.after.status
    lines = [*office_line(before), "", *supposed_lines(supposed), ""]
    lines += [*paragraph(in_one_sentence(supposed)), "", *_figures(supposed, more), ""]
    lines += paragraph(_("Then: {verdict}").format(verdict=verdict(after)))
    return [*lines, *told_remarks(supposed)]


def supposed_forecast_screen(supposed: Supposed, rows: Sequence[ForecastRow], plain: bool) -> list[str]:
    """The days ahead as they would be, below the difference."""
    lines = [*supposed_screen(supposed), ""]
    return [*lines, *day_table(rows), *stock_left(rows, plain)] if rows else lines[:-1]


def supposed_explanation(supposed: Supposed, steps: Sequence[Step]) -> list[str]:
    """Every number as it would be, with the numbers that it comes from."""
    return [*supposed_lines(supposed), "", *explained_screen(supposed.after.status, steps)]


def supposed_alert(supposed: Supposed, now: Alert, then: Alert) -> list[str]:
    """The line as it would be, marked as a supposition, and the one that holds."""
    mark = _("SUPPOSED {what}").format(what=what_is_supposed(supposed))
    return [then.line.replace(" - ", f" - {mark.replace('|', '/')}: ", 1), _("As it is: {line}").format(line=now.line)]


def supposed_lines(supposed: Supposed) -> list[str]:
    """What is supposed, in a sentence that says that nothing was written."""
    return paragraph(supposed_sentence(supposed))


def supposed_sentence(supposed: Supposed) -> str:
    """What is supposed, and that nothing of it is written."""
    return _("Supposed, and not written down: {what}.").format(what=what_is_supposed(supposed))


def what_is_supposed(supposed: Supposed) -> str:
    """All that is supposed, parted by semicolons."""
    return "; ".join(_parts(supposed))


def _parts(supposed: Supposed) -> Iterator[str]:
    asked = supposed.suppositions
    for arrival in asked.receive:
        yield _("{cards} there on {day}").format(cards=cards(arrival.cards), day=short_day(arrival.day))
    if asked.quota_cards is not None:
        yield _("at most {n} given out a day").format(n=count(asked.quota_cards))
    for each in asked.extra:
        yield _("{n} more wanted a day, {days}").format(
            n=count(each.cards_per_workday), days=period(each.first, each.last)
        )
    for request in supposed.requests:
        yield _("{cards} asked for on {day}").format(
            cards=cards(request.asked_cards), day=short_day(request.requested_on)
        )


def in_one_sentence(supposed: Supposed) -> str:
    """What it would change of the day on which the shelf is empty."""
    before, after = supposed.before.status, supposed.after.status
    if before.cards_per_workday is None:
        return _("How long the cards last is not known yet, so nothing can be said of the run-out day.")
    now, then = before.run_out_on.p50, after.run_out_on.p50
    if now == then:
        return _("The run-out day stays {day}.").format(day=_run_out(now))
    return _("Runs out {then} instead of {now}: {difference}.").format(
        then=_run_out(then), now=_run_out(now), difference=_later(supposed.before.facts.calendar, now, then)
    )


def told_remarks(supposed: Supposed) -> list[str]:
    """What deserves a word beside the figures, a sentence each; nothing where nothing does."""
    lines = [line for sentence in remark_sentences(supposed) for line in paragraph(sentence, "  ", "- ")]
    return ["", *lines] if lines else []


def remark_sentences(supposed: Supposed) -> list[str]:
    """The same as sentences."""
    return [_remark(remark) for remark in remarks(supposed)]


def _remark(remark: Remark) -> str:
    begin, end = ("" if each is None else day(each) for each in (remark.day, remark.until))
    if remark.what == "adds_up" and begin == end:
        return _("On {day} several campaigns meet: their cards add up.").format(day=begin)
    if remark.what == "moved":
        return _("On {day} the office is closed: {cards} count from {next_day} on.").format(
            day=begin, cards=cards(remark.cards), next_day=end
        )
    if remark.what == "on_order":
        return _("The cards supposed to come are taken to be part of what is on order.")
    if remark.what == "adds_up":
        return _("From {first} to {last} several campaigns meet: their cards add up.").format(first=begin, last=end)
    return _("A quota of {n} a day is above the use: it turns hardly anybody away.").format(n=count(remark.cards))


# --- The figures side by side ---------------------------------------------------------------------


def _figures(supposed: Supposed, more: Sequence[Row]) -> list[str]:
    return table(figure_headers(), [*figure_rows(supposed), *more], right="....")


def figure_headers() -> list[str]:
    """What stands above the figures side by side."""
    return ["", capital(_("now")), capital(_("supposed")), capital(_("difference"))]


def figure_rows(supposed: Supposed) -> Iterator[Row]:
    """The figures of the status, as they are and as they would be."""
    before, after = supposed.before.status, supposed.after.status
    calendar = supposed.before.facts.calendar
    yield _amounts(_("On hand"), before.on_hand_cards, after.on_hand_cards)
    yield _amounts(_("On order"), before.on_order_cards, after.on_order_cards)
    if before.cards_per_workday is not None and after.cards_per_workday is not None:
        yield _amounts(_("Use a working day"), round(before.cards_per_workday), round(after.cards_per_workday))
        yield _lasts(before, after)
        yield compared_days(_("Run-out day"), before.run_out_on.p50, after.run_out_on.p50, calendar, _run_out)
        yield compared_days(_("at the earliest"), before.run_out_on.p10, after.run_out_on.p10, calendar, _run_out)
        yield compared_days(_("Ask by"), before.request_by, after.request_by, calendar, _ask_by)
        yield _amounts(_("Cards to ask for"), before.request_cards or 0, after.request_cards or 0)
    if before.reorder_level_cards is not None and after.reorder_level_cards is not None:
        yield _amounts(_("Reorder level"), before.reorder_level_cards, after.reorder_level_cards)
    yield from _risks(before, after)
    yield _row(_("What to do"), _(_LEVELS[before.level]), _(_LEVELS[after.level]), "")


def _risks(before: Status, after: Status) -> Iterator[Row]:
    named = {
        _("Empty, if asked today"): (before.risk_if_requested_today, after.risk_if_requested_today),
        _("Empty before delivery"): (before.risk_before_delivery, after.risk_before_delivery),
    }
    for name, (now, then) in named.items():
        if now is not None or then is not None:
            yield _row(name, _chance(now), _chance(then), _points(now, then))


def _row(name: str, now: str, then: str, difference: str) -> Row:
    return name, now, then, UNCHANGED if now == then else difference


def _amounts(name: str, now: int, then: int) -> Row:
    return _row(name, count(now), count(then), signed(then - now))


def _lasts(before: Status, after: Status) -> Row:
    now, then = before.workdays_of_supply.p50, after.workdays_of_supply.p50
    difference = "" if now is None or then is None else signed(then - now)
    return _row(_("Lasts"), _workdays(now), _workdays(then), difference)


def _workdays(number: int | None) -> str:
    return _("a year or longer") if number is None else workdays(number)


def compared_days(
    name: str, now: date | None, then: date | None, calendar: Calendar, told: Callable[[date | None], str]
) -> Row:  # fmt: skip
    """A day, which `told` writes, and by how many open days it moves."""
    return _row(name, told(now), told(then), _later(calendar, now, then))


def _run_out(on: date | None) -> str:
    return _("after a year") if on is None else short_day(on)


def _ask_by(on: date | None) -> str:
    return _("not yet") if on is None else short_day(on)


def _later(calendar: Calendar, now: date | None, then: date | None) -> str:
    """How much later or earlier the one day is than the other, in working days."""
    if now is None or then is None:
        return _("later") if then is None else _("earlier")
    moved = calendar.count_open(now, then)
    pattern = _("{workdays} later") if moved >= 0 else _("{workdays} earlier")
    return pattern.format(workdays=workdays(abs(moved)))


def _chance(value: float | None) -> str:
    return _("nothing on order") if value is None else share(value)


def _points(now: float | None, then: float | None) -> str:
    if now is None or then is None:
        return ""
    points = round(100 * then) - round(100 * now)
    if points < 0:
        return plural("{n} point less", "{n} points less", -points)
    return plural("{n} point more", "{n} points more", points) if points else ""


# --- As data --------------------------------------------------------------------------------------


def supposed_data(supposed: Supposed) -> list[dict[str, Any]]:
    """What was supposed, one entry each."""
    asked = supposed.suppositions
    found: list[dict[str, Any]] = [_received(each) for each in asked.receive]
    if asked.quota_cards is not None:
        found.append({"what": "quota", "cards_per_workday": asked.quota_cards})
    found += [_extra(each) for each in asked.extra]
    return found + [
        {"what": "request", "on": request.requested_on, "cards": request.asked_cards} for request in supposed.requests
    ]


def _received(arrival: Arrival) -> dict[str, Any]:
    return {"what": "receive", "on": arrival.day, "cards": arrival.cards}


def _extra(campaign: Campaign) -> dict[str, Any]:
    return {
        "what": "extra",
        "from": campaign.first,
        "until": campaign.last,
        "cards_per_workday": campaign.cards_per_workday,
    }


def both(supposed: Supposed, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """The data of the answer as supposed, with what was supposed and the answer without it."""
    return {**after, "supposed": supposed_data(supposed), "before": before}


def side_by_side(supposed: Supposed) -> tuple[tuple[str, ...], list[list[Any]]]:
    """The columns name, before, value, and a row for each figure of the status."""
    now = dict(map(tuple, machine.flat(status_data(supposed.before.status))))
    then = dict(map(tuple, machine.flat(status_data(supposed.after.status))))
    return ("name", "before", "value"), [[name, now.get(name), then.get(name)] for name in {**then, **now}]
