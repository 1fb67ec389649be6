"""Files in and out: a clerk's sheet, an export, a copy, and the way back."""

import csv
import json
import os
from datetime import date
from hashlib import sha256

import pytest

from blangko import config
from blangko.stockroom import open_book
from blangko.store import queries
from tests.forging import forge

SHEET = "Tanggal;Masuk;Cetak;Rusak;Ket\n2/10/2017;;187;3;\n3/10/2017;2.000;201;;BAST 1\n4/10/2017;;LIBUR;;\n"


@pytest.fixture
def sheet(office):
    path = office.folder / "catatan.csv"
    path.write_text(SHEET)
    return path


def last_entry(office):
    return office.last_entry()


def test_an_import_shows_what_it_understood_and_writes_nothing_without_a_yes(office, sheet):
    before = last_entry(office)

    assert office("import", sheet) == 1
    assert "2 days: received 2,000, printed 388, spoiled 3, sent 0." in office.out
    assert "Left out: free days 1." in office.out
    assert "--yes" in office.err
    assert last_entry(office) == before


def test_a_yes_on_the_terminal_writes(office, sheet):
    office.answers_on_terminal("y\n")
    office.did("import", sheet)

    # 1,000 + 2,000 - 187 - 3 - 201.
    assert office.json("status")["on_hand_cards"] == 2609


def test_an_import_is_one_command_that_undo_takes_back_whole(office, sheet):
    office.did("import", sheet, "--yes")
    office.did("undo", "--reason", "the wrong month")

    assert office.json("status")["on_hand_cards"] == 1000


def test_the_same_content_is_refused_even_under_another_name(office, sheet):
    office.did("import", sheet, "--yes")
    other = office.folder / "salinan.csv"
    other.write_text(SHEET)

    assert office("import", other, "--yes") == 1
    assert "salinan.csv has nothing new; the book has its 4 figures already" in " ".join(office.err.split())
    assert office.json("status")["on_hand_cards"] == 2609


def test_what_was_taken_back_may_be_imported_again(office, sheet):
    for _ in range(2):
        office.did("import", sheet, "--yes")
        office.did("undo", "--reason", "wrong")
    office.did("import", sheet, "--yes")

    assert office.json("status")["on_hand_cards"] == 2609


def test_one_row_not_understood_keeps_all_rows_out(office, sheet):
    sheet.write_text(SHEET + "5/10/2017;;1,5;;\n")
    before = last_entry(office)

    assert office("import", sheet, "--yes") == 1
    assert 'The sheet, row 5: "1,5": a broken number is no number of cards.' in office.out
    assert last_entry(office) == before


def test_an_import_that_would_empty_the_shelf_is_refused_whole(office, sheet):
    sheet.write_text("Tanggal;Cetak\n2/10/2017;600\n3/10/2017;600\n")
    before = last_entry(office)

    assert office("import", sheet, "--yes") == 1
    assert last_entry(office) == before


# --- A sheet that grows ---------------------------------------------------------------------------


HEAD = "Tanggal;Masuk;Cetak;Rusak;Ket\n"


def written(office):
    """What stands in the book beside the opening, reversals and what they took back too: day, kind, cards."""
    return [(row["occurred_on"][8:], row["kind"], row["cards"]) for row in office.json("card")["rows"][1:]]


def flat(text):
    return " ".join(text.split())


def test_the_same_sheet_with_new_rows_below_adds_the_new_rows_only(office, sheet):
    office.did("import", sheet, "--yes")
    sheet.write_text(SHEET + "5/10/2017;;180;0;\n")
    office.did("import", sheet, "--yes")

    # 2,609 as above, less 180; spoiled 0 is nothing to write.
    assert "New: 1 figure. The same as in the book: 4 figures. Differing: 0 days." in flat(office.out)
    assert office.json("status")["on_hand_cards"] == 2429
    assert written(office)[-1] == ("05", "print", 180)


def test_what_the_clerk_wrote_by_hand_stands_for_the_sheet_too(office, sheet):
    """One row of the sheet, typed as two commands in the course of the day."""
    office.did("print", 100, "--on", "2017-10-02", "--for", "prr")
    office.did("print", 87, "--spoiled", 3, "--on", "2017-10-02", "--yes")
    office.did("import", sheet, "--yes")

    assert office.json("status")["on_hand_cards"] == 2609
    assert written(office)[3:] == [("03", "receive", 2000), ("03", "print", 201)]


def test_a_day_that_differs_is_shown_side_by_side_and_a_yes_alone_does_not_replace_it(office, sheet):
    office.did("import", sheet, "--yes")
    before = written(office)
    sheet.write_text(SHEET.replace(";201;", ";210;") + "5/10/2017;;180;;\n")

    assert office("import", sheet, "--yes") == 1
    assert "Tue 3 Oct 2017 printed 201 210 3 7" in flat(office.out)
    assert "catatan.csv says something else than the book, on 1 day." in flat(office.err) and "--replace" in office.err
    assert written(office) == before


def test_a_replaced_day_is_taken_back_and_written_again_in_one_command(office, sheet):
    office.did("import", sheet, "--yes")
    sheet.write_text(SHEET.replace(";201;", ";210;") + "5/10/2017;;180;;\n")
    office.did("import", sheet, "--replace", "--yes")

    # 2,609 + 201 - 210 - 180.
    assert office.json("status")["on_hand_cards"] == 2420
    rows = office.json("card")["rows"]
    (taken,) = [row for row in rows if row["kind"] == "reverse"]
    assert (taken["occurred_on"], taken["cards"]) == ("2017-10-03", 201)
    assert taken["note"] == "replaced by the sheet catatan.csv"
    assert office.json("verify")["ok"]


def test_without_a_yes_nothing_is_replaced_either(office, sheet):
    office.did("import", sheet, "--yes")
    before = written(office)
    sheet.write_text(SHEET.replace(";201;", ";210;"))

    assert office("import", sheet, "--replace") == 1
    assert written(office) == before
    office.answers_on_terminal("y\n")
    office.did("import", sheet, "--replace")
    assert "Take these entries back" in office.err


def test_a_replaced_print_keeps_its_purpose_and_a_replaced_delivery_the_request_that_it_answers(office):
    office.did("request", 2000, "--on", "2017-10-02")
    office.did("receive", 2000, "--from", "Provinsi", "--on", "2017-10-03")
    office.did("print", 150, "--for", "suket", "--quota", 200, "--on", "2017-10-03", "--yes")
    sheet = office.folder / "catatan.csv"
    sheet.write_text(HEAD + "3/10/2017;1.900;160;;BAST 7\n")
    office.did("import", sheet, "--replace", "--yes")

    with open_book(office.place) as book, book.reading():
        last = book.last()[0]
        receipt, prints = (book.entry(queries.BY_NUMBER, entry_no=number) for number in (last - 1, last))
    assert (receipt.cards, receipt.party, receipt.request_no, receipt.reference) == (1900, "Provinsi", 4, "BAST 7")
    assert (prints.cards, prints.purpose, prints.quota_cards) == (160, "suket", 200)
    assert office.json("status")["on_order_cards"] == 0


def test_a_day_that_a_paper_speaks_of_is_replaced_with_a_reversal_of_today(office, sheet):
    office.did("import", sheet, "--yes")
    office.did("summary", "--week", "2017-W40", "--issue", "-o", office.folder / "minggu.html")
    sheet.write_text(SHEET.replace(";201;", ";210;"))
    office.did("import", sheet, "--replace", "--yes")

    # 2,609 + 201 - 210, the 201 today.
    assert written(office)[-2:] == [("03", "print", 210), ("27", "reverse", 201)]
    assert office.json("status")["on_hand_cards"] == 2600
    assert office("import", sheet, "--yes") == 1 and "nothing new" in flat(office.err)


def test_a_replacement_that_would_empty_the_shelf_is_refused_whole(office, sheet):
    sheet.write_text(HEAD + "2/10/2017;;500;;\n3/10/2017;;400;;\n")
    office.did("import", sheet, "--yes")
    before = written(office)
    sheet.write_text(HEAD + "2/10/2017;;601;;\n3/10/2017;;400;;\n")

    assert office("import", sheet, "--replace", "--yes") == 1
    assert written(office) == before


def test_undo_takes_back_a_whole_import_with_what_it_replaced(office, sheet):
    office.did("import", sheet, "--yes")
    sheet.write_text(SHEET.replace(";201;", ";210;") + "5/10/2017;;180;;\n")
    office.did("import", sheet, "--replace", "--yes")
    office.did("undo", "--reason", "the wrong sheet")

    assert office.json("status")["on_hand_cards"] == 2609
    assert office.json("verify")["ok"]
    sheet.write_text(SHEET)
    assert office("import", sheet, "--yes") == 1 and "the book has its 4 figures already" in flat(office.err)
    assert office("undo", "--reason", "again") == 1 and "the last command was itself an undo" in flat(office.err)


def test_an_undone_replacement_that_brings_back_a_total_is_not_asked_about(office):
    office.did("print", 300, "--since", "2017-10-03", "--on", "2017-10-05")
    sheet = office.folder / "catatan.csv"
    sheet.write_text(HEAD + "3/10/2017;;100;;\n4/10/2017;;100;;\n5/10/2017;;101;;\n")
    office.did("import", sheet, "--replace", "--yes")
    assert office.json("status")["on_hand_cards"] == 699
    office.did("undo", "--reason", "the total was right")

    assert office.json("status")["on_hand_cards"] == 700


def test_days_before_the_book_was_begun_are_left_out_and_said_so(office, sheet):
    """The opening holds what came and went before it."""
    sheet.write_text(HEAD + "28/9/2017;3.000;2.000;;\n2/10/2017;;187;;\n")
    office.did("import", sheet, "--yes")

    assert "Left out: 1 day before the book was begun, Thu 28 Sep to Thu 28 Sep 2017" in flat(office.out)
    assert written(office) == [("02", "print", 187)]


def test_what_another_clerk_wrote_while_the_sheet_was_looked_at_is_not_written_twice(office, sheet, monkeypatch):
    """The second of two clerks who import the same sheet at once finds everything there."""
    from blangko.cli import sheets

    def meanwhile(_question):
        monkeypatch.setattr(sheets, "ask_yes", lambda _: True)
        office.did("import", sheet)
        return True

    monkeypatch.setattr(sheets, "ask_yes", meanwhile)

    assert office("import", sheet) == 1
    assert "nothing new; the book has its 4 figures" in flat(office.err)
    assert office.json("status")["on_hand_cards"] == 2609


def test_a_missing_sheet_and_a_missing_book_are_told_in_words(nobody, office):
    assert office("import", office.folder / "nothing.xlsx") == 1
    assert "no such file" in office.err
    assert office("--db", office.folder / "no.db", "import", office.folder / "nothing.xlsx") == 3


def test_a_template_comes_back_in_without_a_question(office):
    path = office.folder / "isian.xlsx"
    office.did("template", "-o", path)

    assert office("import", path, "--yes") == 1
    assert "no row with figures" in office.err


# --- What is not certain, and the report ----------------------------------------------------------

UNCLEAR = "Tanggal;Masuk;Keluar\n2/10/2017;;187\n3/10/2017;2.000;201\n"


def test_what_is_not_certain_is_refused_with_the_option_that_answers_and_a_yes_does_not_answer_it(office, sheet):
    sheet.write_text(UNCLEAR)
    before = last_entry(office)

    assert office("import", sheet, "--yes") == 1
    assert 'What does the column "Keluar" count? Answer with --columns printed=Keluar' in flat(office.out)
    assert "not all in" in office.err and "--columns" in office.err
    assert last_entry(office) == before
    office.did("import", sheet, "--yes", "--columns", "printed=Keluar")
    assert office.json("status")["on_hand_cards"] == 2612


def test_on_a_terminal_it_is_asked_and_the_sheet_read_again(office, sheet):
    sheet.write_text(UNCLEAR)
    office.answers_on_terminal("1\ny\n")
    office.did("import", sheet)

    assert "1  --columns printed=Keluar" in office.err
    assert office.json("status")["on_hand_cards"] == 2612


def test_an_indonesian_office_is_told_the_answers_in_its_own_words_and_both_are_understood(office, sheet):
    sheet.write_text(UNCLEAR)

    assert office("--lang", "id", "import", sheet) == 1
    assert "--kolom cetak=Keluar" in flat(office.out) and "--kolom abaikan=Keluar" in flat(office.out)
    assert office("--lang", "id", "import", sheet, "--kolom", "apa=Keluar") == 2
    assert "tanggal, masuk, cetak, rusak" in flat(office.err)
    office.did("--lang", "id", "import", sheet, "--yes", "--kolom", "cetak=Keluar")
    assert office.json("status")["on_hand_cards"] == 2612


@pytest.mark.parametrize("word", ["read", "dibaca", "receive"])
def test_cards_that_only_a_remark_tells_of_are_read_when_the_clerk_says_so(office, sheet, word):
    """The office had 1,000 cards: 187 were printed, 4 spoiled and 25 went to a sub-district."""
    sheet.write_text("Tanggal;Cetak;Keterangan\n2/10/2017;187;rusak 4\n3/10/2017;0;dikirim 25 ke kecamatan\n")
    assert office("import", sheet) == 1 and "Answer with --remarks read, --remarks ignore" in flat(office.out)
    office.did("import", sheet, "--yes", "--remarks", word)

    assert office.json("status")["on_hand_cards"] == 784


def test_whoever_gives_no_number_leaves_it_open_and_nothing_is_written(office, sheet):
    sheet.write_text(UNCLEAR)
    before = last_entry(office)
    office.answers_on_terminal("\n")

    assert office("import", sheet, "--yes") == 1
    assert last_entry(office) == before


def test_a_sheet_that_the_file_does_not_have_is_refused_and_not_asked_about(office):
    path = office.folder / "hari.xlsx"
    office.did("template", "-o", path)
    office.answers_on_terminal("1\n")

    assert office("import", path, "--sheet", "Okt") == 1
    assert "? The file has no sheet Okt. Answer with --sheet" in flat(office.out)
    assert "Number" not in office.err


def test_a_text_file_has_no_sheets_to_answer_with(office, sheet):
    assert office("import", sheet, "--sheet", "Okt") == 1
    assert "The file has no sheet Okt." in office.out and "Answer with" not in office.out


def test_no_balance_is_held_against_rows_of_which_a_column_is_open(office, sheet):
    sheet.write_text("Tanggal;Keluar;Sisa\n2/10/2017;187;813\n3/10/2017;200;613\n")

    assert office("import", sheet) == 1 and "part from it" not in flat(office.out)
    office.did("import", sheet, "--columns", "printed=Keluar", "--yes")
    assert "Sisa: recomputed, and it holds." in office.out


@pytest.mark.parametrize(
    "words",
    [
        ("--date-order", "ymd"),
        ("--columns", "printed"),
        ("--columns", "cards=Cetak"),
        ("--remarks", "yes"),
        ("--year", "last"),
        ("-f", "csv"),
        ("--mark-up", "remarks.csv"),
    ],
)
def test_an_answer_that_cannot_be_meant_is_refused_before_anything_is_read(office, sheet, words):
    before = last_entry(office)

    assert office("import", sheet, "--yes", *words) in (1, 2)
    assert not office.out and last_entry(office) == before


def test_a_trial_tells_what_would_be_written_and_writes_nothing(office, sheet):
    before = last_entry(office)
    office.did("import", sheet, "--dry-run", "--yes")

    assert "New: 4 figures." in office.out and "this was a trial" in office.err
    assert last_entry(office) == before
    sheet.write_text(SHEET + "5/10/2017;;1,5;;\n")
    assert office("import", sheet, "--dry-run") == 1


def test_a_program_gets_the_report_alone_whatever_is_written(office, sheet):
    office.did("print", 187, "--on", "2017-10-02", "--spoiled", 3)
    told = json.loads(office.did("import", sheet, "--yes", "-f", "json"))

    assert told["schema"] == "blangko.import/1" and told["refused"] is None
    assert [(line["row"], line["kind"], line["cards"], line["state"]) for line in told["lines"]] == [
        (2, "print", 187, "same"),
        (2, "spoil", 3, "same"),
        (3, "receive", 2000, "new"),
        (3, "print", 201, "new"),
    ]
    assert [(row["row"], row["state"]) for row in told["rows"]] == [(2, "read"), (3, "read"), (4, "closed")]
    (block,) = told["blocks"]
    assert (block["first"], block["last"], [each["read_as"] for each in block["columns"]]) == (
        2,
        4,
        ["day", "received", "printed", "spoiled", "note"],
    )
    assert "Written, no. " in office.err and office.json("status")["on_hand_cards"] == 2609


def test_a_program_is_told_why_a_sheet_is_refused(office, sheet):
    sheet.write_text(UNCLEAR)
    assert office("import", sheet, "--yes", "-f", "json") == 1
    told = json.loads(office.out)

    assert told["refused"] == "sheet_unclear"
    assert [(guess["option"], guess["choices"][0]) for guess in told["guesses"]] == [("--columns", "printed=Keluar")]


def test_the_report_goes_into_a_file(office, sheet):
    office.did("import", sheet, "--dry-run", "-o", office.folder / "report.json")
    office.did("import", sheet, "--dry-run", "-o", office.folder / "report.txt")

    assert json.loads((office.folder / "report.json").read_text())["schema"] == "blangko.import/1"
    assert "read as A Tanggal = date" in (office.folder / "report.txt").read_text()
    assert not office.out


def test_the_balances_of_a_sheet_are_recomputed_and_the_last_is_held_against_the_book(office, sheet):
    # The book begins with 1,000: 1,000 - 187 = 813; the sheet forgot 13 of the next 200.
    sheet.write_text("Tanggal;Cetak;Sisa\n2/10/2017;187;813\n3/10/2017;200;626\n4/10/2017;26;600\n")
    office.did("import", sheet, "--dry-run")

    assert "part from it in row 3: it says 626, they make 613" in flat(office.out)
    assert "On the evening of Wed 4 Oct 2017 600 are left in the sheet; in the book it would be 587, 13 less" in flat(
        office.out
    )


def test_the_sheet_comes_back_with_remarks_though_it_was_refused(office, sheet):
    from python_calamine import CalamineWorkbook

    sheet.write_text(SHEET + "5/10/2017;;1,5;;\n")
    marked = office.folder / "remarks.xlsx"
    assert office("import", sheet, "--yes", "--mark-up", marked) == 1
    rows = CalamineWorkbook.from_path(str(marked)).get_sheet_by_index(0).to_python()

    assert [row[-1] for row in rows] == [
        "Remarks of blangko",
        "",
        "",
        "",
        "1,5: a broken number is no number of cards",
    ]


def test_the_sheet_with_remarks_never_takes_the_place_of_the_sheet_and_says_of_any_other_file(office, sheet):
    own, other = office.folder / "hari.xlsx", office.folder / "remarks.xlsx"
    office.did("template", "-o", own)
    before = own.read_bytes()

    assert office("import", own, "--mark-up", own) == 1 and "it is the sheet itself" in office.err
    assert own.read_bytes() == before
    other.write_bytes(b"x")
    assert office("import", sheet, "--mark-up", other) == 1
    assert "takes the place of the file that was there" in office.err


def test_a_report_of_many_rows_alike_is_short(office, sheet):
    sheet.write_text(HEAD + "".join(f"{day}/10/2017;;({day});;\n" for day in range(2, 14)) + "16/10/2017;;5;;\n")
    assert office("import", sheet, "--yes") == 1

    assert 'rows 2 to 13, such as "(2)": a negative number, or one in brackets' in flat(office.out)
    assert max(map(len, office.out.splitlines())) <= 80


def test_in_indonesian_a_sheet_is_told_in_indonesian(office, sheet):
    office.speaks("id")
    office.did("impor", sheet, "--ya")

    assert "dibaca: A Tanggal = tanggal; B Masuk = keping masuk" in flat(office.out)
    assert "Baru: 4 angka. Sama dengan buku: 0 angka." in flat(office.out)


# --- Out and back -------------------------------------------------------------------------------


@pytest.fixture
def full(office):
    office.did("print", 187, "--spoiled", 3, "--note", "=1+1")
    office.did("request", 2000, "--ref", "'470/88")
    office.did("settings", "head_name", "@kepala")
    office.did("undo", "--reason", "- wrong")
    return office


def entries(office, db=None):
    words = ("--db", db) if db else ()
    return [office.json(*words, "card"), office.json(*words, "status")["seal"]]


@pytest.mark.parametrize("options", [(), ("--excel-csv",)])
def test_an_export_makes_the_same_book_again_with_every_seal(full, options):
    folder, again = full.folder / "out", full.folder / "again.db"
    full.did("export", "-o", folder, *options)
    full.did("--db", again, "restore", folder)

    assert entries(full, again) == entries(full)
    assert full.json("--db", again, "verify")["ok"]


def test_an_export_describes_itself_as_a_data_package(full):
    full.did("export", "-o", full.folder / "out")
    described = json.loads((full.folder / "out" / "datapackage.json").read_text())

    assert {each["path"] for each in described["resources"]} == {"office.csv", "entries.csv"}
    fields = {field["name"]: field["type"] for field in described["resources"][1]["schema"]["fields"]}
    assert (fields["cards"], fields["occurred_on"], fields["note"]) == ("integer", "date", "string")


def test_no_note_becomes_a_formula_in_a_spreadsheet(full):
    full.did("export", "-o", full.folder / "out")
    with open(full.folder / "out" / "entries.csv", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]

    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")]


def test_an_export_that_somebody_changed_is_refused(full):
    folder = full.folder / "out"
    full.did("export", "-o", folder)
    changed = (folder / "entries.csv").read_text().replace(",187,", ",18,", 1)
    (folder / "entries.csv").write_text(changed)

    assert full("--db", full.folder / "again.db", "restore", folder) == 1
    assert os.listdir(full.folder).count("again.db") == 0


def _describe_anew(folder, before):
    """Make the description fit the entries that were changed; `before` is what they were."""
    now = (folder / "entries.csv").read_bytes()
    text = (folder / "datapackage.json").read_text()
    (folder / "datapackage.json").write_text(text.replace(sha256(before).hexdigest(), sha256(now).hexdigest()))


def test_a_changed_export_with_a_mended_description_breaks_its_seals(full):
    folder = full.folder / "out"
    full.did("export", "-o", folder)
    before = (folder / "entries.csv").read_bytes()
    (folder / "entries.csv").write_bytes(before.replace(b",187,", b",18,", 1))
    _describe_anew(folder, before)

    assert full("--db", full.folder / "again.db", "restore", folder) == 1
    assert "seal" in full.err


def test_an_export_of_a_blangko_that_knew_fewer_columns_and_in_another_order_comes_back(full):
    folder = full.folder / "out"
    full.did("export", "-o", folder)
    before = (folder / "entries.csv").read_bytes()
    with open(folder / "entries.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [name for name in reversed(rows[0]) if name != "until_on"]
    with open(folder / "entries.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, names, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    _describe_anew(folder, before)
    full.did("--db", full.folder / "again.db", "restore", folder)

    assert entries(full, full.folder / "again.db") == entries(full)


def test_a_copy_is_proved_and_belongs_to_its_owner_alone(full):
    copy = full.folder / "copies" / "copy.db"
    full.did("backup", "-o", copy)

    assert copy.stat().st_mode & 0o777 == 0o600
    assert entries(full, copy) == entries(full)


def test_a_copy_of_a_book_that_was_changed_is_not_made(full):
    forge(full.place, "UPDATE entry SET cards = 1 WHERE kind = 'print'")

    assert full("backup", "-o", full.folder / "copy.db") == 1
    assert not (full.folder / "copy.db").exists()


@pytest.mark.file
def test_a_restore_keeps_the_book_that_was_there(full):
    copy = full.folder / "copy.db"
    full.did("backup", "-o", copy)
    full.did("print", 50)
    newer = full.json("status")["on_hand_cards"]

    assert full("restore", copy) == 1
    full.did("restore", copy, "--yes")

    (kept,) = [name for name in os.listdir(full.folder) if name.endswith(".old")]
    assert full.json("status")["on_hand_cards"] == newer + 50
    assert full.json("--db", full.folder / kept, "status")["on_hand_cards"] == newer


@pytest.mark.file
def test_whoever_restores_is_told_how_many_entries_are_not_in_the_copy(full):
    copy = full.folder / "copy.db"
    full.did("backup", "-o", copy)
    full.did("print", 50)
    full.did("print", 60, "--on", "2017-10-26")

    assert full("restore", copy) == 1 and "has 2 entries that are not in the copy" in " ".join(full.err.split())
    assert full("restore", copy, "--yes") == 0 and "has 2 entries that are not in the copy" in " ".join(
        full.err.split()
    )
    assert full("restore", copy, "--yes") == 0 and "not in the copy" not in full.err


@pytest.mark.parametrize(("name", "reason"), [("nowhere.db", "no such file"), ("empty", "holds no export")])
def test_what_is_no_copy_is_told_before_anything_is_asked(full, name, reason):
    (full.folder / "empty").mkdir()

    assert full("restore", full.folder / name) == 1
    assert reason in full.err and "--yes" not in full.err


@pytest.mark.file
def test_whoever_restores_is_told_of_another_offices_copy_and_of_another_history(full):
    other, copy = full.folder / "other.db", full.folder / "copy.db"
    full.did("--db", other, "init", "--office", "Lain", "--code", "61.04", "--opening", 1000)
    assert full("restore", other) == 1 and "copy is of office 61.04, the book" in " ".join(full.err.split())
    full.did("backup", "-o", copy)
    full.did("print", 50)
    second = full.folder / "second.db"
    full.did("--db", second, "restore", copy)
    full.did("--db", second, "print", 77, "--yes")
    full.did("--db", second, "print", 78, "--yes")

    assert full("restore", second) == 1 and "one of them was written anew" in " ".join(full.err.split())


@pytest.mark.file
def test_a_book_for_several_accounts_stays_so_in_its_copies_and_when_one_is_brought_back(full):
    full.book.chmod(0o660)
    full.did("backup")
    (copy,) = (full.folder / "backups").iterdir()
    full.did("restore", copy, "--yes")

    assert [path.stat().st_mode & 0o7777 for path in (copy, full.book, copy.parent)] == [0o660, 0o660, 0o2770]


@pytest.mark.file
def test_copies_of_a_book_of_one_account_are_its_own(full):
    full.did("backup")
    (copy,) = (full.folder / "backups").iterdir()

    assert [path.stat().st_mode & 0o7777 for path in (copy, copy.parent)] == [0o600, 0o700]


def test_a_copy_is_not_brought_back_into_a_folder_that_synchronises_itself(full):
    full.did("backup", "-o", full.folder / "copy.db")
    place = full.folder / "OneDrive" / "book.db"

    assert full("--db", place, "restore", full.folder / "copy.db") == 1
    assert "synchronises itself" in full.err and not place.exists()
    full.did("--db", place, "restore", full.folder / "copy.db", "--yes")


@pytest.mark.file
def test_a_restore_that_fails_leaves_no_second_name_of_the_book(full, monkeypatch):
    full.did("backup", "-o", full.folder / "copy.db")
    before = full.book.read_bytes()

    def no_room(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", no_room)

    assert full("restore", full.folder / "copy.db", "--yes") == 1
    assert "no space left on device" in full.err
    assert full.book.read_bytes() == before
    assert not list(full.folder.glob("*.old")) + list(full.folder.glob("*.new"))


@pytest.mark.file
def test_the_copy_of_a_large_book_shows_how_far_it_has_come(full, monkeypatch, capsys):
    import sys

    from blangko.cli import files

    monkeypatch.setattr(files, "LARGE_BOOK", 1)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    full.did("backup", "-o", full.folder / "copy.db")

    assert "Copying: 100 %\nProving the copy ..." in full.err


@pytest.mark.file
def test_a_lost_disk_is_survived_with_yesterdays_copy(full):
    """The restore drill: copy, lose the book, bring the copy back, go on."""
    full.did("backup", "-o", full.folder / "usb" / "copy.db")
    before = full.json("card")
    full.book.unlink()

    assert full("status") == 3
    full.did("restore", full.folder / "usb" / "copy.db")
    assert full.json("card") == before and full.json("verify")["ok"]
    full.did("print", 50, "--yes")
    assert full.json("verify")["ok"]


@pytest.mark.file
def test_a_book_that_is_damaged_is_kept_aside_when_a_copy_takes_its_place(full):
    full.did("backup", "-o", full.folder / "copy.db")
    damaged = full.book.read_bytes()[:9000]
    full.book.write_bytes(damaged)

    full.did("restore", full.folder / "copy.db", "--yes")
    (kept,) = full.folder.glob("*.old")
    assert kept.read_bytes() == damaged
    assert full.json("verify")["ok"]


@pytest.mark.file
@pytest.mark.parametrize("content", [b"", b"not a book", os.urandom(5000)])
def test_a_bad_copy_leaves_the_book_as_it_was(full, content):
    bad = full.folder / "bad.db"
    bad.write_bytes(content)
    before = full.book.read_bytes()

    assert full("restore", bad, "--yes") in (1, 3)
    assert full.book.read_bytes() == before
    assert sorted(os.listdir(full.folder)) == ["bad.db", "book.db", "book.db-journal"]


# --- Who, where, and what is due ----------------------------------------------------------------


def test_an_office_may_want_a_name_with_every_entry(office):
    office.did("settings", "require_name", "yes")
    before = office.last_entry()

    assert office("print", 5) == 1
    assert "--by" in office.err
    assert office.last_entry() == before
    office.did("print", 5, "--by", "Siti")
    assert office.json("card")["rows"][-1]["recorded_by"] == f"Siti ({config.account()})"


def test_a_book_is_not_begun_in_a_folder_that_synchronises_itself(nobody):
    place = nobody.folder / "Dropbox" / "book.db"

    assert nobody("--db", place, "init", "--office", "X") == 1
    assert not place.parent.exists()
    nobody.did("--db", place, "init", "--office", "X", "--yes")
    assert "synced" in [each["code"] for each in nobody.json("--db", place, "verify")["findings"]]


def test_verify_tells_of_a_copy_and_a_count_that_are_due(office):
    office.today("2018-02-01")
    found = office.json("verify")

    assert found["ok"]
    assert {"no_backup", "count_overdue"} <= {each["code"] for each in found["findings"]}
    office.did("backup")
    office.did("count", 1000)
    assert not {"no_backup", "count_overdue"} & {each["code"] for each in office.json("verify")["findings"]}


# --- What a copy never takes the place of -----------------------------------------------------------


def test_a_copy_takes_the_place_of_an_older_copy_of_the_same_book_alone(full):
    copy = full.folder / "usb.db"
    full.did("backup", "-o", copy)
    full.did("print", 50)
    full.did("backup", "-o", copy)

    assert full.json("--db", copy, "status")["last_entry_no"] == full.last_entry()


def test_a_copy_never_takes_the_place_of_another_offices_book_or_of_any_other_file(full):
    other, note, mark = full.folder / "other.db", full.folder / "thesis.docx", full.folder / "book.mark"
    full.did("--db", other, "init", "--office", "Lain", "--code", "61.05", "--opening", 777)
    note.write_bytes(b"two years of work")
    full.did("verify", "--mark", mark, "--new-mark")
    for target in (other, note, mark):
        before = target.read_bytes()

        assert full("backup", "-o", target) == 1 and "no older copy of this book" in " ".join(full.err.split())
        assert target.read_bytes() == before


@pytest.mark.file
def test_a_book_that_was_cut_off_does_not_take_the_place_of_the_copy_that_proves_it(full):
    copy, cut = full.folder / "usb.db", full.folder / "cut.db"
    full.did("backup", "-o", cut)
    full.did("print", 50)
    full.did("backup", "-o", copy)
    before = copy.read_bytes()
    full.did("restore", cut, "--yes")

    assert full("backup", "-o", copy) == 1
    assert copy.read_bytes() == before


@pytest.mark.file
def test_two_books_in_one_folder_keep_their_copies_apart(full):
    from blangko.store.backups import newest_backup

    other = full.folder / "other.db"
    full.did("--db", other, "init", "--office", "Lain", "--code", "61.05", "--opening", 777)
    full.did("backup")
    assert newest_backup(str(other)) is None
    full.did("--db", other, "backup")

    names = sorted(path.name.split("-")[0] for path in (full.folder / "backups").iterdir())
    assert names == ["book", "other"]


def test_a_book_behind_a_link_is_brought_back_where_it_lies(full):
    full.did("backup", "-o", full.folder / "copy.db")
    link = full.folder / "link.db"
    link.symlink_to(full.folder / "elsewhere.db")
    full.did("--db", link, "restore", full.folder / "copy.db")

    assert link.is_symlink() and full.json("--db", link, "verify")["ok"]


@pytest.mark.file
def test_an_answer_never_takes_the_place_of_the_books_journal_or_of_a_pipe(full):
    journal, pipe = full.folder / "book.db-journal", full.folder / "pipe.json"
    assert full("status", "-f", "json", "-o", journal) == 1
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    full.did("status", "-o", pipe)

    assert os.read(reader, 100).startswith(b"{") and not pipe.is_file()
    os.close(reader)


def test_what_is_taken_out_is_its_owners_alone_and_a_broken_book_is_told(full):
    full.did("export", "-o", full.folder / "out")
    assert {path.stat().st_mode & 0o777 for path in (full.folder / "out").iterdir()} == {0o600}
    forge(full.place, "UPDATE entry SET cards = 1 WHERE kind = 'print'")
    said = full.did("export", "-o", full.folder / "broken")

    assert "does not come back as a book" in " ".join(full.err.split()) and "blangko restore" not in said


@pytest.mark.file
def test_an_old_book_that_holds_a_citizens_number_is_told_taken_out_and_brought_back(office, monkeypatch):
    """Nothing could be done with such a book: what verify would have told, restore refused."""
    from blangko.core.entry import movement
    from blangko.store.files import NIK_GUARD

    with open_book(str(office.book)) as book:
        (guard,) = book.connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", [NIK_GUARD]).fetchone()
        book.connection.execute(f"DROP TRIGGER {NIK_GUARD}")
        with monkeypatch.context() as patch:
            patch.setattr("blangko.store.sqlite.changed_parts", lambda connection: [])
            draft = movement("print", date(2017, 10, 27), 5, note="untuk 6103012345678901")
            with book.writing():
                book.append([draft._replace(recorded_at="2017-10-27T09:00:00Z", recorded_by="siti")])
        book.connection.execute(guard)
    office.did("export", "-o", office.folder / "out")
    office.did("restore", office.folder / "out", "--yes")

    (told,) = [each for each in office.json("verify")["findings"] if each["code"] == "nik"]
    assert told["severity"] == "notice" and "field note" in told["message"]
    assert office("print", 5, "--note", "untuk 6103012345678901") == 1


def test_a_name_that_looks_like_an_address_is_the_name_of_a_file(office):
    office.chdir(office.folder)
    office.did("backup", "-o", "file:salinan.db?mode=memory")

    assert (office.folder / "file:salinan.db?mode=memory").read_bytes()[:15] == b"SQLite format 3"
