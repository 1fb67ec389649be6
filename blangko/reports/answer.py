"""The answer in words: how much is there, how long it lasts, by when to ask, and what deserves a look."""

from __future__ import annotations

from datetime import date

from blangko.core.answer import Status
from blangko.core.book import Balance
from blangko.core.forecast import Spread
from blangko.reports.table import pairs, paragraph
from blangko.words.language import _
from blangko.words.written import cards, count, day, long_day, plain, share, short_day, signed, workdays

MISSING_NAMED = 6


def status_screen(answer: Status) -> list[str]:
    """One calm screen: the office, what to do, the figures, and what deserves a look."""
    lines = [*office_line(answer), "", *paragraph(verdict(answer)), "", *pairs(_figures(answer))]
    remarks = notes(answer)
    if remarks:
        lines.append("")
    for remark in remarks:
        lines.extend(paragraph(remark, "  ", "- "))
    return [*lines, "", *identity(answer.balance)]


def office_line(answer: Status) -> list[str]:
    """Whose book this is, and the evening that the answer speaks of."""
    name = f"{plain(answer.office['name'])} ({answer.office['code']})"
    return [*paragraph(name), long_day(answer.as_of)]


def verdict(answer: Status) -> str:
    """What to do, in one sentence."""
    if "empty" in answer.reasons:
        return _("The shelf is empty.") + " " + (_ordered(answer) or _ask_now(answer))
    if "late" in answer.reasons:
        return _ask_now(answer)
    if "below_floor" in answer.reasons:
        return _("On hand is below the office's floor of {floor}. {ask}").format(
            floor=cards(answer.floor_cards), ask=_ask_now(answer)
        )
    if answer.cards_per_workday is None:
        return _(
            "How long the cards last is not known yet: five days with prints are needed, or the office's usual use "
            'with "blangko settings daily NUMBER".'
        )
    if answer.request_by is None:
        return _("Nothing need be asked for yet.")
    return _("Ask for {cards} by {day}, in {workdays}.").format(
        cards=cards(answer.request_cards or 0),
        day=day(answer.request_by),
        workdays=workdays(answer.workdays_to_request or 0),
    )


def _ask_now(answer: Status) -> str:
    if answer.request_cards is None:
        return _("Ask for the next batch now.")
    asked = cards(answer.request_cards)
    if answer.request_by is None or answer.request_by >= answer.as_of:
        return _("Ask for {cards} today.").format(cards=asked)
    return _("Ask for {cards} today: the day to ask was {day}, {workdays} ago.").format(
        cards=asked, day=day(answer.request_by), workdays=workdays(answer.late_workdays)
    )


def _ordered(answer: Status) -> str:
    if not answer.on_order_cards:
        return ""
    return _("{cards} are on order.").format(cards=cards(answer.on_order_cards))


def _figures(answer: Status) -> list[tuple[str, str]]:
    rows = [
        (_("On hand"), cards(answer.on_hand_cards)),
        (_("Spoiled, held"), cards(answer.spoiled_cards)),
        (_("On order"), _on_order(answer)),
        (_("Use"), use(answer)),
        (_("Lasts"), lasts(answer)),
        (_("Run-out day"), _run_out(answer.run_out_on, answer.cards_per_workday is not None)),
        (_("Ask by"), _ask_by(answer)),
    ]
    if answer.risk_if_requested_today is not None:
        rows.append((_("Risk"), _risk(answer)))
    waiting = [
        f"{name.upper()} {count(stated.number)} ({day(stated.occurred_on)})" for name, stated in answer.backlog.items()
    ]
    if waiting:
        rows.append((_("Waiting"), ", ".join(waiting)))
    return rows


def _on_order(answer: Status) -> str:
    if not answer.on_order_cards:
        return _("nothing")
    if answer.next_delivery_on is None:
        return cards(answer.on_order_cards)
    return _("{cards}, promised for {day}").format(cards=cards(answer.on_order_cards), day=day(answer.next_delivery_on))


def use(answer: Status) -> str:
    """The use of an average working day, and what that knowledge rests on."""
    if answer.cards_per_workday is None:
        return _("not known yet ({workdays} written down)").format(workdays=workdays(answer.workdays_observed))
    rate = _("{cards} a working day").format(cards=cards(round(answer.cards_per_workday)))
    if answer.use_is_typical:
        return _("{rate}, as the office stated").format(rate=rate)
    return _("{rate}, learnt from {workdays}").format(rate=rate, workdays=workdays(answer.workdays_observed))


def lasts(answer: Status) -> str:
    """How many working days the shelf lasts, with the span that holds eight times in ten."""
    low, middle, high = answer.workdays_of_supply
    if answer.cards_per_workday is None:
        return _("not known")
    if middle is None:
        return _("a year or longer")
    span = _span("" if low is None else count(low), "" if high is None else count(high))
    return workdays(middle) + (f" ({span})" if span else "")


def _span(low: str, high: str) -> str:
    if low == high:
        return ""
    return _("{low} to {high}").format(low=low, high=high) if high else _("{low} or more").format(low=low)


def _run_out(ends: Spread[date | None], known: bool) -> str:
    if ends.p50 is None:
        return _("more than a year away") if known else _("not known")
    early, late = ("" if end is None else short_day(end) for end in (ends.p10, ends.p90))
    span = _span(early, late)
    return day(ends.p50) + (f" ({span})" if span else "")


def _ask_by(answer: Status) -> str:
    if answer.cards_per_workday is None:
        return _("not known")
    if answer.request_by is None:
        return _("nothing need be asked for yet")
    text = f"{day(answer.request_by)}, {cards(answer.request_cards or 0)}"
    if answer.late_workdays > 0:
        return _("{text}; {workdays} late").format(text=text, workdays=workdays(answer.late_workdays))
    return text


def _risk(answer: Status) -> str:
    chance = answer.risk_if_requested_today or 0.0
    text = _("{chance} that the shelf is empty before a delivery asked for today").format(chance=share(chance))
    if answer.risk_before_delivery is not None:
        more = _("{chance} before the cards on order come").format(chance=share(answer.risk_before_delivery))
        return f"{text}; {more}"
    return text


def follows(answer: Status) -> str:
    """What follows from an entry: on hand, working days left, the day to ask by."""
    parts = [_("On hand {cards}").format(cards=cards(answer.on_hand_cards))]
    if answer.on_order_cards:
        parts.append(_("on order {cards}").format(cards=cards(answer.on_order_cards)))
    if answer.cards_per_workday is None:
        parts.append(_("working days left not known yet"))
        return ", ".join(parts) + "."
    parts.append(lasts(answer))
    return f"{', '.join(parts)}. {_short_verdict(answer)}"


def _short_verdict(answer: Status) -> str:
    if answer.level == "now" or (answer.level == "empty" and not answer.on_order_cards):
        return _ask_now(answer)
    if answer.request_by is None:
        return _("Nothing need be asked for yet.")
    return _("Ask for {cards} by {day}.").format(cards=cards(answer.request_cards or 0), day=day(answer.request_by))


def notes(answer: Status) -> list[str]:
    """What deserves a look, one sentence or two each."""
    told = {
        "missing_days": _missing(answer),
        "overdue": _("A promised delivery is overdue. When it is off, close the request: blangko close --reason TEXT"),
        "too_late": _too_late(answer),
        "count_open": _count_open(answer),
        "calendar_ends": _("The national days are decreed until {day} only; later days are estimates.").format(
            day=day(answer.calendar_known_until)
        ),
    }
    found = [text for reason, text in told.items() if reason in answer.reasons or (reason == "missing_days" and text)]
    if answer.granted_share is not None and answer.request_cards:
        found.append(_("Of what was asked for before, {share} was granted.").format(share=share(answer.granted_share)))
    if answer.entries_after:
        found.append(
            _("{n} entries are dated after {day} and are left out. Is this machine's clock right?").format(
                n=count(answer.entries_after), day=day(answer.as_of)
            )
        )
    return found


def _missing(answer: Status) -> str:
    if not answer.missing_workdays:
        return ""
    named = ", ".join(short_day(each) for each in answer.missing_workdays[:MISSING_NAMED])
    more = len(answer.missing_workdays) - MISSING_NAMED
    if more > 0:
        named = _("{days} and {n} more").format(days=named, n=count(more))
    return _("Nothing is written down for {days}. Write it: blangko print NUMBER --on DATE (0 if none).").format(
        days=named
    )


def _too_late(answer: Status) -> str:
    text = _("The cards on order are likely to come too late ({chance}).").format(
        chance=share(answer.risk_before_delivery or 0)
    )
    if answer.stretch_quota_cards is None:
        return text
    ration = _("At most {cards} a day make the shelf last until then.").format(cards=cards(answer.stretch_quota_cards))
    return f"{text} {ration}"


def count_result(answer: Status) -> str:
    """What the latest count showed: that it agrees with the book, or what is open."""
    if answer.last_count is None or answer.last_count.open_cards:
        return _count_open(answer)
    return _("The count and the book agree.")


def _count_open(answer: Status) -> str:
    if answer.last_count is None:
        return ""
    return _(
        "The count of {day} differs from the book by {cards}. When the reason is known: "
        "blangko count NUMBER --adjust --reason TEXT"
    ).format(day=day(answer.last_count.occurred_on), cards=signed(answer.last_count.open_cards))


def identity(total: Balance) -> list[str]:
    """The two sides of the book, which always agree, folded to the window."""
    return [line for side in identity_sides(total) for line in paragraph(side)]


def identity_sides(total: Balance) -> list[str]:
    """What came in, and where it is, each as a sum."""
    came = _("opening {opening} + received {received} + adjusted {adjusted} = {sum}").format(
        opening=count(total.opening),
        received=count(total.received),
        adjusted=signed(total.adjusted),
        sum=count(total.came_in),
    )
    went = _(
        "on hand {on_hand} + spoiled held {spoiled} + printed {printed} + destroyed {destroyed} + sent {sent} "
        "+ lost {lost} = {sum}"
    ).format(
        on_hand=count(total.on_hand),
        spoiled=count(total.spoiled),
        printed=count(total.printed),
        destroyed=count(total.destroyed),
        sent=count(total.sent),
        lost=count(total.lost),
        sum=count(total.accounted_for),
    )
    return [came, went]
