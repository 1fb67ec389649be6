"""The file for calendars: other programs read it, an event moves and is not doubled, an alarm rings on an open day."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Calendar

DAYS = "days.ics"


@pytest.fixture
def asked(nobody):
    """Tuesday 24 October 2017: 4,000 asked for, 2,000 granted for Monday 6 November; then 2,000 more asked for."""
    nobody.today("2017-10-24")
    nobody.did("init", "--office", "Dinas", "--code", "61.03", "--opening", 1840, "--daily", 200, "--on", "2017-10-23")
    nobody.did("request", 4000)
    nobody.did("grant", 2000, "--due", "2017-11-06")
    nobody.did("request", 2000)
    return nobody


def taken_in(office, *words):
    """The events that a calendar program reads from the file, by their UIDs; the request that was granted is no. 5."""
    office.did("calendar", *words, "-o", office.folder / DAYS)
    content = (office.folder / DAYS).read_bytes()
    return {str(each["uid"]): each for each in Calendar.from_ical(content).walk("VEVENT")}


def rings_at(event):
    """The alarm's moment by the clock of the office."""
    (alarm,) = event.walk("VALARM")
    return f"{datetime.combine(event['dtstart'].dt, time()) + alarm['trigger'].dt}"


ASK, GRANTED, LIKELY = "request-by.61.03@blangko", "delivery-5-0.61.03@blangko", "delivery-7-0.61.03@blangko"


def test_the_day_to_ask_and_each_delivery_are_events_of_a_whole_day(asked):
    events = taken_in(asked)
    status = asked.json("status")

    assert set(events) == {ASK, GRANTED, LIKELY}
    assert events[ASK]["dtstart"].dt == date.fromisoformat(status["request_by"])
    assert f"Last day to ask for {status['request_cards']:,} cards" == events[ASK]["summary"]
    assert (events[GRANTED]["dtstart"].dt, events[GRANTED]["dtend"].dt) == (date(2017, 11, 6), date(2017, 11, 7))
    assert events[GRANTED]["summary"] == "2,000 cards granted, to be fetched"
    assert events[GRANTED]["status"] == "CONFIRMED"


def test_what_nobody_promised_is_marked_as_likely(asked):
    likely = taken_in(asked)[LIKELY]
    told = next(each for each in asked.json("status")["deliveries"] if each["request_no"] == 7)

    assert likely["status"] == "TENTATIVE"
    assert likely["summary"] == f"About {round(told['expected_cards']):,} cards likely, no day is promised"
    assert likely["dtstart"].dt == date.fromisoformat(told["likely_on"])


def test_the_alarm_rings_on_the_morning_of_the_open_day_before(asked):
    # Before Monday 6 November comes Friday the 3rd; that closed, Thursday the 2nd.
    assert rings_at(taken_in(asked)[GRANTED]) == "2017-11-03 08:00:00"
    asked.did("closed", "2017-11-03", "--reason", "flood")
    assert rings_at(taken_in(asked)[GRANTED]) == "2017-11-02 08:00:00"


def test_a_delivery_put_off_keeps_its_name_and_outranks_what_was_told_before(asked):
    before = taken_in(asked)[GRANTED]
    asked.did("grant", 2000, "--due", "2017-11-13", "--request", 5)
    after = taken_in(asked)[GRANTED]

    assert (before["dtstart"].dt, after["dtstart"].dt) == (date(2017, 11, 6), date(2017, 11, 13))
    assert after["sequence"] > before["sequence"]


def test_a_day_to_ask_that_passed_moves_on_with_the_days_and_says_so(nobody):
    nobody.today("2017-10-23")
    nobody.did("init", "--office", "Dinas", "--code", "61.03", "--opening", 1840, "--daily", 200)
    first = taken_in(nobody)[ASK]
    nobody.today("2017-10-25")
    late = taken_in(nobody)[ASK]

    assert (first["dtstart"].dt, late["dtstart"].dt) == (date(2017, 10, 23), date(2017, 10, 25))
    assert first["summary"].startswith("Last day to ask for ") and late["summary"].endswith(" cards today: late")
    assert late["sequence"] > first["sequence"] and late["dtstamp"].dt > first["dtstamp"].dt


def test_a_grant_that_was_fetched_leaves_the_next_one_its_name(asked):
    asked.did("grant", 1000, "--due", "2017-11-20", "--request", 5, "--more")
    second = "delivery-5-1.61.03@blangko"
    assert taken_in(asked)[second]["dtstart"].dt == date(2017, 11, 20)
    asked.did("receive", 2000, "--request", 5)

    left = taken_in(asked)
    assert left[GRANTED]["summary"] == "Request no. 5: 2,000 cards received"
    assert left[second]["dtstart"].dt == date(2017, 11, 20) and "1,000 cards granted" in left[second]["summary"]


def test_a_delivery_that_came_early_or_never_will_leaves_the_day_for_which_it_was_expected(asked):
    asked.today("2017-10-26")
    asked.did("receive", 2000, "--request", 5)
    asked.did("close", 7, "--reason", "refused")
    events = taken_in(asked)

    came, refused = events[GRANTED], events[LIKELY]
    assert came["dtstart"].dt == date(2017, 10, 26) and not came.walk("VALARM")
    assert refused["summary"] == "Request no. 7: 0 cards received" and refused["dtstart"].dt == date(2017, 10, 24)
    # 92 days after 26 October comes 26 January.
    asked.today("2018-01-26")
    assert set(taken_in(asked)) == {ASK, GRANTED}
    asked.today("2018-01-27")
    assert set(taken_in(asked)) == {ASK}


def test_a_promised_day_that_passed_is_likely_and_no_longer_promised(asked):
    asked.today("2017-11-07")
    event = taken_in(asked)[GRANTED]

    assert event["status"] == "TENTATIVE" and event["dtstart"].dt > date(2017, 11, 7)
    assert event["summary"] == "About 2,000 cards likely, promised for Mon 6 Nov 2017"


def test_the_closed_days_of_a_year_go_in_when_the_year_is_named(asked):
    asked.did("closed", "2017-11-01", "--reason", "flood")
    events = taken_in(asked, 2017)

    flood = events["day-2017-11-01.61.03@blangko"]
    assert flood["summary"] == "flood (closed, said by the office)" and not flood.walk("VALARM")
    assert events["day-2017-12-25.61.03@blangko"]["dtstart"].dt == date(2017, 12, 25)
    assert len(events) == 3 + len(asked.json("calendar", 2017)["rows"])
    asked.today("2017-10-25")
    assert "(estimate)" in taken_in(asked, 2028)["day-2028-01-01.61.03@blangko"]["summary"]


def test_the_same_book_and_day_give_the_same_bytes_and_no_clock_is_in_them(asked, clock):
    taken_in(asked)
    first = (asked.folder / DAYS).read_bytes()
    clock("2030-01-01 02:00")
    (event, *_) = taken_in(asked).values()

    assert (asked.folder / DAYS).read_bytes() == first
    assert event["dtstamp"].dt == datetime(2017, 10, 24, tzinfo=UTC)
    # Entry no. 7 is the last, and 24 October 2017 is 6,506 days after 1 January 2000.
    assert event["sequence"] == 7 + (date(2017, 10, 24) - date(2000, 1, 1)) // timedelta(days=1) == 6513


def test_lines_are_folded_and_end_as_the_standard_wants(asked):
    taken_in(asked, 2017)
    content = (asked.folder / DAYS).read_bytes()

    assert content.startswith(b"BEGIN:VCALENDAR\r\n") and content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75 and not any(b"\n" in line or b"\r" in line for line in lines)


NASTY = "flood\r\nBEGIN:VALARM\r\nACTION:PROCEDURE; a,b \\n \x1b[31m\u202e"


def test_what_somebody_typed_becomes_no_line_of_the_file(asked):
    asked.did("settings", "name", NASTY)
    asked.did("closed", "2017-11-01", "--reason", NASTY)
    events = taken_in(asked, 2017)
    content = (asked.folder / DAYS).read_bytes().decode()

    flood = "flood  BEGIN:VALARM  ACTION:PROCEDURE; a,b \\n ?[31m?"
    assert events["day-2017-11-01.61.03@blangko"]["summary"] == f"{flood} (closed, said by the office)"
    assert content.count("\r\nBEGIN:VALARM") == 3 and not set(content) & {"\x1b", "\u202e"}
    # In a setting \n parts lines, which are one line here.
    escaped = flood.replace("\\n", " ").replace(";", "\\;").replace(",", "\\,")
    assert f"\r\nX-WR-CALNAME:Blank KTP-el cards\\, {escaped}\r\n" in content.replace("\r\n ", "")


def test_the_events_speak_the_language_of_the_office(asked):
    asked.speaks("id")
    events = taken_in(asked)

    assert events[GRANTED]["summary"] == "Jatah 2.000 keping, siap diambil"
    assert events[ASK]["summary"].startswith("Hari terakhir mengajukan ")
    assert "Menurut buku per Sel 24 Okt 2017." in events[ASK]["description"]


def test_an_office_that_knows_nothing_yet_gets_a_calendar_without_events(nobody):
    nobody.did("init", "--office", "Dinas", "--opening", 100)

    assert taken_in(nobody) == {}


def test_a_calendar_file_needs_a_name(asked):
    assert asked("calendar", "-f", "ics") == 2
    assert "-o" in asked.err and not asked.out
