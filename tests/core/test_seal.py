"""Seals: each covers its entry and the seal before it."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from blangko.core.seal import FIRST_SEAL, broken_seals, canonical_json, next_seal

COLUMNS = ("cards", "entry_no", "kind", "note")


def chain(rows):
    sealed, seal = [], FIRST_SEAL
    for number, (cards, *more) in enumerate(rows, 1):
        row = (cards, number, *more)
        seal = next_seal(seal, COLUMNS, row)
        sealed.append((*row, seal))
    return sealed


def test_the_sealed_text_is_json_without_spaces_and_without_nulls():
    assert canonical_json(COLUMNS, (187, 4, "print", None)) == '{"cards":187,"entry_no":4,"kind":"print"}'
    assert (
        canonical_json(COLUMNS, (None, 4, "print", 'a "b"\n–'))
        == '{"entry_no":4,"kind":"print","note":"a \\"b\\"\\n–"}'
    )


def test_a_seal_is_sha256_over_the_seal_before_and_the_entry():
    expected = sha256(("0" * 64 + '{"cards":187,"entry_no":4,"kind":"print"}').encode()).hexdigest()

    assert next_seal(FIRST_SEAL, COLUMNS, (187, 4, "print", None)) == expected


def test_one_changed_entry_is_one_number():
    sealed = chain([(1, "print", None), (2, "print", None), (3, "print", None)])
    sealed[1] = (20, *sealed[1][1:])

    assert broken_seals(FIRST_SEAL, COLUMNS, sealed) == [2]


def test_an_entry_taken_out_shows_at_the_next_one():
    sealed = chain([(1, "print", None), (2, "print", None), (3, "print", None)])

    assert broken_seals(FIRST_SEAL, COLUMNS, [sealed[0], sealed[2]]) == [3]


ROWS = st.lists(
    st.tuples(st.integers(0, 9999), st.sampled_from(["print", "spoil"]), st.none() | st.text(max_size=8)), min_size=1
)


@given(ROWS, st.data())
def test_any_change_is_found_where_it_was_made(rows, data):
    sealed = chain(rows)
    index = data.draw(st.integers(0, len(rows) - 1))
    cards, *more = sealed[index]
    sealed[index] = (cards + 1, *more)

    assert broken_seals(FIRST_SEAL, COLUMNS, chain(rows)) == []
    assert broken_seals(FIRST_SEAL, COLUMNS, sealed) == [index + 1]


def test_a_text_that_is_no_utf_8_breaks_its_seal_and_no_other():
    sealed = chain([(1, "print", "mesin"), (2, "print", None)])
    sealed[0] = (1, 1, "print", b"me\xffin".decode("utf-8", "surrogateescape"), sealed[0][-1])

    assert broken_seals(FIRST_SEAL, COLUMNS, sealed) == [1]


def test_a_value_of_a_wrong_type_breaks_its_seal():
    sealed = chain([(1, "print", "5"), (2, "print", None)])
    changed = [[(1, 1, "print", value, sealed[0][-1]), sealed[1]] for value in (5, 5.0, b"5", None)]

    assert [broken_seals(FIRST_SEAL, COLUMNS, rows) for rows in changed] == [[1]] * 4


def test_an_entry_whose_number_is_damaged_is_found_where_it_stands():
    sealed = chain([(1, "print", None), (2, "print", None), (3, "print", None)])
    sealed[0] = (1, "", *sealed[0][2:])
    sealed[1] = (2, None, *sealed[1][2:])

    assert broken_seals(FIRST_SEAL, COLUMNS, sealed) == [1, 2]
