"""The planner: what follows from the answer for those who wait, for a target, and until more cards come."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer
from typer import Option

from blangko import config
from blangko.cli.arguments import optional_cards, optional_day
from blangko.cli.colour import Headline, supposed_headline
from blangko.cli.reading import Page, forms
from blangko.cli.supposing import Supposing, SupposingTask
from blangko.core.answer import answer
from blangko.core.facts import Facts, Stated, Suppositions
from blangko.core.target import Wanted, refuse_nonsense
from blangko.stockroom import look, open_book
from blangko.words.language import N_
from blangko.words.typed import typed_coverage

commands = typer.Typer()
_FORMS = {
    "html": "plan_page.plan_html",
    "pdf": "plan_page.plan_pdf",
    "png": "plan_page.plan_png",
    "xlsx": "plan_workbook.plan_workbook",
}


class PlanTask(SupposingTask):
    """The plan is a page as well."""

    more_forms = tuple(_FORMS)


@commands.command("plan", cls=PlanTask)
def plan(
    asking: Supposing,
    coverage: Annotated[
        str | None,
        Option("--coverage", metavar="PERCENT", help=N_("so many of those who must have a card are to be recorded")),
    ] = None,
    by: Annotated[str | None, Option("--by", metavar="DATE", help=N_("the day of that target"))] = None,
    teams: Annotated[str | None, Option("--teams", metavar="N", help=N_("teams or desks that record"))] = None,
    per_team: Annotated[
        str | None, Option("--per-team", metavar="N", help=N_("recordings a day of each of them"))
    ] = None,
    ration_until: Annotated[
        str | None, Option("--ration-until", metavar="DATE", help=N_("until then the cards at hand are to last"))
    ] = None,
) -> Page:
    today = config.today()
    wanted = Wanted(
        typed_coverage(coverage) if coverage is not None else None,
        optional_day(by, today),
        optional_cards(teams, 1),
        optional_cards(per_team, 1),
        optional_day(ration_until, today),
    )
    refuse_nonsense(wanted, today)
    with open_book(asking.place) as book:
        known = look.facts(book, today, clock=config.time_of_day())
        recorded, usual = look.recorded(book, today), look.printed_for(book, known)
    if asking.supposed:
        return _supposed(known, asking.supposed, wanted, recorded, usual)
    return _plan(known, wanted, recorded, usual)


def _plan(known: Facts, wanted: Wanted, recorded: Sequence[Stated], usual: Mapping[str, int]) -> Page:
    from blangko.core.plan import plan as planned
    from blangko.reports.plan import plan_screen
    from blangko.reports.plan_data import PLAN_COLUMNS, plan_data, plan_rows
    from blangko.reports.plan_page import PlanPaper

    shown = planned(answer(known), wanted, recorded, usual)
    return Page(
        lambda: plan_screen(shown),
        lambda: plan_data(shown),
        lambda: (PLAN_COLUMNS, plan_rows(shown.rows)),
        files=forms(PlanPaper(shown), _FORMS),
        headline=Headline(shown.status.level),
    )


def _supposed(
    known: Facts, asked: Suppositions, wanted: Wanted, recorded: Sequence[Stated], usual: Mapping[str, int]
) -> Page:  # fmt: skip
    """The plan as it would be; the data hold the one without what is supposed as well."""
    from blangko.core.plan import plan as planned
    from blangko.core.suppose import compared
    from blangko.reports.plan_data import PLAN_COLUMNS, plan_data, plan_rows
    from blangko.reports.plan_page import PlanPaper
    from blangko.reports.plan_supposed import supposed_plan_screen
    from blangko.reports.suppose import both

    seen = compared(known, asked)
    before, after = (planned(each, wanted, recorded, usual) for each in (seen.before, seen.after))
    return Page(
        lambda: supposed_plan_screen(seen, before, after),
        lambda: both(seen, plan_data(before), plan_data(after)),
        lambda: (PLAN_COLUMNS, plan_rows(after.rows)),
        files=forms(PlanPaper(after, seen, before), _FORMS),
        headline=supposed_headline(after.status.level),
    )
