"""Ikhtisar and Bagi: the province's desk sees its offices by urgency, and shares cards out among them."""

import io
import json
import re
from datetime import date
from html import unescape

import pytest
from python_calamine import CalamineWorkbook

from blangko.cli.app import main
from blangko.core.entry import Entry, movement
from blangko.stockroom.offices import listed
from blangko.store.postgres import add_office, open_database
from blangko.web.options import Person, WebOptions
from tests import postgres
from tests.web.conftest import HOST, SECRET, Visitor

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not postgres.is_installed(), reason=postgres.ABSENT),
]
RECORDED = {"recorded_at": "2017-10-02T09:00:00Z", "recorded_by": "siti"}
FRIDAY = date(2017, 10, 27)
ON_HAND = {"61.01": 400, "61.02": 2000, "61.03": 9000, "62.01": 5000}
"""What is left on Friday at a use of 100 cards on each working day; 62.01 wrote nothing since the first day."""
NAMES = {"61.01": "Kab. Sambas", "61.02": "Kab. Mempawah", "61.03": "Kab. Sanggau", "62.01": "Kab. Kapuas <b>"}


def begun(code, on_hand):
    """An office that printed 100 cards on each of the 19 working days since the first Monday."""
    is_behind = code.startswith("62")
    days = [] if is_behind else [date(2017, 10, day) for day in range(3, 28)]
    prints = [movement("print", day, 100, **RECORDED) for day in days if day.weekday() < 5]
    opening = movement("opening", date(2017, 10, 2), on_hand + 100 * len(prints), **RECORDED)
    named = Entry("setting", date(2017, 10, 2), subject="office_name", value=NAMES[code], **RECORDED)
    return [[opening, named], *([each] for each in prints)]


@pytest.fixture
def place(databases, monkeypatch):
    monkeypatch.setenv("BLANGKO_TODAY", "2017-10-27")
    with databases.fresh() as place:
        for code, on_hand in ON_HAND.items():
            add_office(place, code, begun(code, on_hand))
        yield place


@pytest.fixture
def desk(place):
    """`desk()` is whoever is alone at the page; `desk("province", "61")` somebody who logged in."""

    def visitor(role=None, code=None, **changed):
        found = role and Person("Rina", "page account Rina", role, code)
        alone = None if found else Person("", "uid 1000 siti", "clerk")
        options = WebOptions(place, (HOST,), SECRET, alone, find_person=lambda _: found, let_in=lambda *_: found)
        visitor = Visitor(options._replace(**changed))
        if found:
            visitor.get("/login?lang=en")
            visitor.send("/login", name="Rina", passphrase="")
        return visitor

    return visitor

    return visitor


def codes(page):
    """The codes of the offices in the order in which they stand."""
    return re.findall(r'<th scope="row"><a [^>]*>([^<]*)</a>', page)


def granted(place):
    """The cards granted to each office, by its code."""
    with open_database(place) as database:
        return dict(database.rows("SELECT office_code, SUM(cards) FROM entry WHERE kind = 'grant' GROUP BY 1"))


# --- Ikhtisar -------------------------------------------------------------------------------------


def test_the_offices_stand_by_urgency_and_those_that_are_behind_first(desk):
    page = desk().get("/overview?lang=en")

    assert codes(page) == ["62.01", "61.01", "61.02", "61.03"]
    assert page.count("<svg") == 4 and "16,400 cards" in page


def test_words_and_groups_choose_among_the_offices_and_the_totals_are_theirs(desk):
    at_the_desk = desk()

    assert codes(at_the_desk.get("/overview?lang=en&q=kab+sa")) == ["61.01", "61.03"]
    assert "9,400 cards" in at_the_desk.text
    assert codes(at_the_desk.get("/overview?q=61.02")) == ["61.02"]
    assert codes(at_the_desk.get("/overview?group=behind")) == ["62.01"]
    assert codes(at_the_desk.get("/overview?lang=en&q=nowhere")) == [] and at_the_desk.code == 200
    assert "No office is to be seen here" in at_the_desk.text


def test_the_sums_of_the_totals_are_opened(desk):
    page = unescape(desk().get("/overview?lang=en&q=61"))
    rows = re.findall(r"<tr>(<td>.*?)</tr>", page)
    together = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in rows if "Together" in row]

    assert together == [["Together", "3", "11,400", "0", "0", "300"]]


def test_each_office_leads_to_its_own_pages_and_the_desk_stays_there(desk):
    at_the_desk = desk()
    at_the_desk.get("/overview?lang=en")
    assert 'href="/?office=61.03"' in at_the_desk.text

    assert "Kab. Sanggau" in at_the_desk.get("/?office=61.03")
    assert "Kab. Sanggau" in at_the_desk.get("/")
    assert "Kab. Sambas" in at_the_desk.get("/?office=61.01")


def test_whoever_has_chosen_no_office_yet_is_shown_all_of_them(desk):
    assert codes(desk().get("/")) == ["62.01", "61.01", "61.02", "61.03"]


@pytest.mark.parametrize("page", ["/overview?lang=en&q=kab+sa", "/allocate?lang=en&n=4000&most=1000"])
def test_what_is_shown_is_kept_as_a_page_to_print_and_as_a_workbook(desk, page):
    at_the_desk = desk()
    at_the_desk.get(page)
    ways = [unescape(way) for way in re.findall(r'href="(/[a-z]+\.(?:pdf|xlsx)\?[^"]*)"', at_the_desk.text)]
    pdf, workbook = (at_the_desk.client.get(way) for way in ways)

    assert pdf.data.startswith(b"%PDF") and "attachment" in pdf.headers["Content-Disposition"]
    held = CalamineWorkbook.from_filelike(io.BytesIO(workbook.data)).get_sheet_by_index(0).to_python()
    codes = [cell for row in held for cell in row if re.fullmatch(r"6\d\.\d\d", str(cell))]
    assert "61.01" in codes and ("62.01" in codes) == page.startswith("/allocate")
    assert at_the_desk.client.get(ways[0].replace("pdf", "exe")).status_code == 404


def test_the_name_of_an_office_is_never_markup(desk):
    assert "Kapuas &lt;b&gt;" in desk().get("/overview")


def test_a_province_sees_its_own_offices_and_no_other(desk):
    at_the_desk = desk("province", "61")

    assert codes(at_the_desk.get("/overview?lang=en")) == ["61.01", "61.02", "61.03"]
    at_the_desk.get("/?office=62.01")
    assert at_the_desk.code == 403 and "Kapuas" not in at_the_desk.text
    at_the_desk.get("/?office=61.01")
    assert at_the_desk.code == 200


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ((), ["62.01", "61.01", "61.02", "61.03"]),
        (("province", "61"), ["61.01", "61.02", "61.03"]),
        (("clerk", "61.02"), ["61.02"]),
    ],
)
def test_a_program_is_told_of_the_offices_that_its_person_sees(desk, who, seen):
    at_the_desk = desk(*who)
    at_the_desk.get("/?office=61.02")
    rows = json.loads(at_the_desk.get("/api/overview"))["rows"]

    assert [row["office"]["code"] for row in rows] == seen


def test_a_clerk_without_an_office_is_told_of_none(desk):
    clerk = desk("clerk")
    clerk.get("/api/overview")

    assert clerk.code == 403 and "61.01" not in clerk.text


@pytest.mark.parametrize(("role", "code"), [("clerk", "61.01"), ("head", "61.01"), ("clerk", None), ("head", None)])
def test_whoever_works_at_one_office_sees_no_other(desk, role, code):
    at_the_desk = desk(role, code)
    for path in ("/overview", "/allocate", "/allocate?n=5000"):
        at_the_desk.get(path)
        assert at_the_desk.code == 404 and "Sanggau" not in at_the_desk.text
    if code:
        at_the_desk.get("/?office=61.03")
        assert at_the_desk.code == 403 and "Sanggau" not in at_the_desk.text
        assert "Kab. Sambas" in at_the_desk.get("/") and "/overview" not in at_the_desk.text


# --- Bagi -----------------------------------------------------------------------------------------


def test_before_and_after_stand_beside_each_other_and_nothing_is_written(desk, place):
    page = desk("province", "61").get("/allocate?n=4000&lang=en")

    # 400 and 2,000 cards at 100 a day: 3,400 and 3,000 last 34 and 30 days; 2,900 and 3,500 would last 29.
    assert re.findall(r"<td>(61\.\d\d) [^<]*</td>(?:<td[^>]*>[^<]*</td>){1}<td[^>]*>([^<]*)</td>", page) == [
        ("61.01", "3,000"), ("61.02", "1,000"), ("61.03", "0"),
    ]  # fmt: skip
    assert "It cannot be later" in page and "Nothing has been written yet" in page
    assert granted(place) == {}


def test_the_second_step_writes_the_grants_once(desk, place):
    at_the_desk = desk("province", "61")
    at_the_desk.get("/allocate?n=4000&lang=en")
    form = at_the_desk.hidden("/allocate/record")
    page = at_the_desk.post("/allocate/record", form)

    assert at_the_desk.code == 200 and "Written: 2 of 2 grants." in page
    assert "Offices with their part in the book already: 2." in page and "Record the grants" not in page
    assert granted(place) == {"61.01": 3000, "61.02": 1000}

    at_the_desk.post("/allocate/record", form)
    assert granted(place) == {"61.01": 3000, "61.02": 1000}


def test_who_wrote_it_and_what_was_promised_stand_in_the_books(desk, place):
    at_the_desk = desk("province", "61")
    at_the_desk.get("/allocate?n=4000&due=3/11/2017&ref=500/1&lang=en")
    at_the_desk.send("/allocate/record")

    with open_database(place) as database:
        rows = database.rows("SELECT recorded_by, due_on, reference FROM entry WHERE kind = 'grant'")
    assert set(rows) == {("Rina (page account Rina)", "2017-11-03", "500/1")}


def test_an_allocation_that_is_not_the_one_that_was_looked_at_is_not_written(desk, place):
    at_the_desk = desk("province", "61")
    at_the_desk.get("/allocate?n=4000&lang=en")
    form = at_the_desk.hidden("/allocate/record")
    with open_database(place) as database, database.writing("61.03") as book:
        book.append([movement("send", FRIDAY, 8900, party="Kec. Kapuas", **RECORDED)])
    page = at_the_desk.post("/allocate/record", form)

    assert at_the_desk.code == 409 and "The books have changed" in page and "Record the grants" in page
    assert granted(place) == {}


def test_terms_are_typed_as_at_the_command_line(desk):
    at_the_desk = desk("province", "61")
    page = at_the_desk.get("/allocate?n=4000&lot=100&most=1000+61.03%3D0&lang=en")
    assert re.findall(r"<td>(61\.\d\d) [^<]*</td>(?:<td[^>]*>[^<]*</td>){1}<td[^>]*>([^<]*)</td>", page) == [
        ("61.01", "1,000"), ("61.02", "1,000"), ("61.03", "0"),
    ]  # fmt: skip

    for wrong in ("n=x", "n=0", "n=4000&lot=0", "n=4000&most=a", "n=4000&due=x", "n=4000&most=62.01%3D5"):
        page = at_the_desk.get(f"/allocate?{wrong}")
        assert at_the_desk.code in (400, 409) and 'role="alert"' in page


@pytest.mark.parametrize("who", [{"role": "auditor"}, {"role": "province", "read_only": True}, {"read_only": True}])
def test_who_may_only_read_records_no_grants(desk, place, who):
    reader = desk(**who)
    page = reader.get("/allocate?n=4000&lang=en")

    assert reader.code == 200 and "Record the grants" not in page
    with reader.client.session_transaction() as session:
        session["token"] = "known"
    reader.post("/allocate/record", {"token": "known", "n": "4000"})
    assert reader.code == 403 and granted(place) == {}


def test_the_books_of_the_offices_are_as_before_after_looking(desk, place):
    before = listed(place)
    at_the_desk = desk()
    for path in ("/overview", "/allocate", "/allocate?n=4000"):
        at_the_desk.get(path)

    assert listed(place) == before


# --- Which office -----------------------------------------------------------------------------------


def test_a_form_is_written_in_the_office_for_which_it_was_shown(desk, place):
    """Another office was chosen in another window before the form was sent."""
    at_the_desk = desk()
    at_the_desk.get("/?office=61.01&lang=en")
    form = at_the_desk.hidden("/print")
    at_the_desk.get("/?office=61.02")
    page = at_the_desk.post("/print", {**form, "printed": "7", "yes": "yes"})

    assert at_the_desk.code == 200 and "61.01" in page
    with open_database(place) as database:
        assert list(database.rows("SELECT office_code FROM entry WHERE kind = 'print' AND cards = 7")) == [("61.01",)]


def test_a_sheet_is_written_in_the_office_for_which_it_was_shown(desk, place):
    at_the_desk = desk()
    at_the_desk.get("/import?office=61.01&lang=en")
    sheet = (io.BytesIO(b"Tanggal;Masuk;Cetak\n24/10/2017;777;100\n"), "oktober.csv")
    at_the_desk.send("/import", sheet=sheet)
    form = at_the_desk.hidden("/import/write")
    at_the_desk.get("/import?office=61.02")
    at_the_desk.post("/import/write", form)

    assert at_the_desk.code == 200
    with open_database(place) as database:
        assert list(database.rows("SELECT office_code FROM entry WHERE kind = 'receive'")) == [("61.01",)]


# --- For programs ---------------------------------------------------------------------------------


def test_programs_get_the_overview_of_the_command_line_byte_for_byte(desk, place, capsys):
    assert main(["--db", place, "overview", "-f", "json"]) == 0
    said = capsys.readouterr().out

    for who in (desk(), desk("auditor")):
        assert who.client.get("/api/overview").data.decode() == said


def test_a_program_of_a_province_asks_about_no_office_of_another(desk):
    assert desk("province", "61").client.get("/api/status?office=61.02").status_code == 200
    assert desk("province", "61").client.get("/api/status?office=62.01").status_code == 403


def test_a_program_that_names_no_office_is_told_so_in_json(desk):
    answer = desk().client.get("/api/status")

    assert answer.status_code == 409 and answer.json["refused"] == "office_not_named"
    assert desk().client.get("/api/status?office=61.03").json["office"]["code"] == "61.03"


def test_a_monitor_asks_about_a_database_of_offices_too(desk):
    assert desk(alone=None).client.get("/health").json["ok"] is True
