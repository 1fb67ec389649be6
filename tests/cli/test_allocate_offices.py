"""Cards shared out at the province's desk, among the offices of a database on a server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from blangko.core.sharing import Terms
from blangko.stockroom.allocation import among_offices, known_of_all
from blangko.store.postgres import open_database
from tests import postgres
from tests.conftest import Office

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not postgres.is_installed(), reason="a server of PostgreSQL is not installed here"),
]

FRIDAY = date(2017, 10, 27)
OFFICES = (("61.01", "Kabupaten Sambas", 500), ("61.02", "Kabupaten Mempawah", 0), ("61.03", "Kabupaten Sanggau", 1500))
"""Each uses 100 cards a day; it is Friday 27 October 2017."""


@pytest.fixture
def desk(monkeypatch, capsys, tmp_path, databases) -> Iterator[Office]:
    with databases.fresh() as place:
        desk = Office(monkeypatch, capsys, tmp_path, place)
        for code, name, cards in OFFICES:
            desk.did("init", "--office", name, "--code", code, "--opening", cards, "--daily", 100)
        yield desk


def given(desk: Office, *words: object) -> list[int]:
    return [row["given_cards"] for row in desk.json("allocate", *words)["rows"]]


def on_order(desk: Office) -> list[int]:
    return [desk.json("--office", code, "status")["on_order_cards"] for code, _, _ in OFFICES]


def test_the_screen_tells_what_each_office_gets_and_the_proof(desk):
    desk.did("allocate", 4200)

    assert desk.out.splitlines() == [
        "Allocation of 4,200 cards among 3 offices on Friday, 27 October 2017",
        "So that all run out together, in lots of 500. Days are working days, those now",
        "and those with the allocation.",
        "",
        "Office                    There   Gets  A day  Days  Then  Empty on",
        "------------------------  -----  -----  -----  ----  ----  ----------",
        "61.01 Kabupaten Sambas      500  1,500  100.0     5    20  Mon 27 Nov",
        "61.02 Kabupaten Mempawah      0  2,000  100.0     0    20  Mon 27 Nov",
        "61.03 Kabupaten Sanggau   1,500    500  100.0    15    20  Mon 27 Nov",
        "Together                  2,000  4,000  300.0",
        "",
        "61.01 Kabupaten Sambas is the first to run out: on Mon 27 Nov 2017, after 20",
        "working days.",
        "It cannot be later: for all to last longer than that takes 5,500 cards, and",
        "there are 4,200 cards.",
        "One more day for all takes 1,500 cards more.",
        "200 cards are left: less than a lot, or more than all may get.",
        "Nothing moves by itself: --record writes each part into its book as a grant.",
    ]


def test_the_data_name_the_offices_and_the_proof(desk):
    shown = desk.json("allocate", 4000)

    assert (shown["schema"], shown["among"], shown["cards"], shown["lot"]) == (
        "blangko.allocation/1",
        "offices",
        4000,
        500,
    )
    assert [row["office"] for row in shown["rows"]] == [{"code": code, "name": name} for code, name, _ in OFFICES]
    assert (shown["earliest_run_out_on"], shown["one_day_more_cards"]) == ("2017-11-27", 1500)


def test_nothing_is_written_unless_it_is_to_be_recorded(desk):
    desk.did("allocate", 4000)

    assert on_order(desk) == [0, 0, 0]


def test_what_is_recorded_stands_in_each_book_as_a_grant_and_a_repeat_writes_nothing(desk):
    desk.did("--office", "61.01", "request", 4000)
    desk.did("allocate", 4000, "--due", "2017-11-03", "--record")
    assert "Written: 3 of 3 grants." in desk.err
    assert on_order(desk) == [1500, 2000, 500]

    desk.did("allocate", 4000, "--record")
    assert "nothing left to write" in desk.err
    assert on_order(desk) == [1500, 2000, 500]
    assert given(desk, 4000) == [1500, 2000, 500]


def test_one_office_and_several_that_have_their_part_are_told_in_plain_words(desk):
    desk.did("allocate", 500, "--record")
    assert "The part of 1 office is in the book already" in desk.did("allocate", 500)

    desk.did("allocate", 4000, "--record")
    assert "The part of 3 offices is in the book already" in desk.did("allocate", 4000)


def test_the_next_lorry_has_a_key_of_its_own_and_counts_what_was_promised(desk):
    desk.did("allocate", 4000, "--record")
    desk.did("allocate", 3000, "--record", "--key", "lorry 2")

    assert on_order(desk) == [2500, 3000, 1500]


def test_a_recording_that_the_server_cuts_off_says_how_far_it_came_and_how_to_go_on(desk):
    with open_database(desk.place) as database:
        database.rows(
            "CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION USING ERRCODE = '57014'; END $$"
        )
        database.rows(
            "CREATE TRIGGER stop BEFORE INSERT ON entry FOR EACH ROW WHEN (NEW.office_code = '61.02')"
            " EXECUTE FUNCTION stop()"
        )
    assert desk("allocate", 4000, "--record") == 3
    assert "Written: 1 of 3 grants." in desk.err
    assert '--key "allocate 2017-10-27 4000"' in " ".join(desk.err.split())

    with open_database(desk.place) as database:
        database.rows("DROP TRIGGER stop ON entry")
    desk.today("2017-10-28")
    desk.did("allocate", 4000, "--record", "--key", "allocate 2017-10-27 4000")
    assert "Written: 2 of 2 grants." in desk.err
    assert on_order(desk) == [1500, 2000, 500]


def test_an_office_that_pushes_its_own_book_is_told_to_write_its_part_itself(desk):
    with open_database(desk.place) as database:
        database.rows(
            "INSERT INTO push SELECT office_code, last_entry_no, last_seal, '2017-10-27T09:00:00Z', 'siti', '', ''"
            " FROM office WHERE office_code = '61.02'"
        )
    told = " ".join(desk.did("allocate", 4000, "--record").split())

    assert "with blangko grant: 61.02 Kabupaten Mempawah 2,000." in told
    assert on_order(desk) == [1500, 0, 500]


def test_digests_and_the_books_themselves_lead_to_the_same_allocation(desk):
    for day in range(16, 27):
        desk.did("--office", "61.03", "receive", 70 + day, "--from", "Provinsi", "--on", f"2017-10-{day}", "--yes")
        desk("--office", "61.03", "print", 70 + day, "--on", f"2017-10-{day}", "--yes")
    with open_database(desk.place) as database:
        known = known_of_all(database, desk.place, FRIDAY)
        from_digests = among_offices(database, FRIDAY, Terms(4000), "a key", known)
        from_books = among_offices(database, FRIDAY, Terms(4000), "a key")

    assert sorted(known) == [code for code, _, _ in OFFICES]
    assert from_digests == from_books


def test_loans_are_told_with_the_days_that_they_buy_and_are_not_written(desk):
    desk.did("--office", "61.03", "receive", 5000, "--from", "Provinsi", "--yes")
    shown = desk.json("allocate", 500, "--loans")
    told = desk.did("allocate", 500, "--loans", "--record")

    # 7,500 cards are 2,500 for each: Sanggau, with 6,500, lends 4,000, of which Mempawah wants 2,500.
    assert [tuple(each.values()) for each in shown["loans"]] == [
        ("61.03", "61.02", 2500, 25.0, 25.0),
        ("61.03", "61.01", 1500, 15.0, 15.0),
    ]
    assert "A loan is written by the two offices themselves" in told
    assert [desk.json("--office", code, "status")["loans"] for code, _, _ in OFFICES] == [[], [], []]


def test_one_office_of_the_database_shares_its_own_out_over_its_print_points(desk):
    shown = desk.json("--office", "61.03", "allocate", 300, "--use", "Kec. Kapuas=20")

    assert shown["among"] == "print_points"
    assert [row["office"]["name"] for row in shown["rows"]] == ["Kabupaten Sanggau", "Kec. Kapuas"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--max", "61.30=500"), 1, "Those who share: 61.01, 61.02, 61.03"),
        (("--min", 2000), 1, "the least that all must get is 6,000 cards together"),
        (("--use", "61.01=5"), 2, "--use"),
        (("--by", "Siti"), 2, "--by"),
    ],
)
def test_what_cannot_be_shared_out_is_refused_in_a_sentence(desk, words, code, said):
    assert desk("allocate", 4000, *words) == code
    assert said in " ".join(desk.err.split())
    assert on_order(desk) == [0, 0, 0]


def test_a_province_that_speaks_indonesian_reads_it_in_its_words(desk):
    desk.speaks("id")
    desk.did("bagi", 4000, "--catat", "--janji", "2017-11-03")

    assert "Pembagian 4.000 keping kepada 3 kantor" in desk.out
    assert "Tercatat: 3 dari 3 jatah." in desk.err
    desk.did("--kantor", "61.02", "ekspor", "-o", desk.folder / "out")
    assert "permohonan dari provinsi sendiri" in (desk.folder / "out" / "entries.csv").read_text()
