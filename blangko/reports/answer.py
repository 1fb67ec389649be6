"""The answer in words: how much is there, how long it lasts, by when to ask, and what deserves a look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from blangko.core.book import Balance
from blangko.core.facts import Campaign
from blangko.core.quota import StandingQuota
from blangko.core.status import Status
from blangko.core.urgency import not_written_days
from blangko.reports.table import pairs, paragraph
from blangko.words.language import N_, _
from blangko.words.written import cards, count, day, long_day, period, plain, share, short_day, signed, workdays

MISSING_NAMED = 6


def status_screen(answer: Status, advice: Sequence[str] = ()) -> list[str]:
    """One calm screen: the office, what to do, the figures, and what deserves a look.

    `advice` is what else to do now, in words.
    """
    lines = [*office_line(answer), "", *paragraph(verdict(answer))]
    for sentence in advice:
        lines.extend(paragraph(sentence, "  ", "- "))
    lines += ["", *pairs(_figures(answer))]
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
    """What to do, in one sentence or two."""
    if answer.level == "empty":
        return _("The shelf is empty.") + " " + what_to_do(answer)
    return what_to_do(answer)


def what_to_do(answer: Status) -> str:
    """The same, for a reader who knows already that the shelf is empty, where it is."""
    if "no_opening" in answer.reasons:
        return _("The book has no opening yet: how many cards there are is not known. Write it: blangko opening NUMBER")
    if "empty" in answer.reasons:
        return _fetch(answer) if answer.on_order_cards else _ask_now(answer)
    if answer.on_order_cards and {"at_risk", "too_late"} & set(answer.reasons):
        return f"{_before_delivery(answer)} {_fetch(answer)}"
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
    return _no_hurry(answer)


def _no_hurry(answer: Status) -> str:
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
    if answer.request_by is None or not answer.late_workdays:
        return _("Ask for {cards} today.").format(cards=asked)
    return _("Ask for {cards} today: the day to ask was {day}, {workdays} ago.").format(
        cards=asked, day=day(answer.request_by), workdays=workdays(answer.late_workdays)
    )


def _before_delivery(answer: Status) -> str:
    return _("The shelf is empty before the cards on order come with a chance of {chance}.").format(
        chance=share(answer.risk_of_waiting or 0)
    )


def _fetch(answer: Status) -> str:
    """What can be done while cards are on order."""
    parts = [_("Call and fetch the {cards} on order, or borrow from a neighbour").format(
        cards=cards(answer.on_order_cards))]  # fmt: skip
    if answer.stretch_quota_cards and not (answer.quota and answer.quota.holds):
        parts.append(_("or give out at most {n} a day").format(n=count(answer.stretch_quota_cards)))
    return ", ".join(parts) + "."


def _figures(answer: Status) -> list[tuple[str, str]]:
    rows = [
        (_("On hand"), cards(answer.on_hand_cards)),
        (_("Spoiled, held"), cards(answer.spoiled_cards)),
        (_("On order"), on_order(answer)),
        (_("Use"), use(answer)),
        (_("Lasts"), lasts(answer)),
        (_("Run-out day"), run_out(answer)),
        (_("Ask by"), ask_by(answer)),
    ]
    if answer.request_sum:
        rows.append((_("The sum"), request_sum(answer)))
    if answer.reorder_level_cards is not None:
        rows.append((_("Reorder level"), reorder_level(answer)))
    if answer.risk_if_requested_today is not None:
        rows.append((_("Risk"), risk(answer)))
    if answer.waiting:
        rows.append((_("Waiting"), waiting(answer)))
    return [*rows, *loans(answer)]


def on_order(answer: Status) -> str:
    """What is on order: what is promised for a day, what was granted, what nobody answered, and what to expect."""
    if not answer.on_order_cards:
        return _("nothing")
    parts = [
        promised(promise.cards, promise.due_on, answer.as_of)
        for request in answer.requests
        for promise in request.to_come
        if promise.due_on
    ]
    open_requests = [request for request in answer.requests if request.is_open]
    if silent := sum(each.on_order_cards for each in open_requests if not each.is_answered and not each.due_on):
        parts.append(_("{n} not answered").format(n=count(silent)))
    if answer.expected_on_order_cards != answer.on_order_cards:
        parts.append(_("about {n} to be expected").format(n=count(answer.expected_on_order_cards)))
    whole = cards(answer.on_order_cards)
    return f"{whole}: {', '.join(parts)}" if parts else whole


def promised(number: int, due_on: date, as_of: date) -> str:
    """Cards that were promised for a day, and whether that has passed."""
    text = _("{n} promised for {day}") if due_on >= as_of else _("{n} were promised for {day}")
    return text.format(n=count(number), day=day(due_on))


_SUM_WORDS = {
    "use": N_("use until {day}"),
    "reserve": N_("reserve"),
    "waiting": N_("people waiting"),
    "on_hand": N_("on hand"),
    "on_order": N_("expected of what is on order"),
    "share": N_("because less is granted"),
    "ceiling": N_("no more is asked for at once"),
    "rounding": N_("to whole batches"),
}


def request_sum(answer: Status) -> str:
    """The lines that add up to the number to ask for, as one sum."""
    text = ""
    for words, number in sum_lines(answer):
        sign = "\u2212 " if number < 0 else "+ " if text else ""
        text += f" {sign}{words} {count(abs(number))}"
    return f"{text.strip()} = {count(answer.request_cards or 0)}"


def sum_lines(answer: Status) -> list[tuple[str, int]]:
    """Each line of the sum in words, and its cards."""
    until = answer.ask.until if answer.ask else answer.as_of
    return [(_(_SUM_WORDS[line.what]).format(day=short_day(until)), line.cards) for line in answer.request_sum]


def sum_rows(answer: Status) -> list[tuple[str, str]]:
    """The sum as two columns that a reader can add up, the number to ask for below; nothing while none is known."""
    if answer.ask is None:
        return []
    rows = [(words, signed(number)) for words, number in sum_lines(answer)]
    return [*rows, (_("cards to ask for"), count(answer.ask.cards))]


def reorder_level(answer: Status) -> str:
    """The level at which to ask, in the form in which offices and the ministry speak."""
    return _("ask when {cards} are left").format(cards=cards(answer.reorder_level_cards or 0))


def waiting(answer: Status) -> str:
    """Who waits for a card, and until when at today's supply."""
    parts = []
    for name, each in answer.waiting.items():
        today = "" if each.today in (None, each.cards) else ", " + _("today about {n}").format(n=count(each.today or 0))
        parts.append(f"{name.upper()} {count(each.cards)} ({day(each.stated_on)}{today})")
    if answer.waiting_until:
        parts.append(_("served by {day} while cards last").format(day=day(answer.waiting_until)))
    return ", ".join(parts)


def loans(answer: Status) -> list[tuple[str, str]]:
    """Who still owes cards, and to whom cards are owed, each as a named row; none once all is even."""
    lent = [f"{plain(party)} {count(owed)}" for party, owed in answer.loans.items() if owed > 0]
    borrowed = [f"{plain(party)} {count(-owed)}" for party, owed in answer.loans.items() if owed < 0]
    rows = [(_("Lent"), ", ".join(lent)), (_("Borrowed"), ", ".join(borrowed))]
    return [row for row in rows if row[1]]


def use(answer: Status) -> str:
    """The use of an average working day, and what that knowledge rests on."""
    if answer.cards_per_workday is None:
        return _("not known yet ({workdays} written down)").format(workdays=workdays(answer.workdays_observed))
    rate = _("{cards} a working day").format(cards=cards(round(answer.cards_per_workday)))
    if answer.use_is_at_least:
        return _("at least {rate}: only rationed days are known").format(rate=rate)
    if answer.use_is_typical:
        return _("{rate}, as the office stated").format(rate=rate) + _while_waiting(answer)
    text = _("{rate}, learnt from {workdays}").format(rate=rate, workdays=workdays(answer.workdays_observed))
    return f"{text}{_while_waiting(answer)}"


def _while_waiting(answer: Status) -> str:
    if not answer.drain_cards_per_workday:
        return ""
    return "; " + _("{n} a day are printed while people wait").format(n=count(round(answer.drain_cards_per_workday)))


def lasts(answer: Status) -> str:
    """How many working days the shelf lasts, with the span that holds eight times in ten, and at the quota in force."""
    low, middle, high = answer.workdays_of_supply
    if answer.cards_per_workday is None:
        return _("not known")
    if middle is None:
        return _("a year or longer")
    span = _span("" if low is None else count(low), "" if high is None else count(high))
    text = workdays(middle) + (f" ({span})" if span else "")
    # Nobody asks for what a quota above the use allows.
    if answer.workdays_at_quota is None or (answer.quota and answer.quota.rations_nothing):
        return text
    return _("{text}; at {quota} a day {workdays}").format(
        text=text, quota=count(answer.quota_cards or 0), workdays=workdays(answer.workdays_at_quota)
    )


def _span(low: str, high: str) -> str:
    if low == high:
        return ""
    return _("{low} to {high}").format(low=low, high=high) if high else _("{low} or more").format(low=low)


def run_out(answer: Status) -> str:
    """The day on which the last card is probably used, with the span that holds eight times in ten."""
    ends = answer.run_out_on
    if ends.p50 is None:
        return _("more than a year away") if answer.cards_per_workday is not None else _("not known")
    early, late = ("" if end is None else short_day(end) for end in (ends.p10, ends.p90))
    span = _span(early, late)
    return day(ends.p50) + (f" ({span})" if span else "")


def ask_by(answer: Status) -> str:
    """The day by which to ask and the number; what is needed beside it where the giver grants only a share."""
    if answer.cards_per_workday is None:
        return _("not known")
    if answer.request_by is None:
        return _("nothing need be asked for yet")
    text = f"{day(answer.request_by)}, {cards(answer.request_cards or 0)}"
    if answer.ask and any(line.what in ("share", "ceiling") for line in answer.request_sum):
        text = _("{text} (needed {n})").format(text=text, n=count(answer.ask.need_cards))
    if answer.late_workdays > 0:
        return _("{text}; {workdays} late").format(text=text, workdays=workdays(answer.late_workdays))
    return text


def risk(answer: Status) -> str:
    """The chance of an empty shelf before a delivery asked for today, and before the cards on order come."""
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
    return (
        verdict(answer)
        if answer.level in ("now", "empty", "unknown") or "too_late" in answer.reasons
        else _short(answer)
    )


def _short(answer: Status) -> str:
    if answer.request_by is None:
        return _("Nothing need be asked for yet.")
    if answer.request_by <= answer.as_of:
        return _ask_now(answer)
    return _("Ask for {cards} by {day}.").format(cards=cards(answer.request_cards or 0), day=day(answer.request_by))


def notes(answer: Status) -> list[str]:
    """What deserves a look, one sentence or two each."""
    told = {
        "missing_days": _missing(answer),
        "overdue": _("A promised delivery is overdue. When it is off, close the request: blangko close --reason TEXT"),
        "unanswered": no_answer(answer),
        "count_open": _count_open(answer),
        "calendar_ends": _("The national days are decreed until {day} only; later days are estimates.").format(
            day=day(answer.calendar_known_until)
        ),
    }
    found = [text for reason, text in told.items() if reason in answer.reasons or (reason == "missing_days" and text)]
    found.extend(filter(None, (quota(answer), not_written(answer), granted(answer))))
    found.extend(campaign(each) for each in answer.campaigns)
    if answer.entries_after:
        found.append(
            _("{n} entries are dated after {day} and are left out. Is this machine's clock right?").format(
                n=count(answer.entries_after), day=day(answer.as_of)
            )
        )
    return found


def quota(answer: Status) -> str:
    """Whether the quota in force lasts until more cards should be there, and which one would; nothing without one."""
    standing = answer.quota
    if standing is None:
        return ""
    words = (
        _("the delivery is expected by {day}")
        if standing.is_ordered
        else _("cards asked for today are expected by {day}")
    )
    return (
        f"{_quota_lasts(answer, standing)}; {words.format(day=short_day(standing.expected_by))}: {_advised(standing)}."
    )


def _quota_lasts(answer: Status, standing: StandingQuota) -> str:
    if standing.rations_nothing:
        return _("A quota of {n} rations nothing, since about {usual} a day are wanted").format(
            n=count(standing.cards), usual=count(standing.usual_cards)
        )
    if standing.lasts_until:
        return _("At {n} a day the cards last until {day}").format(
            n=count(standing.cards), day=short_day(standing.lasts_until)
        )
    if answer.workdays_at_quota:
        return _("At {n} a day the cards last a year or longer").format(n=count(standing.cards))
    return _("There are fewer cards than the {n} of one day's quota").format(n=count(standing.cards))


def _advised(standing: StandingQuota) -> str:
    if standing.proposed_cards is None:
        return _("nothing need be rationed (blangko settings quota 0)")
    if standing.holds:
        return _("the quota holds")
    if not standing.proposed_cards:
        return _("no quota lasts so long")
    return _("take {n} a day").format(n=count(standing.proposed_cards))


def campaign(announced: Campaign) -> str:
    """What was announced, as it counts in the use of the days ahead."""
    text = _("Campaign: {cards} a working day on top of the usual, {days}").format(
        cards=cards(announced.cards_per_workday), days=period(announced.first, announced.last)
    )
    return f"{text} ({plain(announced.reason)})." if announced.reason else f"{text}."


def not_written(answer: Status) -> str:
    """What the days that nobody wrote down are taken to have used; nothing without such days."""
    if not answer.unwritten_cards:
        return ""
    return _("Not written down: {workdays}; about {cards} less are taken to be left.").format(
        workdays=workdays(len(answer.unwritten_workdays)), cards=cards(answer.unwritten_cards)
    )


def no_answer(answer: Status) -> str:
    """For how long the giver has been silent, where that is longer than usual."""
    return _("A request has had no answer for {workdays}, longer than usual: call the giver.").format(
        workdays=workdays(answer.longest_wait_workdays or 0)
    )


def granted(answer: Status) -> str:
    """What of each request is to be expected, where that changes the number to ask for; else nothing."""
    if (
        answer.granted_share is None
        or answer.ask is None
        or not any(line.what == "share" for line in answer.request_sum)
    ):
        return ""
    if answer.ask.cards < answer.ask.need_cards:
        return _("{needed} are needed; no more than {asked} are handed out for one request.").format(
            needed=cards(answer.ask.need_cards), asked=cards(answer.ask.cards)
        )
    return _("Of what is asked, {share} is to be expected: {needed} are needed, so ask for {asked}.").format(
        share=share(answer.granted_share), needed=cards(answer.ask.need_cards), asked=cards(answer.ask.cards)
    )


def _missing(answer: Status) -> str:
    missing = not_written_days(answer)
    if not missing:
        return ""
    named = ", ".join(short_day(each) for each in missing[:MISSING_NAMED])
    more = len(missing) - MISSING_NAMED
    if more > 0:
        named = _("{days} and {n} more").format(days=named, n=count(more))
    return _("Nothing is written down for {days}. Write it: blangko print NUMBER --on DATE (0 if none).").format(
        days=named
    )


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
