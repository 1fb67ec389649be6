"""The summary in words: one localised page that text, HTML, PDF and workbook all show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from blangko.core.population import not_printed, not_recorded
from blangko.core.requests import Request
from blangko.core.status import Status
from blangko.core.summary import Remark, Summary, SummaryRow, days_taken
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
    sum_rows,
    use,
    verdict,
    waiting,
)
from blangko.reports.forecast import sum_in_words
from blangko.reports.ledger import kind_word
from blangko.reports.letterhead import Signature, letterhead, signatures, signatures_side_by_side
from blangko.reports.population import grounds
from blangko.reports.table import amounts, capital, markdown_text, pairs, paragraph, table
from blangko.words.figures import figure_word
from blangko.words.language import _
from blangko.words.written import (
    cards,
    count,
    day,
    day_and_month,
    short_day,
    signed,
    written_day,
)

FIGURES = ("received", "printed", "spoiled", "sent", "lost", "adjusted", "closing")
ALWAYS = ("received", "printed", "spoiled", "sent", "adjusted", "closing")
LATE_SHOWN = 8


class SummaryPage(NamedTuple):
    """The page in the language that is spoken; every cell is text already."""

    letterhead: Sequence[str]
    title: str
    period: str
    state: str
    is_draft: bool
    verdict: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    closed: Sequence[bool]
    totals: Sequence[str]
    balance: str
    identity: Sequence[str]
    caption: str
    facts: Sequence[tuple[str, str]]
    sums: Sequence[str]
    ask_title: str
    ask_sum: Sequence[tuple[str, str]]
    request_headers: Sequence[str]
    requests: Sequence[Sequence[str]]
    notes: Sequence[str]
    signatures: Sequence[Signature]
    code: str
    whole_code: str


def summary_page(summary: Summary) -> SummaryPage:
    """Everything that the page says."""
    shown = [name for name in FIGURES if name in ALWAYS or any(getattr(row, name) for row in summary.rows)]
    words = column_words()
    return SummaryPage(
        letterhead=letterhead(summary.settings, summary.answer.office),
        title=_("Summary of blank KTP-el cards"),
        period=_period(summary),
        state=_state(summary),
        is_draft=summary.issued is None,
        verdict=_verdict(summary),
        headers=[_("Day"), *(words[name] for name in shown)],
        rows=[_row(row, shown) for row in summary.rows],
        closed=[not row.is_open for row in summary.rows],
        totals=[_("Total"), *_cells(summary.totals, shown)],
        balance=_balance(summary),
        identity=identity_sides(summary.answer.balance),
        caption=_(
            "The band holds what is expected eight times in ten; cards on order come on their likely day. "
            "Grey: closed days."
        ),
        facts=_facts(summary),
        sums=_sums(summary),
        ask_title=_("How many to ask for"),
        ask_sum=sum_rows(summary.answer),
        request_headers=[
            _("No."),
            _("Asked on"),
            _("Asked"),
            _("Granted"),
            _("Received"),
            _("Still to come"),
            _("Likely on"),
        ],
        requests=[_request(request, summary.answer) for request in summary.requests],
        notes=_notes(summary),
        signatures=signatures(summary.settings, summary.answer.as_of),
        code=summary.check_code,
        whole_code=summary.whole_code,
    )


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
    if first.weekday() == 0 and last - first == timedelta(days=6):
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
    return signed(number) if name == "adjusted" else count(number)


def _balance(summary: Summary) -> str:
    """The sum of the period, which a reader can do again."""
    sums = summary.totals
    parts = [_("opening {n}").format(n=count(summary.opening)), _("+ received {n}").format(n=count(sums.received))]
    parts.append(_("- printed {n}").format(n=count(sums.printed)))
    parts.append(_("- spoiled {n}").format(n=count(sums.spoiled)))
    parts.append(_("- sent {n}").format(n=count(sums.sent)))
    if sums.lost:
        parts.append(_("- lost {n}").format(n=count(sums.lost)))
    pattern = _("- adjusted {n}") if sums.adjusted < 0 else _("+ adjusted {n}")
    parts.append(pattern.format(n=count(abs(sums.adjusted))))
    return " ".join(parts) + " = " + _("closing {n}").format(n=count(summary.closing))


def _facts(summary: Summary) -> list[tuple[str, str]]:
    answer = summary.answer
    rows = [
        (_("On hand, {day}").format(day=day_and_month(answer.as_of)), cards(answer.on_hand_cards)),
        (_("Use"), use(answer)),
        (_("Lasts"), lasts(answer)),
        (_("Run-out day"), run_out(answer)),
        (_("Ask by"), ask_by(answer)),
    ]
    if answer.reorder_level_cards is not None:
        rows.append((_("Reorder level"), reorder_level(answer)))
    rows.append((_("On order"), on_order(answer)))
    if answer.risk_if_requested_today is not None:
        rows.append((_("Risk"), risk(answer)))
    rows.append((_("Spoiled, waiting for minutes"), cards(answer.spoiled_cards)))
    if answer.waiting:
        rows.append((_("Waiting"), waiting(answer)))
    return [*rows, *loans(answer), *_statements(summary)]


def _statements(summary: Summary) -> list[tuple[str, str]]:
    """What the office stated: population, the last count, and what was printed for whom."""
    rows = []
    rows += [
        (capital(figure_word(name)), f"{count(stated.number)} ({written_day(stated.occurred_on)})")
        for name, stated in summary.population.items()
    ]
    rows += [(each.name, f"{each.sum} = {count(each.people)}") for each in grounds(summary.population, {})]
    if seen := summary.answer.last_count:
        difference = _("agrees with the book") if not seen.discrepancy_cards else signed(seen.discrepancy_cards)
        rows.append((_("Last count"), f"{day(seen.occurred_on)}: {count(seen.counted_cards)}, {difference}"))
    if summary.purposes:
        rows.append((_("Printed for"), ", ".join(f"{name} {count(n)}" for name, n in summary.purposes.items())))
    return rows


def _sums(summary: Summary) -> list[str]:
    ahead = summary.chart.ahead
    return [" ".join(sum_in_words(summary.answer, ahead))] if ahead else []


def _request(request: Request, answer: Status) -> list[str]:
    granted = "–" if request.granted_cards is None else count(request.granted_cards)
    rest = _("closed") if request.closed else count(request.on_order_cards)
    likely = [each.likely_on for each in answer.deliveries if each.request_no == request.request_no]
    return [
        str(request.request_no),
        day(request.requested_on),
        count(request.asked_cards),
        granted,
        count(request.received_cards),
        rest,
        ", ".join(short_day(each) for each in likely) or "–",
    ]


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
                day=day(answer.last_count.occurred_on), cards=signed(answer.last_count.open_cards)
            )
        )
    told = {"overdue": _("A promised delivery is overdue."), "unanswered": no_answer(answer)}
    notes += [text for reason, text in told.items() if reason in answer.reasons]
    return [*notes, *filter(None, (not_written(answer), granted(answer)))]


# --- As text ------------------------------------------------------------------------------------


def summary_screen(summary: Summary) -> list[str]:
    """The page for a terminal of 80 columns."""
    page = summary_page(summary)
    lines = [*(line for head in page.letterhead for line in paragraph(head)), page.title]
    lines += [*paragraph(f"{page.period} ({page.state})"), "", *paragraph(page.verdict), ""]
    lines += [
        *_table(page),
        "",
        *paragraph(page.balance),
        *(each for line in page.identity for each in paragraph(line)),
    ]
    lines += ["", *pairs(page.facts)]
    if page.requests:
        lines += ["", *table(page.request_headers, page.requests, right="r.rrrr.")]
    lines += ["", *(line for text in page.sums for line in paragraph(text))] if page.sums else []
    lines += ["", page.ask_title, *amounts(page.ask_sum)] if page.ask_sum else []
    lines += ["", *(line for note in page.notes for line in paragraph(note, "  ", "- "))] if page.notes else []
    lines += ["", *signatures_side_by_side(page.signatures), "", _("Check code {code}").format(code=page.code)]
    return lines


def summary_markdown(summary: Summary) -> bytes:
    """The page as markdown, for a message or a wiki."""
    page = summary_page(summary)
    right = "." + "r" * (len(page.headers) - 1)
    parts = [
        *(f"**{markdown_text(line)}**  " for line in page.letterhead),
        "",
        f"# {page.title}",
        "",
        f"{page.period} ({page.state})",
        "",
        f"**{markdown_text(page.verdict)}**",
        "",
        *table(page.headers, [*page.rows, page.totals], right=right, form="pipe"),
        "",
        *(f"{line}  " for line in (page.balance, *page.identity)),
        "",
        *(f"- {name}: {markdown_text(text)}" for name, text in page.facts),
        "",
        *(table(page.request_headers, page.requests, right="r.rrrr.", form="pipe") if page.requests else []),
        "",
        *page.sums,
        "",
        *(table([page.ask_title, _("Cards")], page.ask_sum, right=".r", form="pipe") if page.ask_sum else []),
        "",
        *(f"- {markdown_text(note)}" for note in page.notes),
        "",
        _("Check code {code}").format(code=page.code),
    ]
    text = "\n".join(parts) + "\n"
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.encode()


def _table(page: SummaryPage) -> list[str]:
    return table(page.headers, [*page.rows, page.totals], right="." + "r" * (len(page.headers) - 1))


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
