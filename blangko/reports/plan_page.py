"""The plan as one page: what the head of the office has to decide, each with its sums, and a picture of what follows.

The same book and date give the same bytes: no clock, no fonts of the machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from blangko.core.answer import forecast_days
from blangko.core.codes import check_code, whole_code
from blangko.core.plan import Plan
from blangko.core.status import Status
from blangko.core.suppose import Supposed
from blangko.reports.answer import (
    ask_by,
    granted,
    lasts,
    loans,
    not_written,
    on_order,
    reorder_level,
    risk,
    run_out,
    sum_rows,
    use,
    verdict,
)
from blangko.reports.forecast import sum_in_words
from blangko.reports.letterhead import letterhead
from blangko.reports.plan import (
    queue_rows,
    ration_rows,
    target_rows,
    target_title,
    target_verdict,
    to_be_sure,
    what_now,
)
from blangko.reports.plan_chart import plan_chart
from blangko.reports.plan_supposed import changes
from blangko.reports.population import ground_rows, grounds, grounds_said
from blangko.reports.rendered import html, page_inputs, typeset
from blangko.reports.square import square_svg
from blangko.reports.suppose import figure_headers, in_one_sentence, remark_sentences, supposed_sentence
from blangko.reports.table import capital
from blangko.words.language import _
from blangko.words.written import cards, day, long_day

Rows = Sequence[tuple[str, str]]


class Decision(NamedTuple):
    """One thing to decide: the question, the answer, and what that rests on.

    `sum` can be added up, its result below; `levels` are numbers beside each other, `rows` named figures.
    """

    question: str
    answer: str
    sum: Rows = ()
    levels: Rows = ()
    rows: Rows = ()
    words: Sequence[str] = ()


class PlanPaper(NamedTuple):
    """The plan that the page tells; of one that is only supposed, also what was supposed and the plan without it."""

    plan: Plan
    supposed: Supposed | None = None
    before: Plan | None = None


class Supposition(NamedTuple):
    """What is only supposed, in sentences, and each figure that changes: as it is, as it would be, and by how much."""

    title: str
    sentences: Sequence[str]
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]


class PlanPage(NamedTuple):
    """The page in the language that is spoken; every cell is text already."""

    letterhead: Sequence[str]
    title: str
    day: str
    supposition: Supposition | None
    decisions: Sequence[Decision]
    queue_title: str
    queue: Rows
    caption: str
    advice_title: str
    advice: Sequence[str]
    code: str
    whole_code: str


def plan_page(paper: PlanPaper) -> PlanPage:
    """Everything that the page says."""
    shown, status = paper.plan, paper.plan.status
    decisions = [_when(shown), _how_many(shown), _ration(shown), _target(shown)]
    return PlanPage(
        letterhead=letterhead(shown.answer.facts.settings, status.office),
        title=_("Plan for blank KTP-el cards"),
        day=long_day(status.as_of),
        supposition=_supposition(paper),
        decisions=decisions,
        queue_title=_("The queue") if status.waiting else "",
        queue=queue_rows(shown) if status.waiting else [],
        caption=_caption(shown),
        advice_title=_("What now"),
        advice=_advice(shown, decisions),
        code=check_code(status.seal, status.last_entry_no),
        whole_code=whole_code(status.seal, status.last_entry_no),
    )


# --- What is only supposed ------------------------------------------------------------------------


def _supposition(paper: PlanPaper) -> Supposition | None:
    """What is supposed, before and after; None where the plan speaks of the book as it is."""
    if paper.supposed is None or paper.before is None:
        return None
    return Supposition(
        _("A supposition, and not what the book says"),
        [supposed_sentence(paper.supposed), in_one_sentence(paper.supposed), *remark_sentences(paper.supposed)],
        figure_headers(),
        changes(paper.supposed, paper.before, paper.plan),
    )


# --- The four decisions ---------------------------------------------------------------------------


def _when(shown: Plan) -> Decision:
    status = shown.status
    rows = [
        (_("On hand"), cards(status.on_hand_cards)),
        (_("On order"), on_order(status)),
        (_("Use"), use(status)),
        (_("Lasts"), lasts(status)),
        (_("Run-out day"), run_out(status)),
        (_("Ask by"), ask_by(status)),
    ]
    if status.risk_if_requested_today is not None:
        rows.append((_("Risk"), risk(status)))
    ahead = forecast_days(shown.answer)
    words = [" ".join(sum_in_words(status, ahead))] if ahead else []
    return Decision(_("When to go"), verdict(status), rows=rows, words=[*words, *filter(None, [not_written(status)])])


def _number_asked(status: Status) -> str:
    """The number; without one whether none is needed, or none can be told from a use that nobody knows."""
    if status.ask:
        return cards(status.ask.cards)
    return _("Nothing need be asked for yet.") if status.cards_per_workday else capital(_("not known"))


def _how_many(shown: Plan) -> Decision:
    status = shown.status
    rows = loans(status)
    if status.reorder_level_cards is not None:
        rows.append((_("Reorder level"), reorder_level(status)))
    return Decision(
        _("How much to ask for, and on what ground"),
        _number_asked(status),
        sum=[(capital(words), number) for words, number in sum_rows(status)],
        levels=ground_rows(grounds(shown.answer.facts.population, status.waiting)),
        rows=rows,
        words=[*filter(None, [granted(status)])],
    )


def _ration(shown: Plan) -> Decision:
    question, held = _("What to ration until then"), shown.ration
    if held is None:
        return Decision(question, _("Not known: too few days are written down."))
    if shown.status.shelf_cards <= 0:
        return Decision(
            question, _("Nothing: the shelf is empty. More is likely on {day}.").format(day=day(held.until))
        )
    if not held.is_needed and held.is_risk_accepted:
        return Decision(question, _("Nothing: the cards last until {day}.").format(day=day(held.until)))
    if not held.is_needed:
        said = _("Nothing yet: the cards probably last until {day}.").format(day=day(held.until))
        return Decision(question, said, rows=to_be_sure(held))
    said = _("{cards} on {day}").format(cards=cards(held.cards_per_day), day=day(held.on))
    return Decision(question, said, rows=[(_("Until"), day(held.until)), *ration_rows(held)])


def _target(shown: Plan) -> Decision:
    question = _("What to tell about the target")
    if shown.target is None:
        hint = _("With one: blangko plan --coverage PERCENT --by DATE")
        return Decision(question, _("No target was named."), words=[hint])
    said = target_verdict(shown.target) or target_title(shown.target)
    return Decision(question, said, rows=target_rows(shown.target))


def _advice(shown: Plan, decisions: Sequence[Decision]) -> list[str]:
    """What to do now, as far as no decision says it."""
    said = {text for each in decisions for text in (each.answer, *each.words)}
    said.update(grounds_said(grounds({}, shown.status.waiting)))
    return [sentence for sentence in what_now(shown) if sentence not in said]


def _caption(shown: Plan) -> str:
    if not shown.rows:
        return ""
    if shown.supply is None:
        return _("As if nothing comes but what is on order: how much comes in a week is not known yet.")
    return _("With what is on order, and what usually comes in a week.")


# --- The forms ------------------------------------------------------------------------------------


def plan_html(paper: PlanPaper) -> bytes:
    """One self-contained file, readable on a phone.

    Raises:
        MissingExtra: jinja2 or segno is not installed.
    """
    page = plan_page(paper)
    return html("plan.html", page, plan_chart(paper.plan), square_svg(page.whole_code, "HTML"))


def plan_pdf(paper: PlanPaper) -> bytes:
    """The page on A4.

    Raises:
        MissingExtra: typst or segno is not installed.
    """
    return typeset("plan.typ", paper.plan.status.as_of, "pdf", **_inputs(paper, "PDF"))


def plan_png(paper: PlanPaper) -> bytes:
    """The page as a picture, for a message.

    Raises:
        MissingExtra: typst or segno is not installed.
    """
    return typeset("plan.typ", paper.plan.status.as_of, "png", **_inputs(paper, "PNG"))


def _inputs(paper: PlanPaper, form: str) -> dict[str, str]:
    return page_inputs(plan_page(paper), form, chart=plan_chart(paper.plan))
