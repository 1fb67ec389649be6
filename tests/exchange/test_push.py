"""The message as bytes: small, the same every time, and harmless whatever comes instead of one."""

import gzip
import json
import zlib

import pytest

from blangko.core.message import Message, sealed_message
from blangko.core.seal import FIRST_SEAL
from blangko.errors.province import BadMessage, MessageTooLarge
from blangko.exchange import push
from blangko.exchange.push import message_bytes, read_file, read_message
from tests.books import OFFICE
from tests.core.test_message import ENTRIES, rows

MESSAGE = sealed_message(OFFICE, 1, FIRST_SEAL, rows())
PACKED = message_bytes(MESSAGE)
LINES = gzip.decompress(PACKED).decode().splitlines()


def packed(lines):
    return gzip.compress("".join(f"{line}\n" for line in lines).encode(), mtime=0)


def head(**other):
    return json.dumps({**json.loads(LINES[0]), **other})


def reason(made):
    with pytest.raises(BadMessage) as refused:
        read_message(made, "setoran.blangko")
    return refused.value.reason


def test_a_message_comes_back_as_it_went_out():
    assert read_message(PACKED, "setoran.blangko") == MESSAGE._replace(rows=[tuple(row) for row in MESSAGE.rows])


def test_the_first_line_says_whose_entries_follow_and_how_they_end():
    assert json.loads(LINES[0]) == {
        "schema": "blangko.push/1",
        "office_code": "61.03",
        "from_no": 1,
        "previous_seal": "0" * 64,
        "entries": 4,
        "last_seal": ENTRIES[-1].seal,
    }
    assert len(LINES) == 5 and "seal" not in json.loads(LINES[1])


def test_the_same_entries_make_the_same_bytes():
    assert message_bytes(MESSAGE) == PACKED


def test_a_message_without_entries_is_one():
    empty = Message(OFFICE, 5, ENTRIES[-1].seal, [])

    assert read_message(message_bytes(empty), "x") == empty


def test_a_message_cut_anywhere_is_refused():
    reasons = {reason(PACKED[:size]) for size in range(len(PACKED))}

    assert reasons == {"it was cut off"}


def test_a_message_that_goes_on_behind_its_end_is_refused():
    assert reason(PACKED + b"x") == "it was changed after it was written"


def test_a_changed_byte_is_found_wherever_it_is():
    # Bytes 3 to 9 are a remark, the instant and the system of gzip, which say nothing of the entries.
    places = [place for place in range(len(PACKED)) if not 3 <= place <= 9]
    changed = [PACKED[:place] + bytes([PACKED[place] ^ 1]) + PACKED[place + 1 :] for place in places]

    assert all(map(reason, changed))


@pytest.mark.parametrize("line", range(1, 5))
def test_a_forged_entry_no_longer_fits_the_last_seal(line):
    forged = json.loads(LINES[line])
    forged["cards"] += 1
    lines = [*LINES[:line], json.dumps(forged), *LINES[line + 1 :]]

    assert reason(packed(lines)) == "it was changed after it was written"


@pytest.mark.parametrize(
    "lines",
    [
        [*LINES[:2], *LINES[3:]],
        LINES[:-1],
        [*LINES, LINES[-1]],
        [LINES[0], LINES[2], LINES[1], *LINES[3:]],
        [head(office_code="61.04"), *LINES[1:]],
        [head(from_no=2), *LINES[1:]],
        [head(from_no=True), *LINES[1:]],
        [head(previous_seal="1" * 64), *LINES[1:]],
        [head(previous_seal="x"), *LINES[1:]],
        [head(last_seal="1" * 64), *LINES[1:]],
        [head(entries=5), *LINES[1:]],
        [head(office_code=None), *LINES[1:]],
        ["[1]", *LINES[1:]],
        [LINES[0], "[1]"],
        [LINES[0], "[" * 100_000],
        [LINES[0], '{"note":"\\ud800"}'],
        [LINES[0], LINES[1].replace("5000", "9" * 5000)],
        [],
    ],
    ids=lambda lines: (lines[0] if lines else "nothing")[-40:],
)
def test_lines_that_are_no_message_are_refused(lines):
    assert reason(packed(lines)) == "it was changed after it was written"


def test_a_newer_message_is_told_from_a_changed_one():
    assert reason(packed([head(schema="blangko.push/2"), *LINES[1:]])) == "a newer blangko wrote it"
    wider = json.dumps({**json.loads(LINES[1]), "weight_grams": 5})
    assert reason(packed([LINES[0], wider, *LINES[2:]])) == "a newer blangko wrote it"


@pytest.mark.parametrize("other", [b"", b"hello", b"SQLite format 3\0", b"PK\3\4", b"\x1f\x8b"])
def test_another_file_is_no_message(other):
    assert reason(other) in ("it holds no message", "it was cut off")


def test_bytes_that_unpack_into_too_much_are_left_unread(monkeypatch):
    monkeypatch.setattr(push, "LARGEST_UNPACKED_BYTES", 1_000_000)
    asked = []
    make = zlib.decompressobj

    class Counted:
        def __init__(self, *words):
            self.it = make(*words)

        def decompress(self, *words):
            asked.append(words[1])
            return self.it.decompress(*words)

        def __getattr__(self, name):
            return getattr(self.it, name)

    monkeypatch.setattr(push.zlib, "decompressobj", Counted)

    # A hundred million blanks in lines of a thousand take a hundred kilobytes.
    assert reason(gzip.compress((b" " * 999 + b"\n") * 100_000)) == "it was changed after it was written"
    assert reason(gzip.compress((LINES[0] + "\n").encode() + b" " * 50_000_000)) == "it is too large"
    # Of each not more than the bound and a piece was ever unpacked.
    assert sum(asked) <= 2 * (1_000_000 + 2 * push.PIECE_BYTES)


def test_a_line_without_an_end_is_not_kept_in_memory():
    assert reason(packed([LINES[0], '{"note":"' + "x" * 300_000 + '"}'])) == "it is too large"


def test_more_entries_than_a_message_holds_are_neither_sent_nor_taken(monkeypatch):
    monkeypatch.setattr(push, "MOST_ENTRIES", 3)

    assert reason(PACKED) == "it is too large"
    with pytest.raises(MessageTooLarge) as refused:
        message_bytes(MESSAGE)
    assert (refused.value.entries, refused.value.most) == (4, 3)


def test_a_file_larger_than_any_message_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(push, "LARGEST_MESSAGE_BYTES", 100)
    (tmp_path / "setoran.blangko").write_bytes(PACKED)

    with pytest.raises(BadMessage) as refused:
        read_file(str(tmp_path / "setoran.blangko"))
    assert refused.value.reason == "it is too large"
    with pytest.raises(BadMessage) as refused:
        read_file(str(tmp_path / "nothing"))
    assert refused.value.reason == "no such file or directory"


def test_an_office_year_takes_about_ten_kibibytes():
    """251 open days with prints and spoils and a delivery a fortnight: 528 entries."""
    from random import Random

    from tests.books import book

    dice = Random(1)
    lines = ["2026-01-01  opening  90000"]
    for day in range(251):
        month, of_month = divmod(day, 21)
        lines += [f"2026-{month + 1:02}-{of_month + 1:02}  print  {dice.randint(100, 250)}"]
        lines += [f"spoil  {dice.randint(0, 5)}"]
        lines += [f"receive  2000  'BAST {dice.randint(1, 999)}'"] if day % 10 == 0 else []
    entries = book("\n".join(lines))
    made = message_bytes(sealed_message(OFFICE, 1, FIRST_SEAL, rows(entries)))

    assert len(entries) == 529 and len(made) < 10 * 1024
