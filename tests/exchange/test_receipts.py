"""Receipts: signed by the province, proved with the key that the office knows, kept beside the book."""

import json
import os
from datetime import date

import pytest

from blangko.core.receipt import Receipt, furthest, signed_words
from blangko.errors.province import BadKey, BadReceipt, OtherKey
from blangko.exchange.receipts import (
    Kept,
    read_receipt,
    read_receipts,
    receipt_file,
    receipts_file,
    receipts_place,
    seen_by_province,
    with_receipt,
)
from blangko.exchange.signing import fingerprint, is_signed, new_key_file, read_key, signed

SEAL = "6a2643e239dd5f1c" * 4
WORD = Receipt("61.03", 230, SEAL, "2017-11-03T02:00:00Z")


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """Two keys of a province, an old one and a new one."""
    pytest.importorskip("cryptography")
    places = [tmp_path_factory.mktemp("keys") / name for name in ("old", "new")]
    for place in places:
        place.write_bytes(new_key_file())
        place.chmod(0o600)
    return [read_key(str(place)) for place in places]


@pytest.fixture
def receipt(keys):
    return signed(WORD, keys[0])


def test_what_is_signed_is_all_that_the_receipt_says():
    assert json.loads(signed_words(WORD)) == {
        "schema": "blangko.receipt/1",
        "office_code": "61.03",
        "entry_no": 230,
        "seal": SEAL,
        "received_at": "2017-11-03T02:00:00Z",
    }


def test_a_signature_holds_for_its_own_words_only(receipt, keys):
    assert is_signed(receipt, receipt.public_key)
    for other in (
        receipt._replace(entry_no=231),
        receipt._replace(seal="1" * 64),
        receipt._replace(office_code="61.04"),
        receipt._replace(received_at="2017-11-04T02:00:00Z"),
        receipt._replace(signature=signed(WORD._replace(entry_no=1), keys[0]).signature),
        receipt._replace(signature="x"),
        WORD,
    ):
        assert not is_signed(other, receipt.public_key)
    assert not is_signed(receipt, signed(WORD, keys[1]).public_key)
    assert not is_signed(receipt._replace(public_key="eA=="), "eA==")


def test_the_first_key_is_known_from_then_on_and_another_one_refused(receipt, keys):
    kept = with_receipt(Kept(), receipt, "x")
    assert kept.public_keys == (receipt.public_key,)
    other = signed(WORD._replace(entry_no=240), keys[1])

    with pytest.raises(OtherKey) as refused:
        with_receipt(kept, other, "x")
    assert refused.value.known == fingerprint(receipt.public_key)
    assert refused.value.found == fingerprint(other.public_key)
    after = with_receipt(kept, other, "x", is_new_key=True)
    assert after.public_keys == (receipt.public_key, other.public_key)
    # What was signed with the old key is as good as before, and so is a late receipt of it.
    assert {seen.proof for seen in seen_by_province(after, "61.03", lambda _: date(2017, 11, 3))} == {"signed"}
    assert with_receipt(after, signed(WORD._replace(entry_no=235), keys[0]), "x").public_keys == after.public_keys


def test_a_forged_receipt_is_not_kept(receipt):
    with pytest.raises(BadReceipt):
        with_receipt(Kept(), receipt._replace(entry_no=300), "x")


def test_a_signature_takes_the_place_of_the_bare_word(receipt):
    kept = with_receipt(with_receipt(Kept(), WORD, "x"), receipt, "x")

    assert kept.receipts == (receipt,)
    assert with_receipt(kept, receipt, "x").receipts == (receipt,)


def test_a_bare_word_does_not_push_out_a_signature(receipt):
    assert with_receipt(with_receipt(Kept(), receipt, "x"), WORD, "x").receipts == (receipt,)


def test_of_receipts_that_say_the_same_the_first_is_kept(receipt, keys):
    later = signed(WORD._replace(received_at="2017-11-04T02:00:00Z"), keys[0])

    assert with_receipt(with_receipt(Kept(), receipt, "x"), later, "x").receipts == (receipt,)


def test_receipts_from_before_signatures_could_be_proved_here_are_no_forgeries(receipt):
    kept = Kept(receipts=(receipt,))

    assert [seen.proof for seen in seen_by_province(kept, "61.03", lambda _: date(2017, 11, 3))] == ["bare"]


def test_the_file_beside_the_book_gives_back_what_was_kept(tmp_path, receipt):
    book = str(tmp_path / "book.db")
    assert read_receipts(book) == Kept()
    kept = with_receipt(Kept(target="https://kalbar.example"), receipt, "x")
    (tmp_path / "book.db.receipts").write_bytes(receipts_file(kept))

    assert receipts_place(book) == str(tmp_path / "book.db.receipts")
    assert read_receipts(book) == kept


@pytest.mark.parametrize(
    "held",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        b'{"schema": "blangko.receipts/2"}',
        b'{"schema": "blangko.receipts/1", "public_keys": [], "target": "", "receipts": [{}]}',
        b'{"schema": "blangko.receipts/1", "public_keys": [], "target": "", "receipts": 5}',
    ],
    ids=lambda held: str(held[:20]),
)
def test_a_file_that_holds_no_receipts_is_refused(tmp_path, held):
    (tmp_path / "book.db.receipts").write_bytes(held)

    with pytest.raises(BadReceipt):
        read_receipts(str(tmp_path / "book.db"))


def test_a_receipt_comes_back_from_its_file(receipt):
    assert read_receipt(receipt_file(receipt), "x") == receipt


@pytest.mark.parametrize(
    "other",
    [
        {"entry_no": "230"},
        {"entry_no": True},
        {"entry_no": -1},
        {"entry_no": 2**63},
        {"seal": "1"},
        {"seal": 5},
        {"received_at": "besok"},
        {"received_at": None},
        {"office_code": 61.03},
        {"schema": "blangko.receipt/2"},
    ],
    ids=str,
)
def test_what_is_no_receipt_is_refused(other):
    made = json.dumps({**json.loads(receipt_file(WORD)), **other}).encode()

    with pytest.raises(BadReceipt):
        read_receipt(made, "x")


def test_the_furthest_receipt_of_the_office_holds_most():
    others = [WORD._replace(entry_no=240), WORD._replace(entry_no=300, office_code="61.04"), WORD]

    assert furthest(others, "61.03") == others[0]
    assert furthest([WORD, WORD._replace(signature="x")], "61.03") == WORD._replace(signature="x")
    assert furthest([], "61.03") is None


def test_what_the_province_saw_is_told_with_its_day_and_whether_it_is_proved(receipt):
    kept = with_receipt(with_receipt(Kept(), WORD._replace(entry_no=100), "x"), receipt, "x")
    told = seen_by_province(kept, "61.03", lambda instant: date.fromisoformat(instant[:10]))

    assert [(seen.entry_no, seen.on, seen.proof) for seen in told] == [
        (100, date(2017, 11, 3), "bare"),
        (230, date(2017, 11, 3), "signed"),
    ]
    assert seen_by_province(kept, "61.04", date.fromisoformat) == []


def test_a_receipt_that_was_changed_in_its_file_is_told_as_forged(receipt):
    kept = Kept((receipt.public_key,), "", (receipt._replace(seal="1" * 64),))

    assert [seen.proof for seen in seen_by_province(kept, "61.03", lambda _: date(2017, 11, 3))] == ["forged"]


def test_only_the_newest_thousand_are_kept():
    kept = Kept()
    for entry_no in range(1, 1003):
        kept = with_receipt(kept, WORD._replace(entry_no=entry_no), "x")

    assert [kept.receipts[0].entry_no, len(kept.receipts)] == [3, 1000]
    assert len(receipts_file(kept)) < 2_000_000


# --- The province's own key -----------------------------------------------------------------------


def test_a_key_that_others_can_read_is_not_used(tmp_path):
    pytest.importorskip("cryptography")
    place = tmp_path / "key"
    assert read_key(str(place)) is None
    place.write_bytes(new_key_file())
    place.chmod(0o644)

    if os.name != "nt":
        with pytest.raises(BadKey):
            read_key(str(place))


@pytest.mark.parametrize("held", [b"", b"hello", b"-----BEGIN PRIVATE KEY-----\nxx\n-----END PRIVATE KEY-----\n"])
def test_a_file_that_holds_no_key_is_refused(tmp_path, held):
    pytest.importorskip("cryptography")
    place = tmp_path / "key"
    place.write_bytes(held)
    place.chmod(0o600)

    with pytest.raises(BadKey):
        read_key(str(place))


def test_the_fingerprint_is_short_enough_for_the_telephone():
    assert len(fingerprint("x").split()) == 8
