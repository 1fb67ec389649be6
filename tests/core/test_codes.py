"""The check code of a paper: what is printed, what is scanned, and what people type."""

import pytest

from blangko.core.codes import check_code, read_check_code, whole_code

SEAL = "0123456789abcdef" * 4
HALF = "0123456789abcdef0123456789abcdef"


def test_a_check_code_is_thirty_two_digits_of_a_seal_and_the_number_of_its_entry():
    assert check_code(SEAL, 17) == f"{HALF}-17"


def test_the_code_in_the_square_is_the_whole_seal():
    assert whole_code(SEAL, 17) == f"{SEAL}-17"


@pytest.mark.parametrize("sort", ["{digits}-17", "17-{digits}", " {digits} / 17 ", "{digits} 17", "17. {digits}",
                                  "17,{digits}", "#17: {digits}", "{digits}--017"])  # fmt: skip
@pytest.mark.parametrize("digits", ["0123456789ab", HALF, SEAL], ids=["of old", "in print", "scanned"])
def test_a_check_code_is_read_in_either_order_and_with_any_sign_between(sort, digits):
    assert read_check_code(sort.format(digits=digits.upper())) == (digits, 17)


def test_digits_without_a_letter_are_still_the_digits_of_the_seal():
    assert read_check_code("5-123456789012") == ("123456789012", 5)
    assert read_check_code("123456789012-5") == ("123456789012", 5)
    assert read_check_code("123456789012-" + "1" * 32) == ("1" * 32, 123456789012)


def test_a_number_longer_than_any_entrys_is_no_check_code():
    assert read_check_code(f"{HALF}-" + "9" * 18) == (HALF, 10**18 - 1)
    assert read_check_code(f"{HALF}-" + "9" * 19) is None
    assert read_check_code(f"{HALF}-" + "9" * 5000) is None


@pytest.mark.parametrize(
    "typed",
    ["", "17", HALF, f"{HALF[:31]}-17", f"{HALF}0-17", "0123456789a-17", "0123456789abc-17", f"{HALF[:31]}g-17",
     f"{HALF}-x7", f"{HALF}-17-1", f"{HALF}+17", f"{HALF}--"],
    ids=["nothing", "number alone", "digits alone", "thirty-one digits", "thirty-three digits", "eleven digits",
         "thirteen digits", "no hexadecimal digit", "no number", "three parts", "a plus", "no second part"],
)  # fmt: skip
def test_what_is_no_check_code_is_not_read_as_one(typed):
    assert read_check_code(typed) is None


def test_twelve_digits_are_weak_and_thirty_two_are_not():
    assert [read_check_code(f"{SEAL[:digits]}-17").is_weak for digits in (12, 32, 64)] == [True, False, False]


def test_a_code_fits_the_seal_that_it_begins_and_no_other():
    code = read_check_code(f"{HALF}-17")

    assert code.fits(SEAL)
    assert not code.fits("f" + SEAL[1:])
    assert not code.fits(None)
