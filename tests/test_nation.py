"""The invented nation of the benchmarks: every book of it is whole, and the same each time."""

from hashlib import sha256

from blangko.core.columns import NAMES, SEALED
from blangko.core.seal import FIRST_SEAL, broken_seals
from blangko.stockroom import open_book
from blangko.stockroom.proof import examine
from blangko.store.files import build_book
from tests.benchmarks.nation import codes, office_book
from tests.benchmarks.office import LAST_DAY


def test_the_nation_has_514_offices_and_fourteen_of_them_in_west_kalimantan():
    assert len(codes()) == len(set(codes())) == 514
    assert [code for code in codes() if code.startswith("61.")] == [f"61.{number:02}" for number in range(1, 15)]


def test_every_seal_of_an_office_of_the_nation_follows_from_the_one_before():
    book = office_book("61.03", 5)
    sealed = [[row[NAMES.index(name)] for name in (*SEALED, "seal")] for row in book.rows]

    assert 4 * 30 < book.last_entry_no <= 5 * 30
    assert broken_seals(FIRST_SEAL, SEALED, sealed) == []


def test_the_nation_is_the_same_every_time():
    ends = "".join(office_book(code, 3).last_seal for code in codes(12))

    assert sha256(ends.encode()).hexdigest() == "f7b6d6564e3f508051988f671d1d8196d6e7935dcc609ec9d5dae93ebe416723"


def test_a_book_of_the_nation_proves_whole_in_a_file(tmp_path):
    for code in codes(4):
        book = office_book(code, 6)
        place = tmp_path / f"{code}.db"
        place.touch()
        build_book(str(place), code, book.last_entry_no, book.last_seal, book.rows)
        with open_book(str(place)) as opened:
            seen = examine(opened, LAST_DAY)
        assert [finding for finding in seen.findings if finding.severity == "error"] == []
        assert seen.entries == book.last_entry_no
