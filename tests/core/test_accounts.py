"""Accounts of the page: their names, what they see, and passphrases kept so that nobody reads them."""

from base64 import b64encode

import pytest

from blangko.core.accounts import account_name, good_passphrase, is_passphrase, kept, sees
from blangko.errors.web import BadAccountName, WeakPassphrase

SALT = bytes(16)


def test_a_clerk_sees_one_office_a_province_its_own_and_an_auditor_without_one_all():
    assert sees("clerk", "61.03", "61.03") and not sees("clerk", "61.03", "61.04")
    # The book of the province itself, which has two digits, is one office like the others.
    assert sees("clerk", "61", "61") and not sees("clerk", "61", "61.03")
    assert not sees("head", None, "61.03")
    assert sees("province", "61", "61.03") and sees("province", "61", "61") and not sees("province", "61", "62.01")
    assert not sees("auditor", "6", "61.03")
    assert sees("auditor", None, "11.01")


def test_the_name_of_an_account_holds_no_sign_that_could_look_like_more():
    assert account_name(" Siti.Aminah ") == "siti.aminah"
    for text in ("", "1siti", "siti aminah", "siti\nuid 0", "sité", "s" * 41, "siti)", "<b>"):
        with pytest.raises(BadAccountName):
            account_name(text)


def test_a_passphrase_is_as_long_as_asked_for_and_not_the_name():
    assert good_passphrase("kuda hijau", "siti") == "kuda hijau"
    for text in ("kuda hija", "x" * 201, "siti siti siti", ""):
        with pytest.raises(WeakPassphrase):
            good_passphrase(text, "siti")


def test_an_e_with_its_accent_is_one_letter_however_the_keyboard_makes_it():
    assert is_passphrase("cafe\u0301 di pojok", kept("caf\u00e9 di pojok", SALT))


def test_what_is_kept_says_its_own_measures():
    # The second test vector of RFC 7914, section 12, its first 32 bytes: N = 1024, r = 8, p = 16.
    made = bytes.fromhex("fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162")
    vector = f"scrypt$1024$8$16${b64encode(b'NaCl').decode()}${b64encode(made).decode()}"

    assert is_passphrase("password", vector) and not is_passphrase("passwort", vector)


def test_a_passphrase_kept_in_another_way_is_no_passphrase():
    with pytest.raises(ValueError, match="md5"):
        is_passphrase("password", "md5$1$1$1$AA==$AA==")
