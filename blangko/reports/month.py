"""The monthly report in words, and in every form: one page with its signatures, the days as its annex."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from blangko.core.entry import Entry
from blangko.core.month import Month, WeekSums
from blangko.core.requests import Request
from blangko.core.summary import SummaryRow, days_taken
from blangko.reports.answer import ask_by, lasts, on_order, use
from blangko.reports.letterhead import Signature, letterhead, signatures, signatures_side_by_side
from blangko.reports.population import ground_rows, grounds
from blangko.reports.rendered import html, page_inputs, typeset
from blangko.reports.sections import (
    DAY,
    DIFFERENCE,
    NUMBER,
    TEXT,
    WHOLE_DAY,
    Cell,
    Section,
    Told,
    newest,
    told,
)
from blangko.reports.square import square_svg
from blangko.reports.summary import SummaryPage, column_words, row_data, summary_data, summary_page
from blangko.reports.table import capital, cut, markdown_text, pairs, paragraph, table
from blangko.words.causes import spoil_cause
from blangko.words.language import _
from blangko.words.purposes import printed_for
from blangko.words.written import cards, count, day_and_month, plain, rate, written_day
from blangko.words.written import month as month_word

WEEK_FIGURES = ("received", "printed", "spoiled", "sent", "lost", "adjusted", "closing")
WEEK_ALWAYS = ("received", "printed", "spoiled", "sent", "closing")
SHOWN = 5
"""Of counts, minutes, reports and requests the newest so many; the others are told by their number."""
LONGEST_REFERENCE = 40


class MonthPage(NamedTuple):
    """The report in the language that is spoken; every cell is text already."""

    letterhead: Sequence[str]
    title: str
    period: str
    state: str
    draft: str
    verdict: str
    weeks: Told
    balance: str
    sections: Sequence[Told]
    requests: Told | None
    facts: Sequence[tuple[str, str]]
    notes: Sequence[str]
    signatures: Sequence[Signature]
    annex: Told
    closed: Sequence[bool]
    code: str
    whole_code: str


def month_page(month: Month) -> MonthPage:
    """Everything that the report says."""
    summary, days = month.summary, summary_page(month.summary)
    return MonthPage(
        letterhead=letterhead(summary.settings, summary.answer.office),
        title=_("Monthly report of blank KTP-el cards"),
        period=_period(month),
        state=days.state,
        draft=_("draft").upper() if days.is_draft else "",
        verdict=days.verdict,
        weeks=told(_weeks(month)),
        balance=days.balance,
        sections=[told(section) for section in month_sections(month)],
        requests=told(month_requests(month)) if month.requests else None,
        facts=_facts(month),
        notes=days.notes,
        signatures=signatures(summary.settings, summary.answer.as_of),
        annex=_annex(days),
        closed=days.closed,
        code=days.code,
        whole_code=days.whole_code,
    )


def _period(month: Month) -> str:
    summary = month.summary
    name = month_word(summary.first)
    if summary.answer.as_of >= summary.last:
        return name
    return _("{month}, up to {day}").format(month=name, day=written_day(summary.answer.as_of))


# --- The tables -----------------------------------------------------------------------------------


def _weeks(month: Month) -> Section:
    """What came and went in each week, between what there was before and what is left."""
    figures = [*(each.sums for each in month.weeks), month.summary.totals]
    shown = [name for name in WEEK_FIGURES if name in WEEK_ALWAYS or any(getattr(each, name) for each in figures)]
    words = column_words()
    kinds = "".join(DIFFERENCE if name == "adjusted" else NUMBER for name in shown)
    return Section(
        _("By weeks"),
        [_("Week"), *(words[name] for name in shown)],
        [
            [_("Before"), *[""] * (len(shown) - 1), month.summary.opening],
            *([week_word(each), *_moved(each.sums, shown)] for each in month.weeks),
        ],
        TEXT + kinds,
        [_("The month"), *_moved(month.summary.totals, shown)],
    )


def week_word(each: WeekSums) -> str:
    """2 – 8 Oct"""
    if each.first == each.last:
        return day_and_month(each.first)
    return f"{each.first.day} – {day_and_month(each.last)}"


def _moved(row: SummaryRow, shown: Sequence[str]) -> list[int | None]:
    """The figures of a row; what did not happen is a dash, and not a number."""
    return [getattr(row, name) if name == "closing" else getattr(row, name) or None for name in shown]


def month_sections(month: Month) -> list[Section]:
    """The small tables of the month, in the order in which they stand on the page."""
    sections = [_spoiled(month), _pile(month), _printed(month), _counts(month)]
    destroyed = Section(
        _("Destroyed, with minutes"),
        [_("Day"), _("Cards"), _("Minutes")],
        _papers(month.destroyed),
        DAY + NUMBER + TEXT,
    )
    sections.append(newest(destroyed, SHOWN, _("Nothing was destroyed this month.")))
    if month.lost:
        lost = Section(
            _("Lost, with a report"), [_("Day"), _("Cards"), _("Report")], _papers(month.lost), DAY + NUMBER + TEXT
        )
        sections.append(newest(lost, SHOWN))
    return sections


def _spoiled(month: Month) -> Section:
    sums, part, title = month.summary.totals, month.spoiled_share, _("Spoiled, by cause")
    if not month.spoiled_by_cause or part is None:
        return Section(title, [], [], "", words=[_("Nothing was spoiled this month.")])
    rows: list[list[Cell]] = [[capital(spoil_cause(cause)), number] for cause, number in month.spoiled_by_cause.items()]
    rate_said = _("{spoiled} of {used} cards printed or spoiled: {percent} %.").format(
        spoiled=count(sums.spoiled), used=count(sums.printed + sums.spoiled), percent=rate(100 * part)
    )
    foot: list[Cell] = [_("Total"), sums.spoiled]
    return Section(title, [_("Cause"), _("Cards")], rows, TEXT + NUMBER, foot, [rate_said])


def _pile(month: Month) -> Section:
    """The spoiled cards in the office's care, as a sum that can be done again."""
    words = {"spoil": _("Spoiled"), "destroy": _("Destroyed"), "send": _("Sent back"), "lose": _("Lost")}
    rows: list[list[Cell]] = [[_("Before"), month.spoiled_before]]
    rows += [[word, month.pile[kind]] for kind, word in words.items() if kind in month.pile]
    foot: list[Cell] = [_("Waiting for their minutes"), month.spoiled_held]
    return Section(_("Spoiled cards held"), ["", _("Cards")], rows, TEXT + NUMBER, foot)


def _printed(month: Month) -> Section:
    title = _("Printed, by purpose")
    if not month.printed_by_purpose:
        return Section(title, [], [], "", words=[_("Nothing was printed this month.")])
    rows: list[list[Cell]] = [
        [capital(printed_for(purpose)), number] for purpose, number in month.printed_by_purpose.items()
    ]
    foot: list[Cell] = [_("Total"), month.summary.totals.printed]
    return Section(title, [_("Purpose"), _("Cards")], rows, TEXT + NUMBER, foot)


def _counts(month: Month) -> Section:
    rows: list[list[Cell]] = [
        [seen.occurred_on, seen.counted_cards - seen.discrepancy_cards, seen.counted_cards, seen.discrepancy_cards]
        for seen in month.counts
    ]
    heads = [_("Day"), _("Book"), _("Counted"), _("Difference")]
    section = Section(_("Stock counts"), heads, rows, DAY + NUMBER + NUMBER + DIFFERENCE)
    return newest(section, SHOWN, _("The shelf was not counted this month."))


def _papers(entries: Sequence[Entry]) -> list[list[Cell]]:
    return [[entry.occurred_on, entry.cards or 0, _reference(entry.reference)] for entry in entries]


def _reference(text: str | None) -> str:
    return cut(plain(text or ""), LONGEST_REFERENCE)


def month_requests(month: Month) -> Section:
    """What was asked, granted and received of each request that was open in the month."""
    heads = [_("Letter"), _("Asked on"), _("Asked"), _("Granted"), _("Received"), _("Still to come"), _("Days")]
    rows = [_request(each, month.summary.answer.as_of) for each in month.requests]
    return newest(Section(_("Asked, granted, received"), heads, rows, TEXT + WHOLE_DAY + 5 * NUMBER), SHOWN)


def _request(request: Request, as_of: date) -> list[Cell]:
    return [
        _reference(request.reference) or _("no. {no}").format(no=request.request_no),
        request.requested_on,
        request.asked_cards,
        request.granted_cards,
        request.received_cards,
        _("closed") if request.closed else request.on_order_cards,
        days_taken(request, as_of),
    ]


def _facts(month: Month) -> list[tuple[str, str]]:
    """The use and what follows from it, who waits, and what the population says."""
    summary, answer = month.summary, month.summary.answer
    rows = [
        (_("On hand, {day}").format(day=day_and_month(answer.as_of)), cards(answer.on_hand_cards)),
        (_("Use"), use(answer)),
        (_("Lasts"), lasts(answer)),
        (_("On order"), on_order(answer)),
        (_("Ask by"), ask_by(answer)),
    ]
    return rows + ground_rows(grounds(summary.population, answer.waiting))


def _annex(days: SummaryPage) -> Told:
    """The days with their remarks; where nothing is to be said of any there is no column for it."""
    right = "." + "r" * (len(days.headers) - 1)
    if not any(days.remarks):
        return Told(_("Annex: the days"), days.headers, days.rows, right, days.totals, [])
    rows = [[*row, remark] for row, remark in zip(days.rows, days.remarks, strict=True)]
    return Told(_("Annex: the days"), [*days.headers, days.remark_header], rows, right + ".", [*days.totals, ""], [])


# --- As text ------------------------------------------------------------------------------------


def month_screen(month: Month) -> list[str]:
    """The report for a terminal of 80 columns."""
    page = month_page(month)
    lines = [*(line for head in page.letterhead for line in paragraph(head)), page.title]
    lines += [*paragraph(f"{page.period} ({page.state})"), "", *paragraph(page.verdict)]
    for section in (page.weeks, *page.sections, *([page.requests] if page.requests else [])):
        lines += ["", *_drawn(section)]
        if section is page.weeks:
            lines += paragraph(page.balance)
    lines += ["", *pairs(page.facts)]
    lines += ["", *(line for note in page.notes for line in paragraph(note, "  ", "- "))] if page.notes else []
    lines += ["", *_drawn(page.annex), "", *signatures_side_by_side(page.signatures)]
    return [*lines, "", _("Check code {code}").format(code=page.code)]


def _drawn(section: Told) -> list[str]:
    rows = [*section.rows, *([section.foot] if section.foot else [])]
    drawn = table(section.headers, rows, right=section.right) if section.headers else []
    return [section.title, *drawn, *(line for text in section.words for line in paragraph(text))]


def month_markdown(month: Month) -> bytes:
    """The report as markdown, for a message or a wiki."""
    page = month_page(month)
    parts = [*(f"**{markdown_text(line)}**  " for line in page.letterhead), "", f"# {page.title}", ""]
    parts += [f"{page.period} ({page.state})", "", f"**{markdown_text(page.verdict)}**"]
    for section in (page.weeks, *page.sections, *([page.requests] if page.requests else [])):
        parts += ["", *_told_in_markdown(section)]
        if section is page.weeks:
            parts += ["", page.balance]
    parts += ["", *(f"- {name}: {markdown_text(text)}" for name, text in page.facts)]
    parts += [f"- {markdown_text(note)}" for note in page.notes]
    parts += ["", *_told_in_markdown(page.annex), "", _("Check code {code}").format(code=page.code), ""]
    return "\n".join(parts).encode()


def _told_in_markdown(section: Told) -> list[str]:
    rows = [*section.rows, *([section.foot] if section.foot else [])]
    cells = [[markdown_text(cell) for cell in row] for row in rows]
    drawn = table(section.headers, cells, right=section.right, form="pipe") if section.headers else []
    return [f"## {section.title}", "", *drawn, *(["", *section.words] if section.words else [])]


# --- As data ------------------------------------------------------------------------------------


def month_data(month: Month, status: dict[str, Any]) -> dict[str, Any]:
    """The keys of the summary of these days, and what only a month tells."""
    return {
        **summary_data(month.summary, status),
        "weeks": [
            {
                "from": each.first,
                "to": each.last,
                **{name: value for name, value in row_data(each.sums).items() if name not in ("day", "open")},
            }
            for each in month.weeks
        ],
        "spoiled_by_cause": {cause or "not_said": number for cause, number in month.spoiled_by_cause.items()},
        "spoiled_share": None if month.spoiled_share is None else round(month.spoiled_share, 4),
        "spoiled_before_cards": month.spoiled_before,
        "printed_by_purpose": {purpose or "not_said": number for purpose, number in month.printed_by_purpose.items()},
        "counts": [seen._asdict() for seen in month.counts],
        "destroyed": [_paper_data(entry) for entry in month.destroyed],
        "lost": [_paper_data(entry) for entry in month.lost],
    }


def _paper_data(entry: Entry) -> dict[str, Any]:
    return {
        "entry_no": entry.entry_no,
        "occurred_on": entry.occurred_on,
        "cards": entry.cards,
        "reference": entry.reference,
    }


# --- As pages -----------------------------------------------------------------------------------


def month_html(month: Month, part: bool = False) -> bytes:
    """One self-contained file, readable on a phone; or a `part` of a page of ours.

    Raises:
        MissingExtra: jinja2 or segno is not installed.
    """
    page = month_page(month)
    return html("month.html", page, "", square_svg(page.whole_code, "HTML"), part)


def month_pdf(month: Month) -> bytes:
    """The report on A4, its days on a page of their own.

    Raises:
        MissingExtra: typst or segno is not installed.
    """
    return typeset("month.typ", month.summary.answer.as_of, "pdf", **page_inputs(month_page(month), "PDF"))


def month_png(month: Month) -> bytes:
    """The first page as a picture, for a message.

    Raises:
        MissingExtra: typst or segno is not installed.
    """
    return typeset("month.typ", month.summary.answer.as_of, "png", **page_inputs(month_page(month), "PNG"))
