"""What a replay showed, in words and as data: the measures with what each means, and whether to trust the answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from blangko.core.backtest import LEAST_JUDGED, TOO_SHORT, TRUST, Backtest, Measures, Row, StockOut
from blangko.reports.table import paragraph, table
from blangko.words.language import _
from blangko.words.written import count, day, plain, plural, rate, share, workdays

SHELVES_SHOWN = 12
NONE = "–"


class Line(NamedTuple):
    """One measure: its name, the answer's figure, that of the 30-day rule, and what it means."""

    name: str
    answer: str
    rule30: str
    meaning: str


def backtest_screen(shown: Backtest, office: str) -> list[str]:
    """The replay for a terminal of 80 columns."""
    if not shown.days:
        return paragraph(verdict(shown))
    lines = [*paragraph(f"{plain(office)}. {period(shown)}"), "", *paragraph(verdict(shown)), ""]
    measured = measures(shown)
    lines += [*table(headers(), [[each.name, each.answer, each.rule30] for each in measured], right=".rr"), ""]
    for each in measured:
        lines += paragraph(f"{each.name}: {each.meaning}", "  ", "- ")
    if shown.answer.stock_outs:
        lines += ["", *table(stock_out_headers(), stock_outs(shown), right="..r.r")]
    return [*lines, "", *(line for note in notes(shown) for line in paragraph(note))]


def period(shown: Backtest) -> str:
    """Which evenings were replayed."""
    assert shown.first and shown.last
    return _("Replayed evening by evening from {first} to {last}: {workdays}, each with the entries up to it.").format(
        first=day(shown.first), last=day(shown.last), workdays=workdays(shown.days)
    )


def verdict(shown: Backtest) -> str:
    """Whether the answer is worth trusting on this office's own history."""
    if not shown.days:
        return _("There is nothing to replay: no use is written down in these days.")
    if shown.verdict == TOO_SHORT:
        return _too_short(shown)
    if shown.verdict == TRUST:
        return _("On this office's own history the answer is worth trusting: {what}.").format(what=_in_the_range(shown))
    return _("On this office's own history the answer is not to be relied upon alone: {what}.").format(
        what="; ".join(_doubts(shown))
    )


def _too_short(shown: Backtest) -> str:
    told = _(
        "The book is too short to say whether the answer is worth trusting: {judged} evenings can be judged, {least} "
        "are needed. That takes about {workdays} more."
    )
    return told.format(
        judged=count(shown.judged), least=count(LEAST_JUDGED), workdays=workdays(shown.missing_workdays)
    )  # fmt: skip


def _in_the_range(shown: Backtest) -> str:
    told = _("on {share} of {n} evenings the shelf ended in the range told")
    parts = [told.format(share=_share(shown.answer.cover80), n=count(shown.judged))]
    error, other = shown.answer.run_out_error_workdays, shown.rule30.run_out_error_workdays
    if error is not None:
        off = _("the day told was off by {workdays} on average, that of the 30-day rule by {rule30}")
        parts.append(off.format(workdays=_workdays(error), rule30=NONE if other is None else rate(other)))
    return "; ".join(parts)


def _doubts(shown: Backtest) -> Iterator[str]:
    if "cover" in shown.doubts:
        yield _("the shelf ended in the range told on only {share} of {n} evenings").format(
            share=_share(shown.answer.cover80), n=count(shown.judged)
        )
    if "error" in shown.doubts:
        yield _("the 30-day rule came nearer, off by {rule30} instead of {workdays}").format(
            rule30=_workdays(shown.rule30.run_out_error_workdays),
            workdays=_workdays(shown.answer.run_out_error_workdays),
        )
    if "unwarned" in shown.doubts:
        unwarned = sum(each.warned_on is None for each in shown.answer.stock_outs)
        yield plural("{n} empty shelf came without a warning", "{n} empty shelves came without a warning", unwarned)


def headers() -> list[str]:
    """Over the measures."""
    return [_("Measure"), _("Answer"), _("30-day rule")]


def measures(shown: Backtest) -> list[Line]:
    """Each measure with what it means, in one sentence."""
    answer, rule30 = shown.answer, shown.rule30
    return [
        Line(
            _("In the range"), _share(answer.cover80), NONE,
            _("how often the shelf ended between the early and the late day told; honest is 80 % or somewhat more."),
        ),
        Line(
            _("Off by"), _workdays(answer.run_out_error_workdays), _workdays(rule30.run_out_error_workdays),
            _("how far the run-out day told was from the true one, on average."),
        ),
        Line(
            _("Right half-way"), _of(answer.within_quarter_at_half_life, answer.lives),
            _of(rule30.within_quarter_at_half_life, rule30.lives),
            _("of the deliveries, how many had the days left told to within a quarter when half of them had passed."),
        ),
        Line(
            _("Warned ahead"), _notice(answer), _notice(rule30),
            _("the shortest time from the first warning after a delivery to an empty shelf."),
        ),
        Line(
            _("Right alarms"), _of(answer.precision, answer.alarms), _of(rule30.precision, rule30.alarms),
            _("of the alarms, how many shelves would have been empty had nobody asked for cards, or fetched them."),
        ),
        Line(
            _("Served"), _share(answer.fill_rate), _share(rule30.fill_rate),
            _("of the cards that people came for, how many they got; a fact of the office, whatever is foretold."),
        ),
        Line(
            _("Shelf not empty"), _share(answer.ready_rate), _share(rule30.ready_rate),
            _("on how many evenings there were cards; a fact of the office as well."),
        ),
    ]  # fmt: skip


def stock_out_headers() -> list[str]:
    """Over the empty shelves."""
    return [_("Empty on"), _("Warned since"), _("Days ahead"), _("30-day rule since"), _("Days ahead")]


def stock_outs(shown: Backtest) -> list[list[str]]:
    """The last empty shelves, each with its first warning."""
    pairs = list(zip(shown.answer.stock_outs, shown.rule30.stock_outs, strict=True))[-SHELVES_SHOWN:]
    return [[day(one.on), *_warning(one), *_warning(other)] for one, other in pairs]


def _warning(each: StockOut) -> tuple[str, str]:
    return (day(each.warned_on) if each.warned_on else _("never"), count(each.notice_workdays))


def notes(shown: Backtest) -> list[str]:
    """What is left out, and why."""
    told = [
        _("The 30-day rule: on hand over the mean use of the last 30 written days; it warns within the usual lead.")
    ]
    left_out = shown.days - shown.judged
    if left_out:
        told.append(
            _(
                "{n} of {days} evenings cannot be judged: nothing was foretold yet, their shelf was not used up yet, "
                "or rationed, empty or unwritten days hide when it would have been."
            ).format(n=count(left_out), days=count(shown.days))
        )
    return told


def _share(value: float | None) -> str:
    return NONE if value is None else share(value)


def _workdays(value: float | None) -> str:
    return NONE if value is None else _("{n} working days").format(n=rate(value))


def _of(value: float | None, number: int) -> str:
    """A share of so few that their number says more."""
    if value is None:
        return NONE
    return _("{some} of {all}").format(some=count(round(value * number)), all=count(number))


def _notice(measured: Measures) -> str:
    if not measured.stock_outs:
        return NONE
    return workdays(min(each.notice_workdays for each in measured.stock_outs))


# --- As data ------------------------------------------------------------------------------------

ROW_COLUMNS = Row._fields
_DIGITS = 4


def backtest_data(shown: Backtest) -> dict[str, Any]:
    """The replay under the names of the contract, "blangko.backtest/1"."""
    return {
        "schema": "blangko.backtest/1",
        "period": {"from": shown.first, "to": shown.last},
        "days": shown.days,
        "judged": shown.judged,
        **_measured(shown.answer),
        "rule30": _measured(shown.rule30),
        "verdict": shown.verdict,
        "doubts": list(shown.doubts),
        "rows": [row._asdict() for row in shown.rows],
    }


def _measured(measured: Measures) -> dict[str, Any]:
    return {
        name: round(value, _DIGITS) if isinstance(value, float) else value for name, value in measured._asdict().items()
    } | {"stock_outs": [each._asdict() for each in measured.stock_outs]}


def backtest_rows(shown: Backtest) -> list[list[Any]]:
    """The evenings under `ROW_COLUMNS`."""
    return [list(row) for row in shown.rows]
