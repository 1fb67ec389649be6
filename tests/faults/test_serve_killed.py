"""The page is killed, or told to end, while many write: what was acknowledged stands, what is sent again stands once.

WRITTEN_AT_PAGE says how many forms are written, FAULT_SEED when the server is killed.
"""

import http.client
import os
import random
import signal
import threading
import time

import pytest

from tests.faults.office import begun, entries
from tests.web.served import Caller, serving

SEED = int(os.environ.get("FAULT_SEED", "20171027"))
FEW, MANY = 60, int(os.environ.get("WRITTEN_AT_PAGE", "500"))
CLERKS = 5
pytestmark = pytest.mark.file


class Clerk:
    """Somebody who writes prints at the page, and reloads whatever was not answered until it is."""

    def __init__(self, port, number, forms):
        self.acknowledged, self.again, self.goes_home = 0, 0, False
        self._number, self._forms = number, forms
        self._caller = Caller(port)
        self._caller.get("/")
        self._hidden = self._caller.hidden("/print")

    def write(self):
        for count in range(self._forms):
            key = f"clerk {self._number} form {count}"
            form = {**self._hidden, "key": key, "printed": 1, "spoiled": 1, "yes": "yes"}
            while not self._is_acknowledged(form):
                if self.goes_home:
                    return
                self.again += 1
                time.sleep(0.05)

    def _is_acknowledged(self, form):
        try:
            self._caller.post("/print", form)
        except (OSError, http.client.HTTPException):
            return False
        # A form that outlived the server is taken by the next one: its session and its token still hold.
        assert self._caller.code == 303, self._caller.text
        self.acknowledged += 1
        return True


def writing(clerks):
    threads = [threading.Thread(target=clerk.write, daemon=True) for clerk in clerks]
    for thread in threads:
        thread.start()
    return threads


def acknowledged(clerks):
    return sum(clerk.acknowledged for clerk in clerks)


@pytest.mark.parametrize("forms", [FEW, pytest.param(MANY, marks=pytest.mark.heavy)])
def test_a_page_killed_while_many_write_loses_nothing_acknowledged_and_doubles_nothing(tmp_path, forms):
    place, chance = begun(tmp_path / "book.db", opening=10 * forms), random.Random(SEED)
    kills = 0
    with serving(place, tmp_path) as server:
        clerks = [Clerk(server.port, number, forms // CLERKS) for number in range(CLERKS)]
        threads = writing(clerks)
        while any(thread.is_alive() for thread in threads):
            _wait_for_more(clerks, threads)
            time.sleep(chance.uniform(0, 0.4))
            server.end(signal.SIGKILL)
            kills += 1
            # Each command is two entries: the book is proved whole, and holds all that was acknowledged by now.
            assert entries(place) >= 1 + 2 * acknowledged(clerks)
            server.start()

    assert [clerk.acknowledged for clerk in clerks] == [forms // CLERKS] * CLERKS
    assert entries(place) == 1 + 2 * forms
    assert kills >= 2 and sum(clerk.again for clerk in clerks) > 0


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_a_page_that_is_told_to_end_answers_what_it_has_begun(tmp_path, how):
    """Every entry that was written was acknowledged as well: the clerk need not ask whether it stands."""
    place = begun(tmp_path / "book.db")
    with serving(place, tmp_path) as server:
        clerks = [Clerk(server.port, number, 1000) for number in range(CLERKS)]
        threads = writing(clerks)
        _wait_for(lambda: acknowledged(clerks) >= 10)
        for clerk in clerks:
            clerk.goes_home = True
        code, said = server.end(how)
        _wait_for(lambda: not any(thread.is_alive() for thread in threads))

    assert code == 0 and said == "Ended.\n"
    assert entries(place) == 1 + 2 * acknowledged(clerks)


def _wait_for_more(clerks, threads):
    """Until another form is acknowledged, or none is left."""
    before = acknowledged(clerks)
    _wait_for(lambda: acknowledged(clerks) > before or not any(thread.is_alive() for thread in threads))


def _wait_for(holds):
    end = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)
