"""An allocation in words and as data: what each gets, how long it lasts with it, and why it could not be better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from blangko.core.allocate import Loan
from blangko.core.sharing import Share, Shared, whole
from blangko.reports.table import WIDTH, capital, cut, paragraph, table
from blangko.words.language import _
from blangko.words.written import cards, count, day, long_day, plain, plural, rate, short_day, workdays

NONE = "–"
FOR_EVER = "∞"
LEAST_NAME = 8
NAMES_SHOWN = 6
"""So many of those of whom nothing is known are named."""


class Told(NamedTuple):
    """An allocation and what is told beside it.

    `office` is the name of the office whose print points share, None where offices share. `written` have their part in
    the book already, under `key`; with `is_recorded` the others get it now, but for those that keep their book
    `elsewhere`.
    """

    shared: Shared
    office: str | None
    key: str = ""
    written: frozenset[str] = frozenset()
    is_recorded: bool = False
    elsewhere: frozenset[str] = frozenset()


class Column(NamedTuple):
    """A column of the table: its heading, and whether it holds numbers."""

    head: str
    is_number: bool = True


def allocation_screen(told: Told) -> list[str]:
    """The allocation for a terminal of 80 columns."""
    shown = told.shared
    columns, rows = main_table(told)
    lines = [*paragraph(title(told)), *paragraph(terms(told)), ""]
    lines += [*_fitted(columns, [*rows, totals(told)]), ""]
    if shown.loans:
        heads, pairs = loan_table(shown)
        lines += [*_fitted(heads, pairs), ""]
    said = [*proof(shown), *remarks(told), *filter(None, [_what_is_written(told)])]
    return [*lines, *(line for sentence in said for line in paragraph(sentence))]


def _fitted(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[str]:
    """The table with its first column cut so far that the screen holds it."""
    widths = [max(map(len, [each.head, *cells])) for each, *cells in zip(columns, *rows, strict=True)]
    texts = sum(not each.is_number for each in columns[:2])
    room = max((WIDTH - sum(widths[texts:]) - 2 * (len(widths) - 1)) // texts, LEAST_NAME)
    return table(
        [each.head for each in columns],
        [[*(_short(cell, room) for cell in row[:texts]), *row[texts:]] for row in rows],
        right="".join("r" if each.is_number else "." for each in columns),
    )


def _short(name: str, room: int) -> str:
    """A name that fits; of what has to be left out, most is in the word that nearly all of them share."""
    return name if len(name) <= room else cut(name.replace("Kabupaten ", "Kab. "), room)


def title(told: Told) -> str:
    """What is shared out among whom, and when."""
    shown = told.shared
    if told.office is None:
        text = _("Allocation of {cards} among {offices} on {day}")
        among = plural("{n} office", "{n} offices", len(shown.shares))
    else:
        text = _("Allocation of {cards} over the counter and {offices} on {day}")
        among = plural("{n} print point", "{n} print points", len(shown.shares) - 1)
    return text.format(cards=cards(shown.terms.cards), offices=among, day=long_day(shown.as_of))


def terms(told: Told) -> str:
    """How it is shared out, and what the days are."""
    asked = told.shared.terms
    said = [_("so that all run out together, in lots of {n}").format(n=count(asked.lot_cards))]
    if asked.at_least_cards:
        said.append(_("for each nothing or at least {n}").format(n=count(asked.at_least_cards)))
    if asked.lends and asked.kept_cards:
        said.append(_("with loans from those who have more than {n}").format(n=count(asked.kept_cards)))
    elif asked.lends:
        said.append(_("with loans among them"))
    return f"{capital('; '.join(said))}. " + _("Days are working days, those now and those with the allocation.")


def main_table(told: Told) -> tuple[list[Column], list[list[str]]]:
    """What each has, gets, and how long it lasts; columns in which nothing stands are left out."""
    shown = told.shared
    promised = any(each.holding.promised_cards for each in shown.shares)
    lends = bool(shown.loans)
    columns = [
        Column(_("Office") if told.office is None else _("Print point"), False),
        Column(_("There")),
        *([Column(_("Granted"))] if promised else []),
        Column(_("Gets")),
        *([Column(_("Loan"))] if lends else []),
        Column(_("A day")),
        Column(_("Days")),
        Column(_("Then")),
        Column(_("Empty on"), False),
    ]
    return columns, [_row(each, promised, lends) for each in shown.shares]


def _row(each: Share, promised: bool, lends: bool) -> list[str]:
    holding, loan = each.holding, each.borrowed_cards - each.lent_cards
    return [
        called(each),
        count(holding.there_cards),
        *([count(holding.promised_cards)] if promised else []),
        count(each.given_cards),
        *([f"+{count(loan)}" if loan > 0 else count(loan)] if lends else []),
        NONE if each.cards_per_workday is None else rate(each.cards_per_workday),
        _days(each.days_before),
        _days(each.days_after),
        # No day is seen so far ahead that its year would be in doubt.
        short_day(each.run_out_on) if each.run_out_on else NONE,
    ]


def totals(told: Told) -> list[str]:
    """The sums below the table."""
    shares = told.shared.shares
    promised = sum(each.holding.promised_cards for each in shares)
    rates = sum(each.cards_per_workday or 0 for each in shares)
    return [
        _("Together"),
        count(sum(each.holding.there_cards for each in shares)),
        *([count(promised)] if promised else []),
        count(told.shared.given_cards),
        *(["0"] if told.shared.loans else []),
        rate(rates),
        "",
        "",
        "",
    ]


def called(each: Share) -> str:
    """A code and a name; a print point has a name alone."""
    holding = each.holding
    if holding.name == holding.code:
        return plain(holding.name)
    return plain(f"{holding.code} {holding.name}".strip())


def _days(days: float | None) -> str:
    if days is None:
        return NONE
    number = whole(days)
    return FOR_EVER if number is None else count(number)


def loan_table(shown: Shared) -> tuple[list[Column], list[list[str]]]:
    """Who lends to whom, and the working days that it buys the one and costs the other."""
    names = {each.holding.code: called(each) for each in shown.shares}
    columns = [
        Column(_("Lends"), False), Column(_("Borrows"), False), Column(_("Cards")), Column(_("Days gained")),
        Column(_("Days given up")),
    ]  # fmt: skip
    rows = [
        [names[each.lender], names[each.borrower], count(each.cards), rate(each.days_bought), rate(each.days_given_up)]
        for each in shown.loans
    ]
    return columns, rows


def proof(shown: Shared) -> list[str]:
    """Who runs out first, and that this is as late as can be."""
    return list(filter(None, [_first(shown), _proof(shown), _one_day_more(shown)]))


def remarks(told: Told) -> list[str]:
    """What is left, what is not known, and who has to write something."""
    shown = told.shared
    said = [_left(told), _unknown(told), _guessed(shown), _elsewhere(told)]
    if shown.loans:
        said.append(_("A loan is written by the two offices themselves, when the cards are sent and received."))
    return list(filter(None, said))


def _first(shown: Shared) -> str:
    known = [each for each in shown.shares if each.workdays_after is not None]
    if not known:
        return _("Nobody runs out as far as can be seen.")
    first = min(known, key=lambda each: each.days_after or 0)
    if first.run_out_on is None:
        return _("{office} is the first to run out, after {workdays}.").format(
            office=called(first), workdays=workdays(first.workdays_after or 0)
        )
    text = _("{office} is the first to run out: on {day}, after {workdays}.")
    return text.format(office=called(first), day=day(first.run_out_on), workdays=workdays(first.workdays_after or 0))


def _proof(shown: Shared) -> str:
    later, first = shown.allocation.later_lots, shown.allocation.first_days
    if later is None or first is None:
        return _("All have the most that they may get.")
    if later * shown.terms.lot_cards <= shown.terms.cards:
        # Some parts were written before, and the books have changed since.
        return _("The first could last longer now, if what is written already were taken back.")
    needed = cards(later * shown.terms.lot_cards)
    if min(each.days_after for each in shown.shares if each.days_after is not None) < first:
        text = _(
            "Of those who may get more the first lasts {workdays}; it cannot be more, since that takes {needed} in all."
        )
        return text.format(workdays=workdays(whole(first) or 0), needed=needed)
    text = _("It cannot be later: for all to last longer than that takes {needed}, and there are {cards}.")
    return text.format(needed=needed, cards=cards(shown.terms.cards))


def _one_day_more(shown: Shared) -> str:
    if shown.one_day_more_cards is None:
        return ""
    return _("One more day for all takes {cards} more.").format(cards=cards(shown.one_day_more_cards))


def _left(told: Told) -> str:
    left = told.shared.left_cards
    if not left:
        return ""
    if told.office is not None:
        return _("{cards} are left, and stay on the shelf.").format(cards=cards(left))
    return _("{cards} are left: less than a lot, or more than all may get.").format(cards=cards(left))


def _unknown(told: Told) -> str:
    names = [called(each) for each in told.shared.unknown]
    if not names:
        return ""
    shown = ", ".join([*names[:NAMES_SHOWN], *(["…"] if len(names) > NAMES_SHOWN else [])])
    text = _("How much they use is not known, so they get no more than their least: {names}.").format(names=shown)
    return text if told.office is None else text + " " + _("Say it with --use WHO=NUMBER.")


def _elsewhere(told: Told) -> str:
    """Who has to write its part itself: written here, its next push would tell another story than this book."""
    parts = [each for each in told.shared.shares if each.holding.code in told.elsewhere and each.given_cards]
    if not parts:
        return ""
    named = ", ".join(f"{called(each)} {count(each.given_cards)}" for each in parts)
    text = _("These push their own book here, and write their part themselves with blangko grant: {names}.")
    return text.format(names=named)


def _guessed(shown: Shared) -> str:
    number = sum(each.holding.unwritten_workdays > 0 for each in shown.shares)
    if not number:
        return ""
    return plural(
        "In {n} of the books the last days are not written down; what they used is guessed, and taken off.",
        "In {n} of the books the last days are not written down; what they used is guessed, and taken off.",
        number,
    )


def how_far(done: int, meant: int) -> str:
    """What was written of an allocation."""
    if not meant:
        return _("There was nothing left to write.")
    return _("Written: {done} of {meant} grants.").format(done=count(done), meant=count(meant))


def _what_is_written(told: Told) -> str:
    if told.written:
        text = _(
            "The part of {offices} is in the book already (key {key}); another allocation needs a --key of its own."
        )
        return text.format(offices=plural("{n} office", "{n} offices", len(told.written)), key=plain(told.key))
    if told.is_recorded:
        return ""
    if told.office is None:
        return _("Nothing moves by itself: --record writes each part into its book as a grant.")
    return _("Nothing moves by itself: --record writes each part as cards sent.")


# --- As data ------------------------------------------------------------------------------------

ROW_COLUMNS = (
    "code", "name", "on_hand_cards", "there_cards", "promised_cards", "cards_per_workday", "given_cards",
    "borrowed_cards", "lent_cards", "workdays_before", "workdays_after", "run_out_on",
)  # fmt: skip


def allocation_data(told: Told) -> dict[str, Any]:
    """The allocation under the names of the contract, "blangko.allocation/1"."""
    shown, asked = told.shared, told.shared.terms
    later = shown.allocation.later_lots
    return {
        "schema": "blangko.allocation/1",
        "as_of": shown.as_of,
        "among": "offices" if told.office is None else "print_points",
        "cards": asked.cards,
        "lot": asked.lot_cards,
        "at_least_cards": asked.at_least_cards,
        "given_cards": shown.given_cards,
        "left_cards": shown.left_cards,
        "rows": [_row_data(each) for each in shown.shares],
        "loans": [_loan_data(each) for each in shown.loans],
        "earliest_run_out_on": shown.earliest_run_out_on,
        "later_takes_cards": None if later is None else later * asked.lot_cards,
        "one_day_more_cards": shown.one_day_more_cards,
        "key": told.key or None,
        "written": sorted(told.written),
        "kept_elsewhere": sorted(told.elsewhere),
    }


def _row_data(each: Share) -> dict[str, Any]:
    values = dict(zip(ROW_COLUMNS, _values(each), strict=True))
    office = {"code": values.pop("code"), "name": values.pop("name")}
    return {"office": office, **values}


def _values(each: Share) -> list[Any]:
    holding, speed = each.holding, each.cards_per_workday
    return [
        holding.code, holding.name, holding.on_hand_cards, holding.there_cards, holding.promised_cards,
        None if speed is None else round(speed, 1), each.given_cards, each.borrowed_cards, each.lent_cards,
        each.workdays_before, each.workdays_after, each.run_out_on,
    ]  # fmt: skip


def _loan_data(each: Loan) -> Mapping[str, Any]:
    return {
        "lender": each.lender,
        "borrower": each.borrower,
        "cards": each.cards,
        "workdays_gained": round(each.days_bought, 1),
        "workdays_given_up": round(each.days_given_up, 1),
    }


def allocation_rows(told: Told) -> list[list[Any]]:
    """What each gets, under `ROW_COLUMNS`."""
    return [_values(each) for each in told.shared.shares]
