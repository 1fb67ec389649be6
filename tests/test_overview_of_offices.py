"""All offices of a database at a glance: each row is that office's own status, however its digest was made."""

import json
import random
import time as machine
from datetime import date, time, timedelta

import pytest

from blangko.cli.app import main
from blangko.core.digest import digest, nation
from blangko.core.entry import Entry, mirror, movement
from blangko.stockroom import look, overview
from blangko.store import pushes
from blangko.store.national_days import national_days
from blangko.store.postgres import Database, add_office, open_database
from tests import postgres
from tests.cli.test_overview import BESIDES

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not postgres.is_installed(), reason=postgres.ABSENT),
]

MONDAY = date(2017, 10, 2)
TODAY = date(2017, 10, 27)
DAY = timedelta(days=1)
RECORDED = {"recorded_at": "2017-10-02T09:00:00Z", "recorded_by": "siti"}
CODES = ("61.01", "61.02", "61.03", "62.01")
OVER = nation(national_days())


def begun(code, cards):
    """An office that began on the first Monday, and printed some 40 cards on each day of three weeks."""
    dice = random.Random(code)
    days = [MONDAY + number * DAY for number in range(19)]
    prints = [movement("print", day, dice.randint(30, 50), **RECORDED) for day in days if day.weekday() < 5]
    named = Entry("setting", MONDAY, subject="office_name", value=f"Kantor {code}", **RECORDED)
    return [[movement("opening", MONDAY, cards, **RECORDED), named], *([each] for each in prints)]


@pytest.fixture
def province(databases):
    """The place of a database of four offices."""
    with databases.fresh() as place:
        for number, code in enumerate(CODES, start=1):
            add_office(place, code, begun(code, 800 * number))
        yield place


def seen(place, as_of=TODAY):
    """The rows of the overview, by office."""
    return {row.code: row for row in overview.overview(place, as_of, time.max).rows}


def written(place, code, *drafts):
    with open_database(place) as database, database.writing(code) as book:
        return book.append([draft._replace(**RECORDED) for draft in drafts])


def kept(place):
    """What is kept of each office: its facts and its answer."""
    with open_database(place) as database:
        rows = database.rows("SELECT office_code, facts, answer FROM digest")
    return {code: (facts, answer) for code, facts, answer in rows}


def made_from_the_whole_book(place, as_of):
    """The same, made from nothing but the entries."""
    with open_database(place) as database:
        books = {code: database.book(code) for code in CODES}
        made = {code: digest(look.facts(book, as_of, clock=time.max), OVER) for code, book in books.items()}
    return {code: (each.facts, each.answer) for code, each in made.items()}


def test_the_row_of_each_office_is_what_its_own_status_says(province, capsys, monkeypatch):
    monkeypatch.setenv("BLANGKO_DB", province)
    main(["overview", "-f", "json"])
    rows = json.loads(capsys.readouterr().out)["rows"]

    assert {row["office"]["code"] for row in rows} == set(CODES)
    for row in rows:
        main(["--office", row["office"]["code"], "status", "-f", "json"])
        own = json.loads(capsys.readouterr().out)
        assert {name: value for name, value in row.items() if name not in BESIDES} == own


@pytest.mark.skipif(not hasattr(machine, "tzset"), reason="a machine whose zone cannot be changed from a test")
def test_what_came_early_in_the_morning_came_on_that_day_and_not_on_the_one_before(province, capsys, monkeypatch):
    came = {"entry_no": 1, "seal": "0" * 64, "received_at": "2017-10-26T22:30:00Z", "sender": "siti"}
    with open_database(province) as database, database.writing("61.02") as book:
        book.rows(pushes.ADD_PUSH, **came, public_key="", signature="")
    monkeypatch.setenv("BLANGKO_DB", province)
    with monkeypatch.context() as here:
        # Half past seven in the morning in the east (WIT), while it is still yesterday in UTC.
        here.setenv("TZ", "Asia/Jayapura")
        machine.tzset()
        main(["overview"])
    machine.tzset()

    (line,) = [each for each in capsys.readouterr().out.splitlines() if each.startswith("61.02")]
    assert "27 Oct" in line
    assert "26 Oct" not in line


def test_the_office_that_is_named_is_seen_alone(province):
    shown = overview.overview(f"{province}#61.02", TODAY, time.max)

    assert [row.code for row in shown.rows] == ["61.02"]
    assert shown.rows[0].told == seen(province)["61.02"].told


def test_what_was_kept_is_shown_again_without_a_look_at_the_entries(province, monkeypatch):
    first = seen(province)
    monkeypatch.setattr(overview, "_gathered", lambda *_: pytest.fail("a digest was made again"))

    assert seen(province) == first


def test_a_kept_answer_holds_no_longer_than_its_book_ends_with_the_same_seal(province):
    seen(province)
    written(province, "61.01", movement("print", TODAY, 7))

    assert seen(province)["61.01"].on_hand_cards == made_on_hand(province, "61.01")


def made_on_hand(place, code):
    with open_database(place) as database:
        return look.facts(database.book(code), TODAY).balance.on_hand


def test_a_book_that_goes_on_is_told_from_its_digest_as_from_the_whole_of_it(province):
    dice, as_of, last = random.Random(20171027), TODAY, {}
    for _ in range(30):
        for code in CODES:
            if dice.random() < 0.3:
                continue
            drafts = something(dice, as_of, last.get(code))
            last[code] = written(province, code, *drafts)[-1]
        seen(province, as_of)

        assert kept(province) == made_from_the_whole_book(province, as_of)
        as_of += dice.choice([0, 0, 1, 1, 3]) * DAY


def something(dice, today, last):
    """What an office may write on a day: most often prints, of today or of days before it."""
    on = today - dice.choice([0, 0, 0, 1, 5, 20]) * DAY
    kinds = ["print"] * 4 + ["request", "request", "back", "back", "receive", "count", "say", "closed", "later"]
    kind = dice.choice(kinds)
    if kind == "back" and last and last.kind not in ("reverse", "count", "setting"):
        return [mirror(last, today, "wrong")]
    several = {
        "receive": [movement("receive", on, 300)],
        "request": [Entry("request", on, 500)],
        "count": [Entry("count", on, 900)],
        "say": [Entry("setting", on, subject="print_capacity", value=str(dice.randint(60, 90)))],
        "closed": [Entry("calendar", on, subject="closed", due_on=today, until_on=today + DAY, note="Pindah")],
        "later": [movement("print", today + DAY, 1)],
    }
    usual = movement("print", on, dice.randint(0, 60))._replace(quota_cards=dice.choice([None, None, 40]))
    return several.get(kind, [usual, movement("spoil", on, 1, cause="print")])


def test_a_later_morning_on_which_nothing_was_written_is_told_from_the_digests(province, monkeypatch):
    seen(province)
    monkeypatch.setattr(look, "facts", lambda *_, **__: pytest.fail("a whole book was read"))

    seen(province, TODAY + 3 * DAY)
    monkeypatch.undo()

    answers = {code: answer for code, (_, answer) in kept(province).items()}
    wanted = made_from_the_whole_book(province, TODAY + 3 * DAY)
    assert answers == {code: answer for code, (_, answer) in wanted.items()}


def test_an_earlier_evening_is_told_as_it_was_then(province):
    seen(province)
    earlier = date(2017, 10, 13)

    seen(province, earlier)

    assert kept(province) == made_from_the_whole_book(province, earlier)


def test_all_cores_make_what_one_makes(province, monkeypatch):
    alone = seen(province)
    with open_database(province) as database:
        database.rows("DELETE FROM digest")
    monkeypatch.setattr(overview, "ALONE", 1)

    assert seen(province) == alone


def test_a_machine_that_gives_no_further_process_shows_all_offices(province, monkeypatch):
    def refused(*_):
        raise OSError("no semaphores here")

    monkeypatch.setattr(overview, "ALONE", 1)
    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", refused)

    assert set(seen(province)) == set(CODES)
    assert set(kept(province)) == set(CODES)


@pytest.mark.parametrize("text", ["", "{}", "[1", '{"made_by":0}'])
def test_a_digest_that_is_no_use_is_made_again(province, text):
    first = seen(province)
    with open_database(province) as database:
        database.rows("UPDATE digest SET facts = :text, answer = :text", text=text)

    assert seen(province) == first


def test_whoever_may_only_look_sees_all_the_same(province):
    only_to_read = f"{province}&options=-c%20default_transaction_read_only%3Don"

    shown = seen(only_to_read)

    assert kept(province) == {}
    assert shown == seen(province)


def test_a_digest_that_cannot_be_kept_is_shown_all_the_same(province):
    with open_database(province) as database:
        database.rows("ALTER TABLE digest ADD CONSTRAINT full_disk CHECK (length(facts) < 5)")

    assert set(seen(province)) == set(CODES)
    assert kept(province) == {}


def test_the_server_is_asked_as_often_for_four_offices_as_for_one(databases, monkeypatch):
    asked, execute = [], Database.execute
    monkeypatch.setattr(Database, "execute", lambda self, sql, values: asked.append(sql) or execute(self, sql, values))

    def questions(codes):
        with databases.fresh() as place:
            for code in codes:
                add_office(place, code, begun(code, 2000))
            asked.clear()
            seen(place)
            return sum(sql.startswith("SELECT") for sql in asked)

    assert questions(CODES) == questions(CODES[:1])


def test_verify_finds_a_digest_that_somebody_changed(province, capsys, monkeypatch):
    monkeypatch.setenv("BLANGKO_DB", f"{province}#61.01")
    monkeypatch.setenv("BLANGKO_LANG", "en")
    seen(province)
    assert main(["verify"]) == 0
    with open_database(province) as database:
        database.rows(
            "UPDATE digest SET answer = replace(answer, :true, :false) WHERE office_code = '61.01'",
            true='"level":"', false='"level":"un',
        )  # fmt: skip
    capsys.readouterr()

    assert main(["verify", "-f", "json"]) == 1

    (found,) = [each for each in json.loads(capsys.readouterr().out)["findings"] if each["severity"] == "error"]
    assert found["code"] == "digest"
