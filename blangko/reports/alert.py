"""The alert: one line in the format of monitoring plugins, and its exit code.

Format: https://www.monitoring-plugins.org/doc/guidelines.html
"""

from typing import NamedTuple

from blangko.core.status import Status
from blangko.core.urgency import LIKELY, not_written_days
from blangko.words.language import _
from blangko.words.written import cards, count, plural, share, short_day

OK, WARNING, CRITICAL, UNKNOWN = range(4)
_WORDS = ("OK", "WARNING", "CRITICAL", "UNKNOWN")
_CODES = {"ok": OK, "soon": WARNING, "now": CRITICAL, "empty": CRITICAL, "unknown": UNKNOWN}


class Alert(NamedTuple):
    """What the alert answers; where the book gives no answer, `trouble` says why, and `cause` names it in any language.

    `shown` is None where nothing could be read.
    """

    code: int
    line: str
    shown: Status | None
    trouble: str = ""
    cause: str = ""


def known_alert(shown: Status) -> Alert:
    """The alert of an answer."""
    return Alert(alert_code(shown), alert_line(shown), shown)


def unknown_alert(trouble: str, cause: str, shown: Status | None = None) -> Alert:
    """The alert of a book that gives no answer, or none that can be believed."""
    return Alert(UNKNOWN, unknown_line(trouble), shown, trouble, cause)


def alert_code(answer: Status) -> int:
    """0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN."""
    return _CODES[answer.level]


def alert_line(answer: Status) -> str:
    """The answer on one line, with the figures that a monitoring system draws."""
    supply = answer.workdays_of_supply.p50
    figures = (
        f"on_hand={answer.on_hand_cards};;;0"
        f" workdays={'U' if supply is None else f'{supply};;;0'} on_order={answer.on_order_cards};;;0"
        f" empty_risk={_empty_risk(answer)}"
    )
    return _line(alert_code(answer), alert_text(answer), figures)


def alert_text(answer: Status) -> str:
    """The answer on one line, in words."""
    return ", ".join([cards(answer.on_hand_cards), *_parts(answer)])


def _empty_risk(answer: Status) -> str:
    """The chance of an empty shelf before the next cards, in percent, with the limits of warning and alarm."""
    risk = answer.risk_if_requested_today if answer.risk_of_waiting is None else answer.risk_of_waiting
    allowed = answer.accepted_risk if answer.risk_of_waiting is None else answer.risk_allowed
    return "U" if risk is None else f"{round(100 * risk)}%;{100 * allowed:g};{100 * LIKELY:g};0;100"


def unknown_line(text: str) -> str:
    """The line when the book gives no answer."""
    return _line(UNKNOWN, text, "on_hand=U workdays=U on_order=U empty_risk=U")


def _line(code: int, text: str, figures: str) -> str:
    # A bar begins the figures and a line break ends the answer, so neither may stand in the text.
    return f"BLANGKO {_WORDS[code]} - {' '.join(text.split()).replace('|', '/')} | {figures}"


def workdays(number: int) -> str:
    """Working days in the short word of the line."""
    return plural("{n} workday", "{n} workdays", number)


def _parts(answer: Status) -> list[str]:
    if "no_opening" in answer.reasons:
        # Nobody knows what is on the shelf, so nothing that follows from it is told.
        return [_("the book has no opening")]
    parts = []
    if "empty" in answer.reasons:
        parts.append(_("the shelf is empty"))
    if answer.workdays_of_supply.p50 is not None:
        parts.append(workdays(answer.workdays_of_supply.p50))
    if answer.on_order_cards:
        parts.append(_("on order {n}").format(n=count(answer.on_order_cards)))
    if "below_floor" in answer.reasons:
        parts.append(_("below the floor of {n}").format(n=count(answer.floor_cards)))
    if {"missing_days", "nothing_written"} & set(answer.reasons):
        parts.append(_not_written(answer))
    if "no_history" in answer.reasons:
        parts.append(_("too little is known of the use"))
    if "unanswered" in answer.reasons:
        parts.append(_("no answer for {workdays}").format(workdays=workdays(answer.longest_wait_workdays or 0)))
    if "overdue" in answer.reasons:
        parts.append(_("a promised delivery is overdue"))
    return [*parts, *_risks(answer), *_request(answer)]


def _not_written(answer: Status) -> str:
    days = not_written_days(answer)
    what = short_day(days[0]) if len(days) == 1 else workdays(len(days))
    return _("{workdays} not written down").format(workdays=what)


def _risks(answer: Status) -> list[str]:
    if answer.risk_of_waiting is not None and {"too_late", "at_risk"} & set(answer.reasons):
        late = _("{chance} that the delivery comes too late").format(chance=share(answer.risk_of_waiting))
        return [late, *_remedies(answer)]
    if "late" in answer.reasons and answer.risk_if_requested_today is not None:
        return [_("empty before a delivery: {chance}").format(chance=share(answer.risk_if_requested_today))]
    return []


def _remedies(answer: Status) -> list[str]:
    """What can still be done while cards are on order."""
    remedies = [_("call or fetch, borrow")]
    if answer.stretch_quota_cards and not (answer.quota and answer.quota.holds):
        remedies.append(_("at most {n} a day").format(n=count(answer.stretch_quota_cards)))
    return remedies


def _request(answer: Status) -> list[str]:
    if answer.request_by is None:
        return []
    by = _("request by {day}").format(day=short_day(answer.request_by))
    if answer.late_workdays > 0:
        by += " " + _("({workdays} late)").format(workdays=workdays(answer.late_workdays))
    return [by]
