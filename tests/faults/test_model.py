"""A model of the shelf in some forty lines, and the book beside it: whatever is done, both say the same.

MODEL_RUNS says how many random office lives are tried.
"""

import os
from contextlib import ExitStack
from datetime import date, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from blangko.core.columns import SPOILED
from blangko.core.entry import Entry, movement
from blangko.errors import BlangkoError
from blangko.errors.rules import KeyTaken
from blangko.stockroom import look, open_book, tasks
from blangko.stockroom.desk import Desk
from blangko.stockroom.post import post
from blangko.stockroom.proof import examine

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


# --- The model ----------------------------------------------------------------------------------


class Command:
    """What one command changes: on a day, the shelf and the spoiled pile. It stands until it is taken back."""

    def __init__(self, day, shelf=0, spoiled=0, cards=0, more=False):
        self.day, self.shelf, self.spoiled, self.cards, self.more = day, shelf, spoiled, cards, more
        self.number, self.stands = None, True


class Request:
    """A request with the commands that answer it."""

    def __init__(self, asked):
        self.asked, self.grants, self.closes, self.receipts = asked, [], [], []

    @property
    def on_order(self):
        grants, closes, came = ([each for each in answers if each.stands]
                                for answers in (self.grants, self.closes, self.receipts))  # fmt: skip
        received = sum(each.cards for each in came)
        expected = grants[-1].cards if grants else self.asked.cards
        over = bool(came) and not grants and not came[-1].more
        return 0 if closes or over or not self.asked.stands else max(expected - received, 0)

    def is_open(self, until):
        return self.on_order > 0 and self.asked.day <= until


class Model:
    """The office as the commands that stand."""

    def __init__(self, on_hand, spoiled):
        begun = Command(FIRST, on_hand, spoiled)
        begun.number = 1
        self.commands, self.requests = [begun], []

    def level(self, until):
        stand = [command for command in self.commands if command.stands and command.day <= until]
        return sum(command.shelf for command in stand), sum(command.spoiled for command in stand)

    def allows(self, command):
        """Whether nothing is below zero on any day with this command; then it is kept."""
        self.commands.append(command)
        if all(min(self.level(day)) >= 0 for day in DAYS):
            return True
        self.commands.pop()
        return False

    def allows_undo(self, command):
        before, command.stands = command.stands, False
        if before and all(min(self.level(day)) >= 0 for day in DAYS):
            return True
        command.stands = before
        return False

    def oldest_open(self, until=DAYS[-1]):
        waiting = [each for each in self.requests if each.is_open(until)]
        return min(waiting, key=lambda each: (each.asked.day, each.asked.number), default=None)


# --- The book beside it ---------------------------------------------------------------------------

A_DAY, CARDS = st.sampled_from(DAYS), st.integers(0, 250)


class OfficeLife(RuleBasedStateMachine):
    def __init__(self, empty_places):
        super().__init__()
        self.ends = ExitStack()
        place = self.ends.enter_context(empty_places())
        tasks.start(place, "61.03", DESK, {}, tasks.opening_drafts(FIRST, 300, 10), 0o600)
        self.book, self.model = self.ends.enter_context(open_book(place)), Model(300, 10)
        self.keys = 0

    def does(self, command, allowed, task):
        """Run a task that the model allows or forbids; the command learns the number of its first entry."""
        before = self.book.last()
        try:
            posted = task()
        except BlangkoError:
            assert not allowed and self.book.last() == before
            return
        assert allowed
        command.number = posted.entries[0].entry_no

    def states(self, command, allowed, task):
        """As `does`, for what moves no cards."""
        if allowed:
            self.model.commands.append(command)
        self.does(command, allowed, task)

    @rule(kind=st.sampled_from(sorted(EFFECTS)), day=A_DAY, cards=CARDS)
    def move(self, kind, day, cards):
        shelf, spoiled, details = EFFECTS[kind]
        command, draft = Command(day, shelf * cards, spoiled * cards), movement(kind, day, cards, **details)
        self.does(command, self.model.allows(command), lambda: post(self.book, DESK, [draft]))

    @rule(day=A_DAY, printed=CARDS, spoiled=st.integers(1, 30))
    def print_and_spoil_and_try_again(self, day, printed, spoiled):
        command = Command(day, -printed - spoiled, spoiled)
        drafts = [movement("print", day, printed), movement("spoil", day, spoiled)]
        self.keys += 1
        desk, allowed = DESK._replace(key=f"k{self.keys}"), self.model.allows(command)
        self.does(command, allowed, lambda: post(self.book, desk, drafts))
        if allowed:
            before = self.book.last()
            assert post(self.book, desk, drafts).repeated
            try:
                post(self.book, desk, [drafts[0]._replace(cards=printed + 1), drafts[1]])
                raise AssertionError("another content under the same key was taken")
            except KeyTaken:
                assert self.book.last() == before

    @rule(data=st.data())
    def undo(self, data):
        command = data.draw(st.sampled_from(self.model.commands))
        number, allowed = command.number, self.model.allows_undo(command)
        self.does(Command(FIRST), allowed, lambda: tasks.undo(self.book, DESK, number, "x"))

    @rule(day=A_DAY, counted=st.integers(0, 400), adjust=st.booleans())
    def count(self, day, counted, adjust):
        command = Command(day, counted - self.model.level(day)[0] if adjust else 0)
        allowed = self.model.allows(command)
        self.does(command, allowed, lambda: tasks.count(self.book, DESK, day, counted, adjust, "x"))

    @rule(day=A_DAY, cards=st.integers(1, 600))
    def ask(self, day, cards):
        request = Request(Command(day, cards=cards))
        self.model.requests.append(request)
        self.states(request.asked, True, lambda: tasks.ask(self.book, DESK, Entry("request", day, cards)))

    @rule(cards=st.integers(0, 600))
    def grant(self, cards):
        request, command, draft = (
            self.model.oldest_open(),
            Command(DAYS[-1], cards=cards),
            Entry("grant", DAYS[-1], cards),
        )
        self.states(command, bool(request), lambda: tasks.answer_request(self.book, DESK, draft, None))
        if request:
            request.grants.append(command)

    @rule()
    def close(self):
        request, command, draft = self.model.oldest_open(), Command(DAYS[-1]), Entry("close", DAYS[-1], note="x")
        self.states(command, bool(request), lambda: tasks.answer_request(self.book, DESK, draft, None))
        if request:
            request.closes.append(command)

    @rule(cards=st.integers(1, 250), day=A_DAY, more=st.booleans())
    def deliver(self, cards, day, more):
        """A delivery answers the request that has waited longest, of those made until its day."""
        request, command, draft = self.model.oldest_open(day), Command(day, cards, cards=cards, more=more), None
        draft, allowed = movement("receive", day, cards), self.model.allows(command)
        self.does(command, allowed, lambda: tasks.receive(self.book, DESK, draft, None, more))
        if request and allowed:
            request.receipts.append(command)

    @invariant()
    def the_book_says_what_the_model_says(self):
        rows, _ = look.card(self.book, DAYS[0], DAYS[-1])
        evenings = {row["occurred_on"]: (row["balance_cards"], row["spoiled_cards"]) for row in rows}
        for day in DAYS:
            total = look.balance_on(self.book, day)
            assert (total.on_hand, total.spoiled) == self.model.level(day)
            assert total.came_in == total.accounted_for
            assert evenings.get(day, self.model.level(day)) == self.model.level(day)
        assert sum(row["in_cards"] - row["out_cards"] for row in rows) == self.model.level(DAYS[-1])[0]
        facts = look.facts(self.book, DAYS[-1])
        said = {request.request_no: request.on_order_cards for request in facts.requests if request.on_order_cards}
        assert said == {each.asked.number: each.on_order for each in self.model.requests if each.on_order}

    def teardown(self):
        seen = examine(self.book, DAYS[-1])
        self.ends.close()
        assert [finding for finding in seen.findings if finding.severity == "error"] == []


def test_whatever_is_done_the_book_says_what_the_model_says(empty_places):
    lives = settings(
        max_examples=int(os.environ.get("MODEL_RUNS", "30")),
        stateful_step_count=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(lambda: OfficeLife(empty_places), settings=lives)
