"""The digest of a book: what it said and meant on one evening, as two short texts that stand for the whole of it.

The first holds the facts with the demand that they taught, so that a later evening of the same book needs no look at
its entries and no learning; the second the answer under the names of the contract. A digest holds as long as its seal
is the last one of the book. Days are told as days before the evening of the digest, so that they stay short.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any, NamedTuple
from zlib import crc32

from blangko.core.advice import URGENT, advice
from blangko.core.answer import Answer, answer, demand_model, forecast_days, observed
from blangko.core.book import Balance, Day
from blangko.core.contract import status_data
from blangko.core.facts import Campaign, Count, Facts, Stated, history_begins
from blangko.core.level import DemandModel, resumed
from blangko.core.level import learnt as taught
from blangko.core.ration import ration
from blangko.core.requests import Promise, Request
from blangko.core.returning import ComingBack
from blangko.core.seasons import known_seasons
from blangko.core.settings import Settings, as_text, settings
from blangko.core.sums import LevelMoments
from blangko.core.supply import REQUESTS_LEARNT_FROM
from blangko.core.workdays import MONDAY_TO_FRIDAY, Calendar, NationalDay, NationalDays, OfficeDay

MADE_BY = 1
"""Of the way in which answers are computed and kept: a digest of another number is made again. A test tells when."""
PAST_WORKDAYS, AHEAD_WORKDAYS = 30, 30
"""So many open days of the shelf are kept for the picture, behind and ahead."""

DaysBack = int | None


class Nation(NamedTuple):
    """The national days, over which digests tell an office's calendar, and a number that differs where they do."""

    national: NationalDays
    mark: int


def nation(national: NationalDays) -> Nation:
    """The national days with their mark."""
    listed = [(day.toordinal(), *each[1:]) for day, each in sorted(national.days.items())]
    return Nation(national, crc32(repr((national.known_until.toordinal(), listed)).encode()))


class Digest(NamedTuple):
    """A digest as it is kept: `entry_no` and `seal` are those of the last entry of the book that it was made of."""

    office_code: str
    as_of: date
    entry_no: int
    seal: str
    facts: str
    answer: str


class Told(NamedTuple):
    """The answer of a digest: the keys of the contract, and the shelf behind and ahead for the picture.

    `past` are the cards on the last open evenings, oldest first, `ahead` the 10 %, 50 % and 90 % points of the coming.
    """

    row: dict[str, Any]
    past: Sequence[int]
    ahead: Sequence[Sequence[int]]


class Learnt(NamedTuple):
    """The demand that the facts of a digest taught, without its course of the year, and how strong its seasons are."""

    model: DemandModel
    strengths: Mapping[str, float]


def digest(facts: Facts, over: Nation, learnt: DemandModel | None = None) -> Digest:
    """The digest of what a book says; `learnt` is the demand that the same days taught before."""
    model = learnt or demand_model(facts)
    return Digest(
        facts.office_code,
        facts.as_of,
        facts.last_entry_no,
        facts.seal,
        facts_text(facts, over, model),
        answer_text(answer(facts, model), over),
    )


def is_false(facts: Facts, told: str, answered: str, over: Nation) -> bool:
    """Whether a digest's two texts, which speak of the same evening as the book's facts, say anything else than those.

    A text of another program, or over other national days, says nothing any more.
    """
    kept, model = _read(answered, over), demand_model(facts)
    if _read(told, over) is not None and told != facts_text(facts, over, model):
        return True
    if kept is None:
        return False
    hour = time.max if kept.get("reminded") else None
    return answered != answer_text(answer(facts._replace(clock=hour), model), over)


def facts_later(facts: Facts, as_of: date) -> Facts:
    """The facts on a later evening of a book that has no entry after theirs, of whatever day."""
    first = history_begins(as_of)
    return facts._replace(as_of=as_of, days=[day for day in facts.days if day.day >= first])


def demand_later(before: Facts, later: Facts, learnt: Learnt | None) -> DemandModel | None:
    """The demand that later facts teach; learnt anew only where other days teach it than those that taught `learnt`."""
    history, seasons = observed(later), known_seasons(later.calendar, later.as_of)
    if learnt is None or history != observed(before):
        return taught(history, later.settings.typical_daily_use, seasons)
    return resumed(learnt.model, learnt.strengths, history, seasons)


# --- The answer -----------------------------------------------------------------------------------


def answer_text(whole: Answer, over: Nation) -> str:
    """The answer as a digest keeps it."""
    facts, hour = whole.facts, whole.facts.settings.remind_at
    # Nothing is advised on a quiet day, and how to ration is most of the work.
    held = ration(whole) if whole.status.level in URGENT or whole.status.quota else None
    kept = {
        "made_by": MADE_BY,
        "nation": over.mark,
        "remind_at": hour,
        "reminded": _is_time(facts.clock, hour),
        "row": {**status_data(whole.status), "advice": advice(whole, held)},
        "past": _evenings(facts),
        "ahead": [row.stock_cards for row in forecast_days(whole, AHEAD_WORKDAYS)],
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"), default=_as_text)


def answer_read(text: str, over: Nation, clock: time | None) -> Told | None:
    """The answer that a digest kept; None where another hour, program or calendar of the nation would tell it anew."""
    kept = _read(text, over)
    if kept is None:
        return None
    hour = time.fromisoformat(kept["remind_at"]) if kept["remind_at"] else None
    if _is_time(clock, hour) != kept["reminded"]:
        return None
    return Told(kept["row"], kept["past"], kept["ahead"])


def _is_time(clock: time | None, hour: time | None) -> bool:
    """Whether the hour has come at which the day should be written; it matters only where the office set one."""
    return clock is not None and hour is not None and clock >= hour


def _evenings(facts: Facts) -> list[int]:
    """The cards on the shelf on the last open evenings, oldest first."""
    closing = {day.day: day.closing for day in facts.days}
    wanted = facts.calendar.last_open_days(facts.as_of, PAST_WORKDAYS)
    found: list[int] = []
    known = sorted(closing)
    number, shelf = 0, facts.days[0].opening if facts.days else facts.balance.on_hand
    for day in wanted:
        while number < len(known) and known[number] <= day:
            shelf = closing[known[number]]
            number += 1
        found.append(shelf)
    return found


def _as_text(value: object) -> str:
    assert isinstance(value, date | time), f"no JSON for {type(value).__name__}"
    return value.isoformat()


def _read(text: str, over: Nation) -> dict[str, Any] | None:
    """What a text keeps; None where it is damaged, or made by another program or over other national days."""
    try:
        kept = json.loads(text)
    except ValueError:
        return None
    is_ours = isinstance(kept, dict) and (kept.get("made_by"), kept.get("nation")) == (MADE_BY, over.mark)
    return kept if is_ours else None


# --- The facts ------------------------------------------------------------------------------------


def facts_text(facts: Facts, over: Nation, model: DemandModel | None) -> str:
    """The facts as a digest keeps them, with the demand that they taught."""
    as_of = facts.as_of
    kept = {
        "made_by": MADE_BY,
        "nation": over.mark,
        "office": facts.office_code,
        "as_of": as_of.isoformat(),
        "entry_no": facts.last_entry_no,
        "seal": facts.seal,
        "after": facts.entries_after,
        "balance": facts.balance,
        "opened": _back(as_of, facts.opened_on),
        "settings": _chosen(facts.settings),
        "calendar": _calendar(facts.calendar, over.national, as_of),
        "source": _periods(facts.source.office, as_of),
        "stopped": [period[:2] for period in _periods(dict.fromkeys(facts.stopped, OfficeDay(False, "")), as_of)],
        "requests": [_request(each, as_of) for each in remembered(facts.requests)],
        "count": facts.last_count and [_back(as_of, facts.last_count.occurred_on), *facts.last_count[1:]],
        "backlog": _stated(facts.backlog, as_of),
        "population": _stated(facts.population, as_of),
        "quotas": [[_back(as_of, day), quota] for day, quota in facts.quotas],
        "loans": facts.loans,
        "campaigns": [[n, _back(as_of, first), _back(as_of, last), why] for n, first, last, why in facts.campaigns],
        "days": _days(facts.days, as_of),
        "model": _model(model),
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def facts_read(text: str, over: Nation) -> tuple[Facts, Learnt | None] | None:
    """The facts and the demand that a digest kept; None where they have to be taken from the book again."""
    kept = _read(text, over)
    if kept is None:
        return None
    as_of = date.fromisoformat(kept["as_of"])
    known = _calendar_read(kept["calendar"], over.national, as_of)
    source = Calendar(MONDAY_TO_FRIDAY, known.national, _office_days(kept["source"], as_of), known.known_until)
    facts = Facts(
        office_code=kept["office"],
        as_of=as_of,
        balance=Balance(*kept["balance"]),
        days=list(_days_read(kept["days"], as_of)),
        opened_on=_day(as_of, kept["opened"]),
        settings=settings(kept["settings"]),
        calendar=known,
        source=source,
        requests=[_request_read(each, as_of) for each in kept["requests"]],
        last_count=Count(_sure_day(as_of, kept["count"][0]), *kept["count"][1:]) if kept["count"] else None,
        backlog=_stated_read(kept["backlog"], as_of),
        last_entry_no=kept["entry_no"],
        seal=kept["seal"],
        entries_after=kept["after"],
        stopped=frozenset(_office_days([(*each, 0, "") for each in kept["stopped"]], as_of)),
        quotas=tuple((_sure_day(as_of, back), quota) for back, quota in kept["quotas"]),
        loans=kept["loans"],
        campaigns=tuple(
            Campaign(n, _sure_day(as_of, first), _sure_day(as_of, last), why)
            for n, first, last, why in kept["campaigns"]
        ),
        population=_stated_read(kept["population"], as_of),
    )
    return facts, _model_read(kept["model"])


def remembered(listed: Sequence[Request]) -> list[Request]:
    """The requests that an answer still rests on: those that are open, teach its leads and shares, or ask the most."""
    teach = [each for each in listed if each.first_received_on or each.is_open][-REQUESTS_LEARNT_FROM:]
    largest = max(listed, key=lambda each: each.asked_cards, default=None)
    numbers = {each.request_no for each in (*teach, *listed[-REQUESTS_LEARNT_FROM:])}
    return [each for each in listed if each.request_no in numbers or each.is_open or each is largest]


def _back(as_of: date, day: date | None) -> DaysBack:
    return None if day is None else (as_of - day).days


def _day(as_of: date, back: DaysBack) -> date | None:
    return None if back is None else _sure_day(as_of, back)


def _sure_day(as_of: date, back: int) -> date:
    return as_of - timedelta(days=back)


def _chosen(chosen: Settings) -> dict[str, str]:
    """What the office chose apart from what holds anyway, as the book states it."""
    usual = Settings()._asdict()
    return {name: as_text(name, value) for name, value in chosen._asdict().items() if value != usual[name]}


def _stated(figures: Mapping[str, Stated], as_of: date) -> dict[str, list[Any]]:
    return {name: [_back(as_of, each.occurred_on), each.number] for name, each in figures.items()}


def _stated_read(kept: Mapping[str, Sequence[int]], as_of: date) -> dict[str, Stated]:
    return {name: Stated(_sure_day(as_of, back), number) for name, (back, number) in kept.items()}


# --- Calendars ------------------------------------------------------------------------------------


def _calendar(known: Calendar, national: NationalDays, as_of: date) -> dict[str, Any]:
    """The office's calendar as what differs from the national days."""
    is_same = known.national == national.days
    added = [] if is_same else [day for day, each in known.national.items() if national.days.get(day) != each]
    return {
        "week": sorted(known.week),
        "leave": known.open_on_joint_leave,
        "known": _back(as_of, known.known_until),
        "added": [[_back(as_of, day), *known.national[day][1:]] for day in added],
        "removed": [] if is_same else [_back(as_of, day) for day in national.days if day not in known.national],
        "office": _periods(known.office, as_of),
    }


def _calendar_read(kept: Mapping[str, Any], national: NationalDays, as_of: date) -> Calendar:
    days = national.days
    if kept["added"] or kept["removed"]:
        gone = {_sure_day(as_of, back) for back in kept["removed"]}
        days = {day: each for day, each in days.items() if day not in gone}
        for back, *rest in kept["added"]:
            days[_sure_day(as_of, back)] = NationalDay(_sure_day(as_of, back), *rest)
    own = _office_days(kept["office"], as_of)
    return Calendar(frozenset(kept["week"]), days, own, _sure_day(as_of, kept["known"]), kept["leave"])


def _periods(said: Mapping[date, OfficeDay], as_of: date) -> list[tuple[int, int, int, str]]:
    """Days of which the same was said, one after the other, as their first, their number, and what was said."""
    found: list[tuple[int, int, int, str]] = []
    for day in sorted(said):
        back, (is_open, reason) = (as_of - day).days, said[day]
        if found and (found[-1][0] - found[-1][1], *found[-1][2:]) == (back, is_open, reason):
            found[-1] = (found[-1][0], found[-1][1] + 1, int(is_open), reason)
        else:
            found.append((back, 1, int(is_open), reason))
    return found


def _office_days(periods: Iterable[Sequence[Any]], as_of: date) -> dict[date, OfficeDay]:
    return {
        _sure_day(as_of, back - number): OfficeDay(bool(is_open), reason)
        for back, days, is_open, reason in periods
        for number in range(days)
    }


# --- Requests -------------------------------------------------------------------------------------

_DUE, _FIRST_RECEIVED, _PROMISES = (Request._fields.index(n) for n in ("due_on", "first_received_on", "promises"))
_REQUEST_DEFAULTS = (0, 0, 0, *(Request._field_defaults[name] for name in Request._fields[3:]))


def _request(request: Request, as_of: date) -> list[Any]:
    """A request as its values in order, without those at the end that say nothing."""
    values: list[Any] = list(request)
    for place in (1, _FIRST_RECEIVED, _DUE):
        values[place] = _back(as_of, values[place])
    values[_PROMISES] = [[each.cards, _back(as_of, each.due_on)] for each in request.promises]
    return _without_end(values, (*_REQUEST_DEFAULTS[:_PROMISES], []), least=3)


def _request_read(kept: Sequence[Any], as_of: date) -> Request:
    values = [*kept, *_REQUEST_DEFAULTS[len(kept) :]]
    for place in (1, _FIRST_RECEIVED, _DUE):
        values[place] = _day(as_of, values[place])
    values[_PROMISES] = tuple(Promise(cards, _day(as_of, back)) for cards, back in values[_PROMISES])
    return Request(*values)


def _without_end(values: list[Any], defaults: Sequence[Any], least: int) -> list[Any]:
    """The values without those at the end that are what they would be anyway; at least so many."""
    while len(values) > least and values[-1] == defaults[len(values) - 1]:
        values.pop()
    return values


# --- Days -----------------------------------------------------------------------------------------

# Nearly all days of an office are like the next one: open, with prints, and some of them spoiled. Such a day is told
# as its prints alone, or with the days since the one before it and the spoiled cards; any other in full.
_SINCE = Day._fields.index("since")
_DAY_DEFAULTS = (0, 0, 0, *(Day._field_defaults[name] for name in Day._fields[3:]))
_IN_FULL = 4
"""As many values as no ordinary day is told with."""


def _days(days: Sequence[Day], as_of: date) -> list[Any]:
    """The days in order, after the day before the first and the cards on the shelf then."""
    if not days:
        return []
    told: list[Any] = [_back(as_of, days[0].day), days[0].opening]
    before, shelf = days[0].day, days[0].opening
    for day in days:
        told.append(_told_day(day, (day.day - before).days, shelf, as_of))
        before, shelf = day.day, day.closing
    return told


def _told_day(day: Day, passed: int, shelf: int, as_of: date) -> Any:
    if day == _ordinary(day.day, shelf, day.printed, day.spoiled):
        return day.printed if (passed, day.spoiled) == (1, 0) else [passed, day.printed, day.spoiled]
    values = [passed, day.opening - shelf, day.closing - day.opening, *day[3:]]
    values[_SINCE] = _back(as_of, day.since)
    return _without_end(values, _DAY_DEFAULTS, least=_IN_FULL)


def _ordinary(day: date, shelf: int, printed: int, spoiled: int) -> Day:
    use = printed + spoiled
    return Day(day, shelf, shelf - use, 0, printed, spoiled, 0, 0, 0, use, True)


def _days_read(told: Sequence[Any], as_of: date) -> Iterator[Day]:
    if not told:
        return
    number, shelf = as_of.toordinal() - told[0], told[1]
    for each in told[2:]:
        if isinstance(each, int):
            number += 1
            day = _ordinary(date.fromordinal(number), shelf, each, 0)
        elif len(each) < _IN_FULL:
            number += each[0]
            day = _ordinary(date.fromordinal(number), shelf, each[1], each[2])
        else:
            number += each[0]
            values = [*each, *_DAY_DEFAULTS[len(each) :]]
            opening, since = shelf + each[1], _day(as_of, values[_SINCE])
            day = Day(date.fromordinal(number), opening, opening + each[2], *values[3:])._replace(since=since)
        shelf = day.closing
        yield day


# --- The demand -----------------------------------------------------------------------------------


def _model(model: DemandModel | None) -> dict[str, Any] | None:
    """What was learnt without the course of the year, which the days tell; None where learning took no time."""
    if model is None or model.course is None or model.course.seasons is None:
        return None
    return {**model._asdict(), "course": None, "strengths": model.course.seasons.strengths}


def _model_read(kept: Mapping[str, Any] | None) -> Learnt | None:
    if kept is None:
        return None
    values = {name: kept[name] for name in DemandModel._fields}
    values |= {name: tuple(kept[name]) for name in ("weekday_factors", "calibration")}
    values |= {"level": LevelMoments(*kept["level"]), "returning": ComingBack(*kept["returning"])}
    return Learnt(DemandModel(**values), kept["strengths"])
