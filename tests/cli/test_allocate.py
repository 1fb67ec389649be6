"""Cards shared out at the desk: over the print points of an office, whose book lies in a file."""

import io

import pytest

KEYS = {
    "office", "on_hand_cards", "cards_per_workday", "given_cards", "workdays_before", "workdays_after",
}  # fmt: skip


@pytest.fixture
def district(nobody):
    """3,000 cards on Friday 27 October, 100 printed a day; Kapuas was sent 200 on 9 October and 200 on 23 October."""
    nobody.did("init", "--office", "Disdukcapil Sanggau", "--code", "61.03", "--opening", 3400, "--daily", 100,
               "--on", "2017-10-02")  # fmt: skip
    for day in ("2017-10-09", "2017-10-23"):
        nobody.did("send", 200, "--to", "Kec. Kapuas", "--on", day, "--yes")
    nobody.did("count", 3000)
    return nobody


ASKED = ("allocate", 1000, "--lot", 100, "--use", "Kec. Meliau=30")


def test_the_screen_says_what_each_gets_and_why_it_could_not_be_better(district):
    district.did(*ASKED)

    # The counter has 2,000 for 20 days, from Monday 30 October to Friday 24 November.
    assert district.out.splitlines()[5:] == [
        "Print point                There   Gets  A day  Days  Then  Empty on",
        "-------------------------  -----  -----  -----  ----  ----  ----------",
        "61.03 Disdukcapil Sanggau  2,000      0  100.0    20    20  Mon 27 Nov",
        "Kec. Kapuas                  120    300   20.0     6    21  Tue 28 Nov",
        "Kec. Meliau                    0    700   30.0     0    23  Thu 30 Nov",
        "Together                   2,120  1,000  150.0",
        "",
        "61.03 Disdukcapil Sanggau is the first to run out: on Mon 27 Nov 2017, after 20",
        "working days.",
        "It cannot be later: for all to last longer than that takes 1,100 cards, and",
        "there are 1,000 cards.",
        "One more day for all takes 100 cards more.",
        "Nothing moves by itself: --record writes each part as cards sent.",
    ]


def test_the_data_have_every_key_of_the_contract(district):
    shown = district.json(*ASKED)

    assert shown["schema"] == "blangko.allocation/1"
    assert (shown["cards"], shown["lot"]) == (1000, 100)
    assert all(set(row) >= KEYS for row in shown["rows"])
    assert [row["given_cards"] for row in shown["rows"]] == [0, 300, 700]
    assert [(row["workdays_before"], row["workdays_after"]) for row in shown["rows"]] == [(20, 20), (6, 21), (0, 23)]
    assert shown["earliest_run_out_on"] == "2017-11-27"
    # The counter needs 100 for its 21st day; Kapuas and Meliau have theirs.
    assert shown["one_day_more_cards"] == 100


def test_nothing_is_written_unless_it_is_to_be_recorded(district):
    before = district.last_entry()

    district.did(*ASKED)
    assert "--record" in district.out
    assert district.last_entry() == before


def test_what_is_recorded_is_one_command_and_one_undo_takes_it_back(district):
    district.did(*ASKED, "--ref", "BA 7", "--record", "--yes")
    assert "1,000 cards sent" in district.out or "300 cards sent" in district.out
    assert district.json("status")["on_hand_cards"] == 2000

    district.did("undo", "--reason", "not today")
    assert district.json("status")["on_hand_cards"] == 3000


def test_the_same_key_sends_nothing_twice(district):
    for _ in range(2):
        district(*ASKED, "--record", "--yes", "--key", "lorry 1")

    assert district.json("status")["on_hand_cards"] == 2000


def test_a_point_that_was_sent_cards_once_gets_its_least_and_is_named(district):
    district.did("send", 10, "--to", "Kec. Tayan", "--yes")
    district.did("allocate", 500, "--min", "kec. tayan=50", "--max", 200)

    assert "not known, so they get no more than their least: Kec. Tayan" in " ".join(district.out.split())
    rows = district.json("allocate", 500, "--min", "kec. tayan=50", "--max", 200)["rows"]
    assert {row["office"]["name"]: row["given_cards"] for row in rows}["Kec. Tayan"] == 50


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("allocate", 3010), 1, "probably only 3,000 cards are on the shelf"),
        (("allocate", 500, "--max", "Kec. Tayan=10"), 1, 'nobody who shares is called "Kec. Tayan"'),
        (("allocate", 500, "--min", 300), 1, "the least that all must get is 600 cards together"),
        (("allocate", "many"), 1, '"many" is not a whole number'),
        (("allocate", 500, "--use", "Kec. Tayan"), 1, "is not a whole number"),
        (("allocate",), 2, "N is missing"),
        (("allocate", 500, "--loans"), 2, "--loans"),
        (("allocate", 500, "--keep", 5), 2, "--keep"),
        (("allocate", 500, "--note", "for Friday"), 2, "--note"),
        (("allocate", 500, "--due", "2017-11-03"), 2, "--due"),
    ],
)
def test_what_cannot_be_shared_out_is_refused_in_a_sentence(district, words, code, said):
    before = district.last_entry()

    assert district(*words) == code
    assert said in " ".join(district.err.split())
    assert district.last_entry() == before


def test_an_office_without_print_points_is_told_how_to_name_them(office):
    assert office("allocate", 500) == 1
    assert "--use" in office.err


def test_an_indonesian_office_reads_it_in_its_words(district):
    district.speaks("id")
    district.did("bagi", 1000, "--kelipatan", 100, "--pemakaian", "Kec. Meliau=30")

    assert "Pembagian 1.000 keping untuk loket kantor dan 2 titik cetak" in district.out
    assert "61.03 Disdukcapil Sanggau yang pertama habis: pada Sen 27 Nov 2017" in district.out
    assert "--catat" in district.out


def test_the_page_holds_the_table_and_the_proof(district):
    pytest.importorskip("jinja2")
    district.did(*ASKED, "-f", "html")

    assert "<td>Kec. Meliau</td>" in district.out
    assert "One more day for all takes 100 cards more." in district.out


def test_the_page_on_paper_is_a_pdf_and_the_same_for_the_same_book(district):
    pytest.importorskip("typst")
    for name in ("one.pdf", "two.pdf"):
        district.did(*ASKED, "-o", district.folder / name)

    one, two = ((district.folder / name).read_bytes() for name in ("one.pdf", "two.pdf"))
    assert one.startswith(b"%PDF")
    assert one == two


def test_the_workbook_works_out_what_each_has_then(district):
    pytest.importorskip("xlsxwriter")
    python_calamine = pytest.importorskip("python_calamine")
    district.did(*ASKED, "-o", district.folder / "share.xlsx")

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO((district.folder / "share.xlsx").read_bytes()))
    rows = {row[1]: row for row in book.get_sheet_by_index(0).to_python()}
    assert rows["Kec. Meliau"][2:7] == [0, 0, 700, 0, 700]
    assert rows["Together"][2:7] == [2120, 0, 1000, 0, 3120]
