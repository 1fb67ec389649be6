"""Impor: a clerk's sheet at the page, from the file to the book."""

import io
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from tests.exchange.grids import Page, text, xlsx

HEAD = ["Tanggal", "Masuk", "Cetak", "Rusak"]
DAYS = [
    [date(2017, 10, 3), None, 150, 1],
    [date(2017, 10, 4), 2000, 160, None],
]
UNCLEAR = b"Tanggal;Masuk;Keluar\n2/10/2017;;187\n3/10/2017;2.000;201\n"


@pytest.fixture
def clerk(visit):
    """A clerk at the page, in English: `clerk.brings(name, content)` chooses a file and sends it."""
    at_the_desk = visit()

    def brings(name, content):
        at_the_desk.get("/import?lang=en")
        if 'action="/import/away"' in at_the_desk.text:
            at_the_desk.send("/import/away")
        return at_the_desk.send("/import", sheet=(io.BytesIO(content), name))

    at_the_desk.brings = brings
    return at_the_desk


def kept(visitor):
    """The files that the page keeps of its visitors."""
    folder = visitor.app.extensions["blangko.sheets"]._folder
    return [] if folder is None else sorted(Path(folder.name).iterdir())


def kinds(office):
    return [(row["occurred_on"][-2:], row["kind"], row["cards"]) for row in office.json("card")["rows"][1:]]


def test_a_sheet_is_told_row_by_row_and_written_as_one_command(office, clerk):
    page = clerk.brings("oktober.xlsx", xlsx(Page("Okt", [HEAD, *DAYS])))

    assert clerk.code == 200 and "oktober.xlsx" in page
    assert "2 days: received 2,000, printed 310, spoiled 1, sent 0." in page
    assert re.findall(r'<td class="right">(\d)</td><td class="day">([^<]*)</td>', page) == [
        ("2", "Tue 3 Oct 2017"), ("3", "Wed 4 Oct 2017")
    ]  # fmt: skip
    assert office.last_entry() == 3
    page = clerk.send("/import/write")

    # 1,000 at first, less 150 + 1, then 2,000 more, less 160.
    assert "2,689" in page and clerk.code == 200
    assert kinds(office) == [("03", "print", 150), ("03", "spoil", 1), ("04", "receive", 2000), ("04", "print", 160)]
    office.did("undo", "--reason", "wrong sheet")
    assert office.json("status")["on_hand_cards"] == 1000


def test_a_double_click_writes_the_sheet_once_and_tells_the_same(office, clerk):
    clerk.brings("oktober.csv", text([HEAD, *DAYS]))
    form = clerk.hidden("/import/write")
    first, second = (clerk.post("/import/write", form) for _ in range(2))

    assert "Written, no. 4" in first and "Written, no. 4" in second
    assert office.json("status")["on_hand_cards"] == 2689


def test_the_file_is_deleted_when_it_is_written_put_away_or_followed_by_another(clerk):
    clerk.brings("oktober.csv", text([HEAD, *DAYS]))
    (path,) = kept(clerk)
    assert path.stat().st_mode & 0o777 == 0o600 and len(path.name) >= 32 and "oktober" not in path.name
    clerk.send("/import/write")
    assert kept(clerk) == []
    clerk.brings("oktober.csv", text([HEAD, *DAYS]))
    clerk.send("/import/away")
    assert kept(clerk) == []


def test_a_sheet_that_nobody_looks_at_for_an_hour_is_deleted(clerk, monkeypatch):
    from blangko.web import held

    clerk.brings("oktober.csv", text([HEAD, *DAYS]))
    before = held.time.monotonic()
    monkeypatch.setattr(held.time, "monotonic", lambda: before + held.PATIENCE_SECONDS + 60)

    assert 'type="file"' in clerk.get("/import") and kept(clerk) == []


def test_another_visitor_does_not_see_the_sheet(clerk):
    clerk.brings("oktober.csv", text([HEAD, *DAYS]))
    stranger = type(clerk).__new__(type(clerk))
    stranger.app, stranger.client = clerk.app, clerk.app.test_client()

    assert "oktober.csv" not in stranger.get("/import?lang=en")


def test_a_question_of_the_sheet_is_answered_at_the_page(office, clerk):
    page = clerk.brings("oktober.csv", UNCLEAR)

    assert "What does the column &#34;Keluar&#34; count?" in page and 'action="/import/write"' not in page
    name, value = re.search(r'name="(answer [^"]*)" value="(printed=[^"]*)"', page).groups()
    page = clerk.post("/import/answers", {**clerk.hidden("/import/answers"), name: value})
    assert "Keluar: cards printed" in page
    clerk.send("/import/write")

    assert kinds(office) == [("02", "print", 187), ("03", "receive", 2000), ("03", "print", 201)]


def test_answers_are_taken_back(clerk):
    page = clerk.brings("oktober.csv", UNCLEAR)
    name, value = re.search(r'name="(answer [^"]*)" value="(printed=[^"]*)"', page).groups()
    clerk.post("/import/answers", {**clerk.hidden("/import/answers"), name: value})

    assert "What does the column" in clerk.send("/import/answers", anew="yes")


def test_a_column_that_the_file_does_not_have_is_told_and_can_be_said_anew(clerk):
    clerk.brings("oktober.csv", UNCLEAR)
    page = clerk.send("/import/answers", **{"--columns": "printed=Kertas"})

    assert "No column is called as said" in page
    page = clerk.send("/import/answers", **{"--columns": "nonsense"})
    assert clerk.code == 400 and "nonsense" in page


def test_what_is_sent_without_a_question_does_not_write_what_is_not_certain(office, clerk):
    clerk.brings("oktober.csv", UNCLEAR)
    clerk.post("/import/write", clerk.hidden("/import/answers"))

    assert clerk.code == 409 and office.last_entry() == 3


def test_days_that_differ_are_replaced_only_when_that_is_said(office, clerk):
    office.did("print", 140, "--on", "2017-10-03")
    page = clerk.brings("oktober.csv", text([HEAD, *DAYS]))

    assert ": the book has 140, the sheet 150" in page
    refused = clerk.send("/import/write")
    assert clerk.code == 409 and "on 1 day the sheet says something else" in refused and office.last_entry() == 4
    clerk.send("/import/write", replace="yes")
    assert clerk.code == 200 and office.json("status")["on_hand_cards"] == 2689


def test_what_another_clerk_writes_after_the_sheet_was_shown_is_not_replaced_unseen(office, clerk):
    office.did("print", 140, "--on", "2017-10-03")
    clerk.brings("oktober.csv", text([HEAD, *DAYS]))
    office.did("print", 20, "--on", "2017-10-04")
    clerk.send("/import/write", replace="yes")

    assert clerk.code == 409 and "the book has 20" in clerk.text
    assert office.json("status")["on_hand_cards"] == 840


def test_rows_that_are_not_understood_are_marked_and_nothing_can_be_written(office, clerk):
    page = clerk.brings("oktober.csv", text([HEAD, *DAYS, ["kapan-kapan", None, 7, None]]))

    assert "kapan-kapan" in page and "this is not a date" in page and 'action="/import/write"' not in page
    few = clerk.get("/import?few=1")
    assert few.count('<tr class="is-') == 1
    assert office.last_entry() == 3


def test_a_sheet_of_years_is_shown_in_parts(clerk):
    rows = [[date(2017, 10, 3 + day % 20), None, None, None, f"baris {day}"] for day in range(250)]
    few = [[*row[:2], 3, *row[3:]] for row in rows]
    page = clerk.brings("lama.csv", text([[*HEAD, "Keterangan"], *few]))

    assert page.count('<tr class="is-') == 200 and "Later rows" in page
    later = re.search(r'href="(/import\?from=\d+)[^"]*">Later rows', page)[1]
    assert clerk.get(later).count('<tr class="is-') < 200


def test_what_is_no_sheet_is_told_beside_the_field_and_not_kept(clerk):
    page = clerk.brings("foto.xlsx", b"\x89PNG\r\n")

    assert clerk.code == 400 and "foto.xlsx" in page and 'type="file"' in page
    assert kept(clerk) == []
    clerk.get("/import?lang=en")
    assert "no file was chosen" in clerk.send("/import")


def test_a_sheet_without_a_table_is_told_by_the_field_that_helps_and_with_an_empty_sheet(clerk):
    page = clerk.brings("daftar.csv", b"Nama;Alamat\nkantor;jalan\n")

    assert 'Say what its columns are with "What columns are"' in unescape(page) and "--columns" not in visible(page)
    assert re.search(r'begin with: <a href="/import/empty.xlsx">An empty sheet to fill in</a>', page)


def visible(page):
    """The words of a page, without its tags and what stands in them."""
    return re.sub(r"<[^>]*>", "", page)


def test_a_sheet_larger_than_the_page_takes_is_refused(clerk):
    clerk.brings("besar.csv", b"1;2\n" * (3 << 20))

    assert clerk.code == 413 and kept(clerk) == []


def test_the_name_of_the_file_and_its_cells_are_text_and_no_script(clerk):
    cell = "<script>alert(1)</script>"
    page = clerk.brings(f"../../{cell}.csv", text([[*HEAD, "Keterangan"], [*DAYS[0], cell], ["x" + cell, None, 7]]))

    assert "&lt;script&gt;alert(1)" in page and cell not in page


def test_the_sheet_comes_back_with_remarks_beside_its_rows_and_an_empty_one_is_there(clerk):
    clerk.brings("oktober.csv", text([HEAD, *DAYS, ["kapan-kapan", None, 7, None]]))

    for path in ("/import/remarks.xlsx", "/import/empty.xlsx"):
        answer = clerk.client.get(path)
        assert answer.status_code == 200 and answer.data[:2] == b"PK"


def test_who_only_reads_brings_no_sheet(office, visit):
    reader = visit(read_only=True)

    assert 'type="file"' not in reader.get("/import")
