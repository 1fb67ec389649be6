"""What a command that answers supposes: the options --if-receive, --if-quota, --if-extra and --if-request.

A command of the kind `SupposingTask` gets them in its context, a `Supposing`; it asks `core.suppose`, writing nothing.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any, TypeVar

import typer
from typer import Option

from blangko import config
from blangko.cli.reading import ReadingTask
from blangko.cli.task import options, taken
from blangko.core.facts import Arrival, Campaign, Suppositions
from blangko.core.numbers import cards
from blangko.errors import BackwardsPeriod, NotADate, NotASupposition, NotWholeNumber, TwoSuppositions
from blangko.words.language import N_
from blangko.words.typed import typed_date

Read = TypeVar("Read")
_FORMS = {
    "--if-receive": "500@2017-11-06",
    "--if-quota": "100",
    "--if-extra": "150@2017-11-03..2017-11-14",
    "--if-request": "2017-11-01",
}
"""How each of them is written."""


class Supposing(typer.Context):
    """What such a command works with: `supposed` is None where nothing is supposed."""

    supposed: Suppositions | None

    @property
    def place(self) -> str:
        """Where the book is."""
        return str(self.obj)


class SupposingTask(ReadingTask):
    """A command that answers, also what would be if."""

    context_class = Supposing

    def shared(self) -> list[Any]:
        return [*options(suppositions_asked), *super().shared()]

    def invoke(self, ctx: Any) -> Any:
        ctx.supposed = suppositions_asked(**taken(ctx, ("receive_if", "quota_if", "extra_if", "request_if")))
        return super().invoke(ctx)


def suppositions_asked(
    receive_if: Annotated[
        list[str] | None,
        Option("--if-receive", metavar="N@DATE", help=N_("suppose so many cards are there on that day")),
    ] = None,
    quota_if: Annotated[
        list[str] | None, Option("--if-quota", metavar="N", help=N_("suppose at most so many are given out a day"))
    ] = None,
    extra_if: Annotated[
        list[str] | None,
        Option("--if-extra", metavar="N@DATE..DATE", help=N_("suppose so many more are wanted on each working day")),
    ] = None,
    request_if: Annotated[
        list[str] | None, Option("--if-request", metavar="DATE", help=N_("suppose cards are asked for on that day"))
    ] = None,
) -> Suppositions | None:
    """What is supposed; None where nothing is.

    Raises:
        NotASupposition: It is not written as it should be.
        TwoSuppositions: Two quotas, or two requests on one day.
        NumberOutOfRange: None or less than none are supposed.
        BackwardsPeriod: The last day comes before the first.
    """
    if not (receive_if or quota_if or extra_if or request_if):
        return None
    quotas = [_number("--if-quota", text, text) for text in quota_if or ()]
    requests = [_day("--if-request", text, text) for text in request_if or ()]
    _refuse_two("--if-quota", quota_if or ())
    _refuse_two("--if-request", [text for text, day in zip(request_if or (), requests, strict=True)
                                 if requests.count(day) > 1])  # fmt: skip
    return Suppositions(
        tuple(Arrival(day, number) for number, day in map(_delivery, receive_if or ())),
        quotas[0] if quotas else None,
        tuple(map(_campaign, extra_if or ())),
        tuple(requests),
    )


def _refuse_two(option: str, texts: Sequence[str]) -> None:
    if len(texts) > 1:
        raise TwoSuppositions(option=option, one=texts[0], other=texts[1])


def _delivery(text: str) -> tuple[int, date]:
    number, at, day = text.partition("@")
    if not at:
        raise _not_understood("--if-receive", text)
    return _number("--if-receive", number, text), _day("--if-receive", day, text)


def _campaign(text: str) -> Campaign:
    number, at, days = text.partition("@")
    begin, dots, end = days.partition("..")
    if not at:
        raise _not_understood("--if-extra", text)
    first = _day("--if-extra", begin, text)
    last = _day("--if-extra", end, text) if dots else first
    if last < first:
        raise BackwardsPeriod(first=first, last=last)
    return Campaign(_number("--if-extra", number, text), first, last)


def _number(option: str, text: str, whole: str) -> int:
    return _read(option, whole, lambda: cards(text, least=1))


def _day(option: str, text: str, whole: str) -> date:
    return _read(option, whole, lambda: typed_date(text, config.today(), ahead=True))


def _read(option: str, whole: str, reading: Callable[[], Read]) -> Read:
    try:
        return reading()
    except (NotWholeNumber, NotADate) as error:
        raise _not_understood(option, whole) from error


def _not_understood(option: str, text: str) -> NotASupposition:
    return NotASupposition(option=option, text=text, form=_FORMS[option])
