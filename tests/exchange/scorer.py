"""Scores the import on sheets as clerks keep them: `python -m tests.exchange.scorer` prints the table.

Four points for a sheet whose lines all stand in the book and nothing else, with no answer or with those that the
refusal itself asked for; two when a part stands there and the rest is told; one for a refusal with the right reason;
none for another refusal; four less for anything in the book that is not true, a true line missing without a word, a
sheet that counts again when it comes again, or a crash. A sheet that nobody can read earns its four by the right
refusal.
"""

import contextlib
import io
import json
import os
import re
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from blangko import config
from blangko.cli.app import main
from tests.exchange import sheets_of_clerks
from tests.exchange.office_days import TODAY, Sheet, Truth

FULL, PART, REFUSED, NOTHING, SILENT = 4, 2, 1, 0, -4
OPENED_ON = "2017-07-03"
ROUNDS = 4
"""So many questions a clerk answers about one sheet."""
MOVEMENTS = {"receive", "print", "spoil", "send", "destroy", "lose", "adjust"}
NOT_READ = r"not read|left out|not understood|skipped"


class Said(NamedTuple):
    """How a command ended, and all that it said."""

    code: int
    text: str


class Score(NamedTuple):
    """What one sheet earned and why."""

    sheet: Sheet
    points: int
    why: str
    said: str


@contextlib.contextmanager
def desk(folder: Path) -> Iterator[None]:
    """The clock stands on the afternoon of the day on which the sheets are read; the book lies in the folder."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("BLANGKO_")]:
            patch.delenv(name)
        patch.setattr(config, "_now", lambda: datetime.fromisoformat(f"{TODAY}T09:00:00Z"))
        patch.setattr(sys, "stdin", io.StringIO())
        for name, value in {
            "BLANGKO_TODAY": str(TODAY), "BLANGKO_LANG": "en", "NO_COLOR": "1", "COLUMNS": "250",
            "BLANGKO_DB": str(folder / "book.db"),
        }.items():  # fmt: skip
            patch.setenv(name, value)
        yield


def run(*words: object) -> Said:
    """Run a command in this process."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            code = main([str(word) for word in words])
        except Exception as error:
            return Said(70, f"{out.getvalue()}\nTraceback: {type(error).__name__}: {error}")
    return Said(code, out.getvalue())


def in_the_book() -> Truth:
    """The cards by day and kind that stand in the book, without its opening and without what was reversed."""
    rows = json.loads(run("card", "-f", "json").text)["rows"]
    gone = {row["reverses_no"] for row in rows if row["reverses_no"]}
    cards: Truth = defaultdict(int)
    for row in rows:
        if row["kind"] in MOVEMENTS and row["entry_no"] not in gone and row["cards"]:
            cards[date.fromisoformat(row["occurred_on"]), row["kind"]] += row["cards"]
    return dict(cards)


def fresh_book(folder: Path, sheet: Sheet) -> None:
    """A book with the cards that the sheet begins with."""
    kept = folder / f"opened-{sheet.opening_cards}.db"
    book = folder / "book.db"
    if not kept.exists():
        book.unlink(missing_ok=True)
        started = run("init", "--office", "Disdukcapil Uji", "--code", "61.03", "--opening", sheet.opening_cards,
                      "--on", OPENED_ON)  # fmt: skip
        assert started.code == 0, started.text
        shutil.copy(book, kept)
    shutil.copy(kept, book)


def taken_in(folder: Path, sheet: Sheet) -> Said:
    """Import the sheet, with `--yes` and with the answers that refusals asked for."""
    path = folder / sheet.file
    path.write_bytes(sheet.content)
    answered: dict[str, str] = {}
    for _ in range(ROUNDS):
        given = [word for option, value in answered.items() for word in (option, value) if word]
        said = run("import", path, "--yes", *given)
        asked = [option for option in sheet.answers if option not in answered and option in said.text]
        if said.code != 1 or not asked:
            break
        answered[asked[0]] = sheet.answers[asked[0]]
    return said


def judged(sheet: Sheet, said: Said, book: Truth) -> tuple[int, str]:
    """The points for what the book holds now, and the reason."""
    if said.code not in (0, 1, 2) or "Traceback" in said.text:
        return SILENT, f"crash: {said.text.strip().splitlines()[-1][:110]}"
    untrue = {key: cards for key, cards in book.items() if cards != sheet.truth.get(key)}
    if untrue:
        return SILENT, f"silent: in the book but not true: {_listed(untrue, sheet.truth)}"
    if said.code:
        return _refusal(sheet, said, book)
    missing = {key: cards for key, cards in sheet.truth.items() if key not in book}
    if missing:
        told = all(_told(sheet, day, said.text) for day, _ in missing)
        verdict = (PART, "part, the rest told") if told else (SILENT, "silent: lines missing without a word")
        return verdict[0], f"{verdict[1]}: {_listed(missing, book)}"
    if sheet.cannot_be_read:
        return NOTHING, "nothing to be read, and not refused"
    untold = [pattern for pattern in sheet.tells if not re.search(pattern, said.text, re.IGNORECASE)]
    if untold:
        return PART, f"right, but not told: {untold[0]}"
    return FULL, "whole"


def _refusal(sheet: Sheet, said: Said, book: Truth) -> tuple[int, str]:
    if book:
        return SILENT, "refused, and yet written"
    if not re.search(sheet.reason, said.text, re.IGNORECASE) or not sheet.reason:
        return NOTHING, f"refused for another reason: {_last(said.text)}"
    if sheet.cannot_be_read:
        return FULL, "rightly refused"
    return REFUSED, f"refused with the reason: {_last(said.text)}"


def _told(sheet: Sheet, day: date, text: str) -> bool:
    """Whether the report says that it left the day out, or shows what the sheet says of it in another place."""
    if sheet.elsewhere:
        return re.search(sheet.elsewhere, text, re.IGNORECASE) is not None
    left_out = re.search(rf"({NOT_READ}).*", text, re.IGNORECASE | re.DOTALL)
    forms = (str(day), f"{day.day} {day:%b} {day.year}", f"{day.day} {day:%B} {day.year}", f"{day:%d/%m/%Y}",
             f"{day.day}/{day.month}/{day.year}")  # fmt: skip
    return left_out is not None and any(re.search(rf"(?<!\d){form}(?!\d)", left_out[0]) for form in forms)


def _listed(some: Truth, others: Truth) -> str:
    shown = [f"{day:%d.%m.%y} {kind} {cards} (not {others.get((day, kind), 0)})" for (day, kind), cards in some.items()]
    return ", ".join(sorted(shown)[:3]) + (f" and {len(shown) - 3} more" if len(shown) > 3 else "")


def _last(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return " / ".join(lines[-2:])[:160]


def scored(sheets: Iterable[Sheet]) -> list[Score]:
    """Import each sheet into a book of its own and judge what stands there."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with desk(folder):
            return [_score(folder, sheet) for sheet in sheets]


def _score(folder: Path, sheet: Sheet) -> Score:
    fresh_book(folder, sheet)
    said = taken_in(folder, sheet)
    book = in_the_book()
    points, why = judged(sheet, said, book)
    if book and points > NOTHING:
        again = taken_in(folder, sheet)
        if again.code != 1 or in_the_book() != book:
            return Score(sheet, SILENT, "silent: counted again when it came again", again.text)
    return Score(sheet, points, why, said.text)


def percent(scores: Sequence[Score]) -> float:
    """The points as a share of all that can be earned."""
    return 100 * sum(score.points for score in scores) / (FULL * len(scores))


def silent(scores: Iterable[Score]) -> list[Score]:
    """The sheets of which the book now holds what is not true, or lacks what is, without a word."""
    return [score for score in scores if score.points == SILENT]


def table(scores: Sequence[Score]) -> str:
    """A line for each sheet, and the sums."""
    lines = [f"{score.points:>3}  {score.sheet.kind:<16}  {score.sheet.name:<58}  {score.why}" for score in scores]
    counts = ", ".join(f"{sum(s.points == p for s in scores)} × {p}" for p in (FULL, PART, REFUSED, NOTHING, SILENT))
    lines.append(f"{len(scores)} sheets: {counts}; {percent(scores):.0f} of 100, {len(silent(scores))} silent")
    return "\n".join(lines)


def command(sheets: Sequence[Sheet], words: Sequence[str]) -> None:
    """Print the table of those sheets in whose kind or name all words stand; -v adds what the program said."""
    wanted = [word for word in words if word != "-v"]
    scores = scored(sheet for sheet in sheets if all(word in f"{sheet.kind} {sheet.name}" for word in wanted))
    if "-v" in words:
        for score in scores:
            print(f"=== {score.sheet.file}\n{score.said}")
    print(table(scores))


if __name__ == "__main__":
    command(sheets_of_clerks.sheets(), sys.argv[1:])
