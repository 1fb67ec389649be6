"""A model of the shelf in thirty lines, and the book beside it: whatever is done, both say the same.

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
    "receive": (1, 0, {}),
    "print": (-1, 0, {}),
    "spoil": (-1, 1, {}),
    "send": (-1, 0, {}),
    "destroy": (0, -1, {"reference": "BA"}),
    "lose": (0, -1, {"reference": "LP", "from_place": SPOILED}),
}


class Model:
    """Commands with the change of the shelf and of the spoiled pile on a day; an undone command changes nothing."""

    def __init__(self, on_hand, spoiled):
        self.commands = [[FIRST, on_hand, spoiled, 1]]
        self.asked = []

    def level(self, until):
        alive = [each for each in self.commands if each[3] > 0 and each[0] <= until]
        return sum(each[1] for each in alive), sum(each[2] for each in alive)

    def holds(self):
        return all(min(self.level(day)) >= 0 for day in DAYS)

    def try_to(self, command):
        self.commands.append(command)
        if self.holds():
            return True
        self.commands.pop()
        return False

    def undo(self, index):
        """1: taken back; None: refused."""
        command = self.commands[index]
        if command[3] != 1:
            return False
        command[3] = 0
        if self.holds():
            return True
        command[3] = 1
        return False


class OfficeLife(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        place = str(Path(self.folder.name, "book.db"))
        stockroom.start(place, "61.03", DESK, {}, stockroom.opening_drafts(FIRST, 300, 10), 0o600)
        self.book, self.model, self.numbers = open_book(place), Model(300, 10), [1]

    def does(self, task, allowed):
        """Run a task that the model allows or forbids; its first entry when it was done."""
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
        allowed = self.model.try_to([day, shelf * cards, spoiled * cards, 1])
        draft = movement(kind, day, cards, **details)
        number = self.does(lambda: stockroom.post(self.book, DESK, [draft]), allowed)
        self.numbers += [number] if number else []

    @rule(data=st.data())
    def undo(self, data):
        index = data.draw(st.integers(0, len(self.numbers) - 1))
        allowed = self.model.undo(index)
        self.does(lambda: stockroom.undo(self.book, DESK, self.numbers[index], "x"), allowed)

    @rule(day=st.sampled_from(DAYS), counted=st.integers(0, 400))
    def count(self, day, counted):
        difference = counted - self.model.level(day)[0]
        allowed = self.model.try_to([day, difference, 0, 1])
        number = self.does(lambda: stockroom.count(self.book, DESK, day, counted, True, "x"), allowed)
        self.numbers += [number] if number else []

    @rule(cards=st.integers(1, 4000))
    def ask(self, cards):
        number = self.does(lambda: stockroom.ask(self.book, DESK, Entry("request", DAYS[0], cards)), True)
        self.model.asked.append([number, cards])

    @rule()
    def close(self):
        opened = bool(self.model.asked)
        draft = Entry("close", DAYS[-1], note="x")
        self.does(lambda: stockroom.answer_request(self.book, DESK, draft, None), opened)
        if opened:
            self.model.asked.pop(0)

    @rule(cards=st.integers(1, 250))
    def delivered_for_the_oldest_request(self, cards):
        self.model.try_to([DAYS[-1], cards, 0, 1])
        draft = movement("receive", DAYS[-1], cards)
        posted = stockroom.receive(self.book, DESK, draft, None, False)
        assert posted.entries[0].request_no == (self.model.asked[0][0] if self.model.asked else None)
        self.model.asked = self.model.asked[1:]
        # Taking back such a delivery opens its request again; the model leaves that to another test.

    @invariant()
    def the_book_says_what_the_model_says(self):
        for day in DAYS:
            total = stockroom.balance_on(self.book, day)
            assert (total.on_hand, total.spoiled) == self.model.level(day)
            assert total.came_in == total.accounted_for
        facts = stockroom.facts(self.book, DAYS[-1])
        assert sum(request.on_order_cards for request in facts.requests) == sum(cards for _, cards in self.model.asked)

    def teardown(self):
        rows = stockroom.card(self.book, DAYS[0], DAYS[-1])
        seen = examine(self.book, DAYS[-1])
        self.book.__exit__()
        self.folder.cleanup()
        assert [finding for finding in seen.findings if finding.severity == "error"] == []
        assert rows[-1]["balance_cards"] == self.model.level(DAYS[-1])[0]


# The first command is the opening, which is its own entry 1; requests are not undone here.
TestOfficeLife = OfficeLife.TestCase
TestOfficeLife.settings = settings(
    max_examples=int(os.environ.get("MODEL_RUNS", "60")),
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
