"""What happens around a command that writes.

It gets a `Writing`: the day it speaks of, who writes, and the way to the book.
"""

import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any

import typer
from typer import Option

from blangko import config
from blangko.cli.saving import save
from blangko.cli.screen import ask_to_go_on, complain, say, somebody_is_there
from blangko.cli.task import Task, options, taken
from blangko.core.rules import seen_name
from blangko.errors import BlangkoError, MissingWord, TooManyWords
from blangko.errors.rules import NameNeeded, NeedsYes, ReasonNeeded
from blangko.stockroom import Book, open_book
from blangko.stockroom.desk import Desk, Posted, writer
from blangko.words.language import N_, _
from blangko.words.typed import typed_date


class Writing(typer.Context):
    """What a writing command works with: where the book is, the day it speaks of, and who writes.

    It is the context of the command, since Typer hands that to a function whose first parameter is annotated with it.
    """

    on: date
    desk: Desk
    words: tuple[str, ...]
    """The command's words as they were typed."""
    said: tuple[str, ...]
    """The options given that go into an entry."""

    @property
    def place(self) -> str:
        """Where the book is."""
        return str(self.obj)

    def named_office(self) -> str | None:
        """The code of the office that was named before the command."""
        assert self.parent, "a command belongs to the program"
        return config.named_office(self.parent.params["office"])

    def writes_nothing(self) -> None:
        """Refuse what would go into an entry, where the command writes none.

        Raises:
            TooManyWords: Something of that kind was given.
        """
        if self.said:
            raise TooManyWords(unexpected=self.said[0])

    def day(self, text: str) -> date:
        """A day that may lie ahead: a promise, a closure."""
        return typed_date(text, self.desk.today, ahead=True)

    def optional_day(self, text: str | None) -> date | None:
        """The same, where the option may be missing."""
        return None if text is None else self.day(text)

    def record(self, task: Callable[[Book, Desk], Posted], request: bool = False) -> Posted:
        """Do the task, answer the book's questions when somebody is there to answer, and say what follows.

        The task is one transaction; it is done again from the start after a yes.
        """
        with open_book(self.place) as book:
            try:
                posted = task(book, self.desk)
            except NeedsYes as doubts:
                if not _is_right_all_the_same(doubts):
                    raise
                posted = task(book, self.desk._replace(yes=True))
            _acknowledge(posted)
            try:
                _say_what_follows(book, self.desk.today, posted, request)
            except BlangkoError as error:
                # The entry stands. An exit code of failure would have it written a second time.
                complain(error)
            return posted

    def save_beside(self, output: str, made: bytes) -> None:
        """Save what goes with an entry that stands already; a failure is told, but is no failure of the entry."""
        try:
            save(output, made, self.place)
        except BlangkoError as error:
            complain(error)


def _is_right_all_the_same(doubts: NeedsYes) -> bool:
    from blangko.words.refusals import question_told

    return ask_to_go_on("\n".join(question_told(question) for question in doubts.questions))


def _acknowledge(posted: Posted) -> None:
    from blangko.reports.ledger import written

    if posted.repeated:
        say(_("This key was written before; nothing was written a second time."))
    for sentence in written(posted.entries):
        say(sentence)
    sys.stdout.flush()


def _say_what_follows(book: Book, today: date, posted: Posted, request: bool) -> None:
    from blangko.core.answer import answer
    from blangko.reports.answer import follows
    from blangko.reports.outcome import outcome, request_meant
    from blangko.stockroom.look import facts, request_of

    known = facts(book, today, posted)
    status = answer(known).status
    number = request_meant(posted.entries) if request else None
    for sentence in outcome(posted.entries, known, status, request_of(book, number) if number else None):
        say(sentence)
    say(follows(status), status.level)


Yes = Annotated[bool, Option("--yes", "-y", help=N_("answer the book's questions with yes"))]


def _begin(
    writing: Writing,
    on: Annotated[str | None, Option(metavar="DATE", help=N_("the day meant; today unless given"))] = None,
    note: Annotated[str | None, Option(metavar="TEXT", help=N_("a remark that stays with the entry"))] = None,
    by: Annotated[str | None, Option(metavar="NAME", help=N_("who writes; the computer's user unless given"))] = None,
    key: Annotated[str | None, Option(metavar="TEXT", help=N_("makes a retry safe: one key, one entry"))] = None,
    yes: Yes = False,
) -> None:
    today = config.today()
    name = seen_name(by or "")
    writing.desk = Desk(today, config.now_utc(), writer(name, config.account()), note, key, yes, bool(name))
    writing.on = typed_date(on, today) if on is not None else today
    given = {"--on": on, "--note": note, "--by": by, "--key": key}
    writing.said = tuple(option for option, value in given.items() if value is not None)


class WritingTask(Task):
    """A command that writes: has --on, --note, --by, --key and --yes, and is called with a `Writing`."""

    context_class = Writing

    def shared(self) -> list[Any]:
        return [*super().shared(), *options(_begin)]

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        words = list(args)
        while True:
            try:
                made = super().make_context(info_name, list(words), parent, **extra)
            except typer.BadParameter as error:
                # Typer knows which of them misses a value by a class that it does not show.
                if type(error).__name__ != "MissingParameter" or not somebody_is_there():
                    raise
                words = self._completed(words, [error.param])
                continue
            assert isinstance(made, Writing), "the context of a command that writes"
            made.words = tuple(words)
            return made

    def invoke(self, ctx: Any) -> Any:
        while True:
            try:
                return self._do(ctx)
            except (MissingWord, ReasonNeeded, NameNeeded) as error:
                lacking = self._lacking(error)
                if not lacking or not somebody_is_there():
                    raise
                words = self._completed(ctx.words, lacking)
                if words == list(ctx.words):
                    raise
                ctx = self.make_context(ctx.info_name, words, ctx.parent)

    def _do(self, ctx: Any) -> Any:
        _begin(ctx, **taken(ctx, ("on", "note", "by", "key", "yes")))
        return super().invoke(ctx)

    def _lacking(self, error: BlangkoError) -> list[Any]:
        from blangko.cli.asking import lacking

        names = lacking(error)
        return [each for each in self.params if not {*names}.isdisjoint(_names(each))]

    def _completed(self, words: Sequence[str], params: Sequence[Any]) -> list[str]:
        from blangko.cli.asking import completed

        return completed(words, params)


def _names(param: Any) -> list[str]:
    """What a refusal calls it: an option by its names, a word by what stands for it in the help."""
    return list(param.opts) if param.param_type_name == "option" else [param.metavar]
