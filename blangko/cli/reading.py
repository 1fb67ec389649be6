"""What happens around a command that answers: it returns a `Page`, which is shown or saved in the form asked for."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Annotated, Any, NamedTuple

import typer
from typer import Option

from blangko.cli.colour import Headline, coloured, shows_colour
from blangko.cli.saving import save
from blangko.cli.task import Task, options, taken
from blangko.errors import NeedsFile, UnknownFormat
from blangko.words.language import _
from blangko.words.typed import one_of
from blangko.words.written import harmless


class Page(NamedTuple):
    """An answer in every form, each made only when it is asked for: lines of text, data, and columns with rows.

    `files` are further forms, as bytes; every answer is a workbook too, with sums under the columns in `summed`.
    `record` writes into the book that the answer is given; it is called when nothing else can fail any more.
    """

    text: Callable[[], list[str]]
    data: Callable[[], Any]
    rows: Callable[[], tuple[Sequence[str], list[list[Any]]]]
    exit_code: int = 0
    files: Mapping[str, Callable[[], bytes]] = MappingProxyType({})
    summed: Sequence[str] = ()
    record: Callable[[], object] = lambda: None
    headline: Headline | None = None
    """The paragraph of the text that says how urgent it is; coloured so at a terminal."""


def forms(answer: object, makers: Mapping[str, str]) -> dict[str, Callable[[], bytes]]:
    """Further forms of an answer, each made by a `module.function` of `reports`, imported when it is asked for."""

    def made(maker: str) -> Callable[[], bytes]:
        def make() -> bytes:
            module, _, name = maker.partition(".")
            done: bytes = getattr(import_module(f"blangko.reports.{module}"), name)(answer)
            return done

        return make

    return {form: made(maker) for form, maker in makers.items()}


SCREEN_FORMATS = ("table", "json", "csv", "markdown", "excel-csv", "html")
READ_AS_IT_COMES = ("table", "markdown", "html")
FORMATS = (*SCREEN_FORMATS, "xlsx", "pdf", "png", "docx", "ics", "sql")
EVERY_ANSWER = ("table", "json", "csv", "markdown", "excel-csv", "xlsx")
"""The forms of every answer; the others are forms of some, whose tasks name them."""
_ENDINGS = {
    ".txt": "table",
    ".json": "json",
    ".csv": "csv",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xlsx": "xlsx",
    ".pdf": "pdf",
    ".png": "png",
    ".docx": "docx",
    ".ics": "ics",
    ".sql": "sql",
}
_FORMAT_WORDS = {"md": "markdown", "tabel": "table", "text": "table", "excel": "xlsx"}


class ReadingTask(Task):
    """A command that answers: has --format and --output, and shows the `Page` it returns, if it returns one."""

    more_forms: tuple[str, ...] = ()
    """What its pages come in beside the forms of every answer, for the help: the keys of their `files`."""
    is_short = False
    """Whether its answer is shown at once and whole, however low the window is."""

    def shared(self) -> list[Any]:
        form, output = options(form_asked)
        form.help = ", ".join(all_forms(self.more_forms))
        output.help = _("into a file: {endings}").format(endings=" ".join(endings_of(self.more_forms)))
        return [*super().shared(), form, output]

    def invoke(self, ctx: Any) -> None:
        asked = taken(ctx, ("form", "output"))
        try:
            form = form_asked(**asked)
        except UnknownFormat as error:
            raise UnknownFormat(ending=error.ending, endings=endings_of(self.more_forms)) from None
        page: Page | None = super().invoke(ctx)
        if page is not None:
            _hand_out(page, form, asked["output"], ctx.obj, self.is_short)


def all_forms(more: Iterable[str]) -> list[str]:
    """The forms of every answer, and those that one has beside them."""
    return list(dict.fromkeys((*EVERY_ANSWER, *more)))


def endings_of(more: Iterable[str]) -> tuple[str, ...]:
    """The usual endings of files in those forms; Excel's CSV shares that of the other one and is asked for with -f."""
    usual = {form: ending for ending, form in reversed(_ENDINGS.items())}
    return tuple(usual[form] for form in all_forms(more) if form in usual)


def _hand_out(page: Page, form: str, output: str | None, place: str, is_short: bool) -> None:
    made = _rendered(page, form, output)
    if output is not None:
        save(output, made, place, page.record)
    else:
        page.record()
        _show(_for_the_eye(made.decode(), page.headline if form == "table" else None), is_short)
    if page.exit_code:
        raise typer.Exit(page.exit_code)


def _show(text: str, is_short: bool) -> None:
    if is_short or not sys.stdout.isatty():
        sys.stdout.write(text)
        return
    from blangko.cli import pager

    pager.show(text)


def _for_the_eye(text: str, headline: Headline | None) -> str:
    """The text as the terminal shows it; byte for byte the same where there is none."""
    return "\n".join(coloured(text.split("\n"), headline)) if headline and shows_colour(sys.stdout) else text


def form_asked(
    form: Annotated[str | None, Option("-f", "--format", metavar="FORMAT")] = None,
    output: Annotated[str | None, Option("-o", "--output", metavar="FILE")] = None,
) -> str:
    if form is not None:
        chosen = one_of("--format", form, FORMATS, _FORMAT_WORDS) or "table"
        if output is None and chosen not in SCREEN_FORMATS:
            raise NeedsFile(form=chosen)
        return chosen
    if output is None:
        return "table"
    ending = os.path.splitext(output)[1].lower()
    if ending not in _ENDINGS:
        raise UnknownFormat(ending=ending or output, endings=tuple(_ENDINGS))
    return _ENDINGS[ending]


def _rendered(page: Page, form: str, output: str | None) -> bytes:
    made = _made(page, form, output)
    # A book from elsewhere may hold any text, even where a command would have chosen the words. What people read as it
    # comes is looked at once more; the other forms have rules of their own for signs that steer.
    return harmless(made.decode()).encode() if form in READ_AS_IT_COMES else made


def _made(page: Page, form: str, output: str | None) -> bytes:
    from blangko.reports import machine

    if form in page.files:
        return page.files[form]()
    if form == "xlsx":
        from blangko.reports.workbook import table_workbook

        return table_workbook("blangko", *page.rows(), page.summed)
    if form == "json":
        return machine.as_json(page.data()).encode()
    if form == "csv":
        return machine.as_csv(*page.rows()).encode()
    if form == "excel-csv":
        return machine.as_excel_csv(*page.rows())
    if form == "markdown":
        return machine.as_markdown(*page.rows()).encode()
    if form == "table":
        return ("\n".join(page.text()) + "\n").encode()
    ending = form if output is None else os.path.splitext(output)[1] or form
    raise UnknownFormat(ending=ending, endings=endings_of(page.files))
