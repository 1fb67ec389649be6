"""A model of the shelf in forty lines, and the book beside it: whatever is done, both say the same.

MODEL_RUNS says how many random office lives are tried.
"""

import os
import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from blangko import stockroom
from blangko.core.entry import SPOILED, Entry, movement
from blangko.errors import BlangkoError
from blangko.stockroom import Desk, open_book
from blangko.stockroom.care import examine

FIRST = date(2017, 10, 2)
DAYS = [FIRST + timedelta(days=number) for number in range(5)]
DESK = Desk(DAYS[-1], "2017-10-06T09:00:00Z", "siti", yes=True)
EFFECTS = {
    "print": (-1, 0, {}),
    "spoil": (-1, 1, {}),
    "send": (-1, 0, {}),
    "destroy": (0, -1, {"reference": "BA"}),
    "lose": (0, -1, {"reference": "LP", "from_place": SPOILED}),
}


class Command:
    """What one command changes: on a day, the shelf and the spoiled pile; the number of its entry, when it has one."""

    def __init__(self, day, shelf, spoiled, number=None):
        self.day, self.shelf, self.spoiled, self.number = day, shelf, spoiled, number
        self.stands = True


class Model:
    """The shelf and the spoiled pile as the commands that stand; requests with the deliveries that answer them."""

    def __init__(self, on_hand, spoiled):
        self.commands = [Command(FIRST, on_hand, spoiled, number=1)]
        self.requests = []

    def level(self, until):
        stand = [command for command in self.commands if command.stands and command.day <= until]
        return sum(command.shelf for command in stand), sum(command.spoiled for command in stand)

    def holds(self):
        return all(min(self.level(day)) >= 0 for day in DAYS)

    def allows(self, command):
        self.commands.append(command)
        if self.holds():
            return True
        self.commands.pop()
        return False

    def allows_undo(self, command):
        before, command.stands = command.stands, False
        if before and self.holds():
            return True
        command.stands = before
        return False

    def open_requests(self):
        return [each for each in self.requests if not each["closed"] and not any(c.stands for c in each["answers"])]


class OfficeLife(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        place = str(Path(self.folder.name, "book.db"))
        stockroom.start(place, "61.03", DESK, {}, stockroom.opening_drafts(FIRST, 300, 10), 0o600)
        self.book, self.model = open_book(place), Model(300, 10)

    def does(self, task, allowed):
        """Run a task that the model allows or forbids; the number of its first entry when it was done."""
        before = self.book.last()
        try:
            posted = task()
        except BlangkoError:
            assert not allowed and self.book.last() == before
            return None
        assert allowed
        return posted.entries[0].entry_no

    @rule(kind=st.sampled_from(sorted(EFFECTS)), day=st.sampled_from(DAYS), cards=st.integers(0, 250))
    def move(self, kind, day, cards):
        shelf, spoiled, details = EFFECTS[kind]
        command = Command(day, shelf * cards, spoiled * cards)
        draft = movement(kind, day, cards, **details)
        command.number = self.does(lambda: stockroom.post(self.book, DESK, [draft]), self.model.allows(command))

    @rule(data=st.data())
    def undo(self, data):
        command = data.draw(st.sampled_from(self.model.commands))
        allowed = self.model.allows_undo(command)
        self.does(lambda: stockroom.undo(self.book, DESK, command.number, "x"), allowed)

    @rule(day=st.sampled_from(DAYS), counted=st.integers(0, 400))
    def count(self, day, counted):
        command = Command(day, counted - self.model.level(day)[0], 0)
        allowed = self.model.allows(command)
        command.number = self.does(lambda: stockroom.count(self.book, DESK, day, counted, True, "x"), allowed)

    @rule(cards=st.integers(1, 4000))
    def ask(self, cards):
        self.does(lambda: stockroom.ask(self.book, DESK, Entry("request", DAYS[0], cards)), True)
        self.model.requests.append({"cards": cards, "closed": False, "answers": []})

    @rule()
    def close(self):
        waiting = self.model.open_requests()
        draft = Entry("close", DAYS[-1], note="x")
        self.does(lambda: stockroom.answer_request(self.book, DESK, draft, None), bool(waiting))
        if waiting:
            waiting[0]["closed"] = True

    @rule(cards=st.integers(1, 250), day=st.sampled_from(DAYS))
    def deliver(self, cards, day):
        """The first delivery, however small, answers the oldest open request."""
        command, waiting = Command(day, cards, 0), self.model.open_requests()
        draft = movement("receive", day, cards)
        command.number = self.does(
            lambda: stockroom.receive(self.book, DESK, draft, None, False), self.model.allows(command)
        )
        if waiting:
            waiting[0]["answers"].append(command)

    @invariant()
    def the_book_says_what_the_model_says(self):
        for day in DAYS:
            total = stockroom.balance_on(self.book, day)
            assert (total.on_hand, total.spoiled) == self.model.level(day)
            assert total.came_in == total.accounted_for
        facts = stockroom.facts(self.book, DAYS[-1])
        assert [request.on_order_cards for request in facts.requests if request.on_order_cards] == [
            request["cards"] for request in self.model.open_requests()
        ]

    def teardown(self):
        rows = stockroom.card(self.book, DAYS[0], DAYS[-1])
        seen = examine(self.book, DAYS[-1])
        self.book.__exit__()
        self.folder.cleanup()
        assert [finding for finding in seen.findings if finding.severity == "error"] == []
        assert rows[-1]["balance_cards"] == self.model.level(DAYS[-1])[0]


TestOfficeLife = OfficeLife.TestCase
TestOfficeLife.settings = settings(
    max_examples=int(os.environ.get("MODEL_RUNS", "60")),
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
