"""Whatever a clerk types into a note, a name or a document number: no form of any answer is broken by it."""

import csv
import io
import json
import re
import zipfile
from xml.dom.minidom import parseString

import pytest

from tests.forging import by_hand
from tests.store.office import begin

NASTY = (
    '=1+1\x1b[31mRED\x1b[0m\n\u202e<script>alert(1)</script> {{7*7}} {% raw %} #panic("x") $x^2$ *b* @ref |p| `c` &amp;'
    " \\ \x07\u0085\u2028\x0b </w:t>"
)
FORMULAS = ("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1+1", " =1+1")
ANSWERS = (
    "status",
    "card",
    "forecast",
    "alert",
    "calendar",
    "plan",
    "summary",
    "report",
    "notice",
    "settings",
    "verify",
)
FORMS = ("table", "markdown", "csv", "excel-csv", "json")


@pytest.fixture
def typed(nobody):
    """An office whose every text was typed by somebody who means harm, or who pasted from a terminal."""
    nobody.did("init", "--office", NASTY, "--opening", 3000, "--on", "2017-10-02", "--by", NASTY)
    for name in ("letterhead", "head_name", "clerk_name", "place", "addressee", "head_nip"):
        nobody.did("settings", name, NASTY)
    for day, formula in zip((2, 3, 4, 5, 6, 9), FORMULAS, strict=True):
        nobody.did("print", 50, "--on", f"2017-10-0{day}", "--note", formula, "--by", NASTY)
    nobody.did("request", 2000, "--ref", NASTY)
    nobody.did("receive", 500, "--ref", NASTY, "--from", NASTY, "--more")
    nobody.did("send", 5, "--to", NASTY, "--note", NASTY)
    nobody.did("closed", "2017-11-06", "--reason", NASTY)
    nobody.did("spoil", 5, "--note", NASTY)
    return nobody


def unprintable(text):
    return sorted({sign for sign in text if not sign.isprintable() and sign != "\n"})


@pytest.mark.parametrize("answer", ANSWERS)
def test_no_text_steers_a_terminal_in_any_form(typed, answer):
    for form in FORMS:
        code = typed(answer, "-f", form)
        assert code in (0, 1, 2) or answer == "alert", typed.err
        # A CSV for Excel begins with the mark of its encoding.
        assert unprintable(typed.out.removeprefix("\ufeff") + typed.err) == [], form


def test_what_a_command_answers_steers_no_terminal(typed):
    for words in (("print", 7, "--note", NASTY), ("undo", "--reason", NASTY), ("send", 99999, "--to", NASTY),
                  (NASTY,), ("print", NASTY), ("settings", NASTY), ("restore", NASTY),
                  ("--db", NASTY.replace("/", ""), "card")):  # fmt: skip
        typed(*words)
        assert unprintable(typed.out + typed.err) == [], words


@pytest.mark.parametrize("answer", ["card", "summary", "settings", "calendar", "status"])
def test_no_text_is_a_formula_or_a_second_line_in_a_csv(typed, answer):
    for form, separator in (("csv", ","), ("excel-csv", ";")):
        said = typed.did(answer, "-f", form).removeprefix("\ufeff")
        rows = list(csv.reader(io.StringIO(said), delimiter=separator))

        assert len(rows) == len(said.splitlines()) and len({len(row) for row in rows}) == 1
        texts = [cell for row in rows for cell in row if not re.fullmatch(r"-?[\d.]+", cell)]
        assert [cell for cell in texts if cell.lstrip()[:1] in ("=", "+", "-", "@")] == []


def test_json_says_the_text_as_it_was_typed(typed):
    assert NASTY in {row["note"] for row in typed.json("card")["rows"]}


def test_no_text_is_markup_in_a_markdown_table(typed):
    for line in typed.did("card", "-f", "markdown").splitlines():
        # A sign that markdown reads stands behind a backslash, or is the table's own.
        assert not re.search(r"(?<!\\)[<`*]", line), line
        assert len(re.findall(r"(?<!\\)\|", line)) == len(re.findall(r"(?<!\\)\|", "| a " * 13 + "|"))


def test_pages_workbooks_and_letters_take_any_text(typed):
    folder = typed.folder
    typed.did("summary", "-o", folder / "page.html")
    page = (folder / "page.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page and unprintable(page) == []
    for name, words in {"page.pdf": ["summary"], "plan.pdf": ["plan"], "page.png": ["summary"],
                        "letter.pdf": ["letter"], "letter.docx": ["letter"], "sums.xlsx": ["summary"],
                        "plan.xlsx": ["plan"], "card.xlsx": ["card"], "all.xlsx": ["settings"]}.items():  # fmt: skip
        typed.did(*words, "-o", folder / name)
    typed.did("destroy", 2, "--ref", NASTY, "-o", folder / "minutes.docx")
    for name in ("letter.docx", "minutes.docx", "sums.xlsx", "plan.xlsx", "card.xlsx", "all.xlsx"):
        with zipfile.ZipFile(folder / name) as parts:
            for part in parts.namelist():
                if part.endswith(".xml"):
                    text = parts.read(part).decode()
                    parseString(text.encode())
                    assert not set(text) & set("\x1b\u202e\x07\u0085\u2028\x0b"), (name, part)
    with zipfile.ZipFile(folder / "letter.docx") as parts:
        # The letter's template language has not worked it out.
        assert "{{7*7}}" in parts.read("word/document.xml").decode()
    with zipfile.ZipFile(folder / "card.xlsx") as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    # Only ours: sums, and what each row leaves.
    ours = re.compile(r"SUM\(\w+:\w+\)|G\d+\+E\d+-F\d+")
    assert [formula for formula in re.findall(r"<f>(.*?)</f>", sheet) if not ours.fullmatch(formula)] == []


def test_an_export_with_any_text_comes_back_as_the_same_book(typed):
    typed.did("export", "-o", typed.folder / "out")
    typed.did("--db", typed.folder / "again.db", "restore", typed.folder / "out")

    assert typed.json("--db", typed.folder / "again.db", "card") == typed.json("card")
    text = (typed.folder / "out" / "entries.csv").read_text(encoding="utf-8")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t")] == []
    assert json.loads((typed.folder / "out" / "datapackage.json").read_text(encoding="utf-8"))["resources"]


STEER = "\x1b[31m\u202e\x07"


@pytest.fixture
def forged(nobody):
    """A book from elsewhere, written by no command: even what a command would have chosen is any text."""
    from datetime import date

    from blangko.core.calendar import PUBLIC, days_stated
    from blangko.core.entry import Entry, movement

    day = date(2017, 10, 2)
    feast = days_stated(day, PUBLIC, date(2017, 10, 12), date(2017, 10, 12), f"Hari {STEER}")
    drafts = [
        Entry("setting", day, subject="office_name", value="Contoh"),
        Entry("setting", day, subject="typical_daily_use", value="200"),
        movement("opening", day, 3000),
        movement("print", day, 50, purpose=f"first {STEER}", cause=f"server {STEER}"),
        movement("spoil", day, 2, cause=f"encode {STEER}"),
        movement("send", day, 5, party=f"Kec. {STEER}", purpose="loan"),
        feast._replace(value=f"Day {STEER}"),
    ]
    signed = [draft._replace(recorded_at="2017-10-02T09:00:00Z", recorded_by=f"s {STEER}") for draft in drafts]
    begin(nobody.place, [signed], f"61{STEER}")
    return nobody


@pytest.mark.parametrize("spoken", ["en", "id"])
@pytest.mark.parametrize(
    "answer", [*ANSWERS, "forecast --explain", "summary --week 2017-W40", "report --month 2017-10"]
)
def test_no_text_of_a_book_from_elsewhere_steers_a_terminal(forged, answer, spoken):
    forged.speaks(spoken)
    for form in FORMS:
        forged(*answer.split(), "-f", form)
        assert unprintable(forged.out.removeprefix("\ufeff") + forged.err) == [], form


@pytest.mark.parametrize("kind", ["page.html", "letter.docx", "page.pdf", "sums.xlsx"])
def test_no_paper_of_a_book_from_elsewhere_holds_what_steers(forged, kind):
    forged.did("letter" if kind == "letter.docx" else "summary", "-o", forged.folder / kind)

    if kind == "page.html":
        assert unprintable((forged.folder / kind).read_text(encoding="utf-8")) == []


@pytest.mark.file
def test_what_restore_says_of_two_offices_steers_no_terminal(forged):
    other = forged.folder / "other.db"
    forged.did("--db", other, "init", "--office", "Contoh", "--opening", "5")

    forged("--db", other, "restore", forged.book)
    assert unprintable(forged.out + forged.err) == []


def test_a_seal_that_is_no_seal_steers_no_terminal(forged):
    with by_hand(forged.place) as execute:
        execute("UPDATE office SET last_seal = ?", (STEER * 20)[:64])
    for answer in ("status", "summary", "verify", "report"):
        for form in FORMS:
            forged(answer, "-f", form)
            assert unprintable(forged.out.removeprefix("\ufeff") + forged.err) == [], (answer, form)


@pytest.mark.parametrize(
    ("words", "known"),
    [
        (("cetak", 5, "--sebab", "x"), "server, printer, pita, kosong, lain."),
        (("cetak", 5, "--untuk", "x"), "prr, suket, baru, perubahan, hilang, rusak, lain, pinjam."),
        (("rusak", 5, "--sebab", "x"), "gagal-encode, gagal-cetak, rusak, cacat, lain."),
    ],
)
def test_an_office_that_speaks_indonesian_is_told_the_causes_and_purposes_in_indonesian(office, words, known):
    office.speaks("id")

    assert office(*words) == 2
    assert f"Yang dikenal: {known}" in office.err


def test_the_accepted_risk_is_shown_as_it_is_typed(office):
    office.speaks("id")
    office.did("pengaturan", "risiko", "2,5%")

    assert "2,5%" in office.did("pengaturan")
