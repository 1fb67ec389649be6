"""The overview of all offices."""

import typer

from blangko import config
from blangko.cli.reading import Page, ReadingTask, forms

commands = typer.Typer()


class OverviewTask(ReadingTask):
    """An overview is hung on a wall too."""

    more_forms = ("html", "pdf")


@commands.command("overview", cls=OverviewTask)
def overview(ctx: typer.Context) -> Page:
    from blangko.reports.overview import ROW_COLUMNS, overview_data, overview_rows, overview_screen
    from blangko.stockroom.overview import overview as seen

    shown = seen(ctx.obj, config.today(), config.time_of_day(), config.local_day)
    files = {
        "html": "overview_page.overview_html",
        "pdf": "overview_page.overview_pdf",
        "xlsx": "overview_workbook.overview_workbook",
    }
    return Page(
        lambda: overview_screen(shown),
        lambda: overview_data(shown),
        lambda: (ROW_COLUMNS, overview_rows(shown)),
        files=forms(shown, files),
    )
