"""How the page in a browser is served: `python -m tests.benchmarks.serving`.

From Enter until it can be called, as a ratio to an interpreter that does nothing; a page as a ratio to the same answer
computed in this process; and the most memory that it held when every page was shown and a day was written. On a year of
one office. What it holds is told by Linux alone.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from blangko.core.advice import advice
from blangko.core.answer import answer, forecast_days
from blangko.core.demand import empty_stretches
from blangko.core.plan import plan
from blangko.core.ration import ration
from blangko.core.target import Wanted
from blangko.reports.advice import status_advice
from blangko.reports.answer import notes, sum_rows, verdict
from blangko.reports.chart import NARROW, picture_of, stock_chart
from blangko.reports.forecast import day_cells, sum_sentences
from blangko.reports.plan_chart import plan_chart
from blangko.reports.plan_page import PlanPaper, plan_page
from blangko.reports.rendered import summary_html
from blangko.reports.summary import numerals
from blangko.stockroom import look, open_book, papers, tasks
from tests.benchmarks.commands import YEAR
from tests.benchmarks.measure import BARE, REPETITIONS, Figure, medians, run, shown
from tests.benchmarks.office import TODAY, make_book
from tests.web.served import Caller, Server, serving

ALLOWED_START, ALLOWED_PAGE, ALLOWED_MIB = 25.0, 1.5, 70.0
CALLS = 5
"""So many calls are timed together, so that one is not lost in what the clock can tell."""


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "book.db")
        make_book(place, YEAR)
        figures = started(place, Path(folder))
        with serving(str(place), Path(folder), today=TODAY.isoformat()) as server:
            figures += pages(place, Caller(server.port))
            figures += memory(server)
    return shown(figures)


def started(place: Path, folder: Path) -> list[Figure]:
    """From Enter until the page can be called; to end it again is not counted."""
    ready: list[Server] = []

    def begin() -> None:
        ready.append(Server(str(place), folder, today=TODAY.isoformat()))

    seconds = medians({"bare": lambda: run(BARE), "serve": begin}, repetitions=REPETITIONS // 3)
    for server in ready:
        server.end()
    print(f"a bare interpreter takes {1000 * seconds['bare']:.0f} ms, serve {1000 * seconds['serve']:.0f} ms\n")
    return [Figure("serve, until it can be called, × bare", seconds["serve"] / seconds["bare"], ALLOWED_START)]


def pages(place: Path, caller: Caller) -> list[Figure]:
    caller.get("/?lang=en")
    seconds = medians(
        {
            "/": _often(lambda: _got(caller, "/")),
            "/picture.svg": _often(lambda: _got(caller, "/picture.svg")),
            "today": _often(lambda: today_in_process(place)),
            "picture": _often(lambda: picture_in_process(place)),
            "/forecast": _often(lambda: _got(caller, "/forecast")),
            "forecast": _often(lambda: forecast_in_process(place)),
            "/plan": _often(lambda: _got(caller, "/plan")),
            "plan": _often(lambda: plan_in_process(place)),
            "/reports": _often(lambda: _got(caller, "/reports")),
            "summary": _often(lambda: summary_in_process(place)),
        }
    )
    return [
        Figure("the first page, × its answer in the process", seconds["/"] / seconds["today"], ALLOWED_PAGE),
        Figure("its picture, × drawn in the process", seconds["/picture.svg"] / seconds["picture"], ALLOWED_PAGE),
        Figure("the forecast, × its answer in the process", seconds["/forecast"] / seconds["forecast"], ALLOWED_PAGE),
        Figure("the plan, × its answer in the process", seconds["/plan"] / seconds["plan"], ALLOWED_PAGE),
        Figure("the summary, × its file in the process", seconds["/reports"] / seconds["summary"], ALLOWED_PAGE),
    ]


def _often(task: Callable[[], object]) -> Callable[[], None]:
    def several() -> None:
        for _ in range(CALLS):
            task()

    return several


def _got(caller: Caller, path: str) -> None:
    caller.get(path)
    if caller.code != 200:
        raise RuntimeError(f"{path} was answered with {caller.code}")


def today_in_process(place: Path) -> object:
    """What the first page says, without a page."""
    with open_book(str(place)) as book, book.reading():
        known = look.facts(book, TODAY)
        usual = look.printed_for(book, known)
        last = tasks.last_command(book)
    whole = answer(known)
    held = ration(whole, printed_for=usual)
    said = status_advice(advice(whole, held), whole.status, held)
    return (
        verdict(whole.status),
        said,
        numerals(whole.status, empty_stretches(known.days, known.calendar, TODAY)),
        notes(whole.status),
        last,
    )


def picture_in_process(place: Path) -> str:
    with open_book(str(place)) as book:
        return stock_chart(picture_of(answer(look.facts(book, TODAY))))


def forecast_in_process(place: Path) -> object:
    """What the page of the forecast says: its days, its sum, and the picture at both widths."""
    with open_book(str(place)) as book:
        whole = answer(look.facts(book, TODAY))
    rows, picture = forecast_days(whole), picture_of(whole)
    drawn = stock_chart(picture), stock_chart(picture, NARROW)
    return day_cells(rows), sum_sentences(whole.status, rows), sum_rows(whole.status), drawn


def plan_in_process(place: Path) -> object:
    """What the page of the plan says, and its picture at both widths."""
    with open_book(str(place)) as book, book.reading():
        known = look.facts(book, TODAY)
        recorded, usual = look.recorded(book, TODAY), look.printed_for(book, known)
    shown = plan(answer(known), Wanted(), recorded, usual)
    return plan_page(PlanPaper(shown)), plan_chart(shown), plan_chart(shown, NARROW)


def summary_in_process(place: Path) -> bytes:
    monday = TODAY - timedelta(days=TODAY.weekday())
    with open_book(str(place)) as book:
        return summary_html(papers.summary(book, monday, monday + timedelta(days=6), TODAY))


def memory(server: Server) -> list[Figure]:
    """The most that the server ever held; none where the system does not tell."""
    told = Path(f"/proc/{server.process.pid}/status") if server.process else None
    if told is None or not told.is_file():
        print("This system does not tell what a process uses.")
        return []
    caller = Caller(server.port)
    for path in ways(caller):
        caller.get(path)
    caller.get("/")
    hidden = caller.hidden("/print")
    for number in range(20):
        caller.post("/print", {**hidden, "key": f"day {number}", "printed": number, "yes": "yes"})
    peak = re.search(r"VmHWM:\s+(\d+) kB", told.read_text())
    assert peak
    return [Figure("the server, peak MiB", int(peak[1]) / 1024, ALLOWED_MIB)]


def ways(caller: Caller) -> list[str]:
    """The pages at the head of the first page."""
    head = re.search(r"<nav.*?</nav>", caller.get("/"), re.DOTALL)
    return re.findall(r'href="([^"]+)"', head[0]) if head else []


if __name__ == "__main__":
    sys.exit(main())
