"""The door for programs: the JSON of the command line, byte for byte, and whether all is well."""

import json

import pytest

ANSWERS = ("status", "card", "forecast", "plan", "overview")


@pytest.fixture
def month(office):
    """An office with a month behind it, some of it on order."""
    for day in (3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 23, 24, 25, 26):
        office.did("print", 30 + day, "--on", f"2017-10-{day:02}", "--yes")
    office.did("request", 2000, "--on", "2017-10-20", "--yes")
    office.did("backlog", "--prr", 1200, "--on", "2017-10-25")
    return office


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_that_of_the_command_line_byte_for_byte(month, visit, name, language):
    month.speaks(language)
    said = month.did(name, "-f", "json")
    program = visit()
    answer = program.client.get(f"/api/{name}", headers={"Accept-Language": language})

    assert answer.status_code == 200 and answer.mimetype == "application/json"
    assert answer.data == said.encode()


def test_the_stock_card_of_a_few_days_is_that_of_the_command_line(month, visit):
    said = month.did("card", "--from", "2017-10-05", "--to", "2017-10-09", "-f", "json")

    assert visit().client.get("/api/card?from=2017-10-05&to=2017-10-09").data == said.encode()


def test_what_cannot_be_asked_is_refused_in_json(office, visit):
    program = visit()
    backwards = program.client.get("/api/card?from=2017-10-09&to=2017-10-05")
    no_day = program.client.get("/api/card?from=kapan-kapan")

    assert backwards.status_code == 409 and backwards.json["refused"] == "backwards_period"
    assert no_day.json["refused"] == "not_a_date" and "kapan-kapan" in " ".join(no_day.json["told"])


def test_nothing_is_written_through_this_door(office, visit):
    program = visit()
    program.get("/")
    for name in ANSWERS:
        answer = program.client.post(f"/api/{name}", data=program.hidden("/print"))
        assert answer.status_code == 405
    assert office.last_entry() == 3


def test_who_has_not_logged_in_learns_only_whether_all_is_well(office, visit):
    stranger = visit(alone=None).client

    for name in ANSWERS:
        answer = stranger.get(f"/api/{name}")
        assert answer.status_code == 401 and answer.json["refused"] == "unauthorized"
    assert stranger.get("/health").json == {"schema": "blangko.health/1", "ok": True}


def test_a_monitor_learns_that_the_book_cannot_be_read(office, visit, tmp_path):
    answer = visit(place=str(tmp_path / "none.db"), alone=None).client.get("/health")

    assert answer.status_code == 503 and json.loads(answer.data) == {"schema": "blangko.health/1", "ok": False}


def test_a_foreign_name_learns_nothing_here_either(office, visit):
    assert visit().client.get("/api/status", headers={"Host": "evil.example"}).status_code == 421
    assert visit().client.get("/health", headers={"Host": "evil.example"}).status_code == 421
