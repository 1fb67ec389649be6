"""What an office may choose, typed by people and kept in one form."""

from datetime import time

import pytest

from blangko.core.settings import Settings, as_text, canonical, setting_name, settings
from blangko.errors import BadSetting, UnknownSetting


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("accepted_risk", "5%", "0.05"),
        ("accepted_risk", "5", "0.05"),
        ("accepted_risk", "0,05", "0.05"),
        ("accepted_risk", "2,5 %", "0.025"),
        ("accepted_risk", "1", "0.01"),
        ("accepted_risk", "1,5", "0.015"),
        ("accepted_risk", "0.1%", "0.001"),
        ("accepted_risk", "50%", "0.5"),
        ("accepted_risk", "0.5", "0.5"),
        ("batch_cards", "2.000", "2000"),
        ("batch_cards", "1", "1"),
        ("batch_cards", "1.000.000", "1000000"),
        ("lead_high_days", "366", "366"),
        ("floor_cards", "0", "0"),
        ("typical_daily_use", "-", ""),
        ("work_week", "mon-fri", "mon,tue,wed,thu,fri"),
        ("work_week", "senin-sabtu", "mon,tue,wed,thu,fri,sat"),
        ("work_week", "sen, rab; jum", "mon,wed,fri"),
        ("work_week", "sat-mon", "mon,sat,sun"),
        ("work_week", "Senin – Jumat", "mon,tue,wed,thu,fri"),
        ("work_week", "1-3, 6 - 7", "mon,tue,wed,sat,sun"),
        ("work_week", "sun", "sun"),
        ("open_on_joint_leave", "Ya", "yes"),
        ("serve_first", "prr, Baru > hilang; rusak perubahan", "prr,first,lost,damaged,change"),
        ("serve_first", "-", ""),
        ("remind_at", "16:30", "16:30"),
        ("remind_at", "7.05", "07:05"),
        ("remind_at", "23:59", "23:59"),
        ("remind_at", "-", ""),
        ("remind_at", "off", ""),
        ("remind_at", "Mati", ""),
        ("remind_at", "tidak", ""),
        ("language", "ID", "id"),
        ("letterhead", "PEMERINTAH\\nDINAS", "PEMERINTAH\nDINAS"),
        ("letterhead", "", ""),
        ("place", "x" * 1000, "x" * 1000),
    ],
)
def test_a_value_is_kept_in_one_form(name, typed, kept):
    assert canonical(name, typed) == kept


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("serve_first", "prr, prr"),
        ("serve_first", "first, pemula"),
        ("serve_first", "vip"),
        ("serve_first", "prr, loan"),
        ("accepted_risk", "0"),
        ("accepted_risk", "60%"),
        ("accepted_risk", "low"),
        ("remind_at", "24:00"),
        ("remind_at", "16:60"),
        ("remind_at", "16"),
        ("remind_at", "16:30:00"),
        ("remind_at", "half past four"),
        ("accepted_risk", "0.09%"),
        ("accepted_risk", "50.1%"),
        ("accepted_risk", "٥"),
        ("batch_cards", "0"),
        ("batch_cards", "12.5"),
        ("batch_cards", "1.000.001"),
        ("batch_cards", "-"),
        ("lead_low_days", "367"),
        ("work_week", "someday"),
        ("work_week", ""),
        ("work_week", "mon-wed-fri"),
        ("work_week", "mon-"),
        ("open_on_joint_leave", "maybe"),
        ("language", "fr"),
        ("office_name", " "),
        ("place", "x" * 1001),
    ],
)
def test_a_value_that_does_not_fit_is_refused(name, typed):
    with pytest.raises(BadSetting) as refused:
        canonical(name, typed)

    assert refused.value.facts == {"name": name, "value": typed}


@pytest.mark.parametrize(
    ("typed", "name"),
    [("daily", "typical_daily_use"), ("Pemakaian Harian", "typical_daily_use"), ("risiko", "accepted_risk"),
     ("batas-minimum", "floor_cards"), ("ingatkan", "remind_at"), ("head_nip", "head_nip")],
)  # fmt: skip
def test_a_setting_is_called_in_either_language(typed, name):
    assert setting_name(typed) == name


def test_an_unknown_setting_is_refused():
    with pytest.raises(UnknownSetting) as refused:
        setting_name("Colour")

    assert refused.value.facts == {"name": "Colour"}


def test_what_nobody_stated_is_as_delivered_and_what_a_newer_program_stated_does_no_harm():
    assert settings({}) == Settings()
    assert settings({"batch_cards": "500", "colour": "red"}) == Settings(batch_cards=500)


@pytest.mark.parametrize("name", Settings._fields)
def test_a_value_as_shown_may_be_typed_again(name):
    chosen = Settings(office_name="Disdukcapil", typical_daily_use=200)
    shown = as_text(name, getattr(chosen, name))

    assert settings({name: canonical(name, shown)})._asdict()[name] == getattr(chosen, name)


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [("require_name", True, "yes"), ("require_name", False, "no"), ("typical_daily_use", None, ""),
     ("accepted_risk", 0.025, "0.025"), ("batch_cards", 2000, "2000"),
     ("work_week", frozenset({0, 5, 6}), "mon,sat,sun"), ("remind_at", time(16, 5), "16:05"), ("remind_at", None, "")],
)  # fmt: skip
def test_a_value_is_shown_as_a_person_would_type_it(name, value, shown):
    assert as_text(name, value) == shown


def test_a_book_that_states_no_typical_use_any_more_has_none():
    assert settings({"typical_daily_use": "200"}).typical_daily_use == 200
    assert settings({"typical_daily_use": ""}).typical_daily_use is None


def test_yes_and_no_are_kept_as_words():
    assert settings({"require_name": "yes"}).require_name is True
    assert settings({"require_name": "no"}).require_name is False


def test_an_office_begins_with_these_choices():
    assert Settings() == Settings(
        office_name="",
        language="en",
        batch_cards=2000,
        floor_cards=0,
        accepted_risk=0.05,
        lead_low_days=3,
        lead_high_days=10,
        work_week=frozenset({0, 1, 2, 3, 4}),
        open_on_joint_leave=False,
        typical_daily_use=None,
        print_capacity=None,
        count_every_days=92,
        remind_at=None,
        require_name=False,
    )


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [("batch_cards", 1, 1_000_000), ("floor_cards", 0, 100_000_000), ("lead_low_days", 0, 366),
     ("lead_high_days", 0, 366), ("count_every_days", 1, 3660), ("typical_daily_use", 1, 1_000_000),
     ("print_capacity", 1, 1_000_000)],
)  # fmt: skip
def test_a_number_is_kept_from_its_least_to_its_most(name, least, most):
    assert (canonical(name, str(least)), canonical(name, str(most))) == (str(least), str(most))
    for outside in (least - 1, most + 1):
        with pytest.raises(BadSetting):
            canonical(name, str(outside))


@pytest.mark.parametrize(
    ("code", "names"),
    [("mon", "mon monday senin sen 1"), ("tue", "tue tuesday selasa sel 2"), ("wed", "wed wednesday rabu rab 3"),
     ("thu", "thu thursday kamis kam 4"), ("fri", "fri friday jumat jum 5"), ("sat", "sat saturday sabtu sab 6"),
     ("sun", "sun sunday minggu min 7")],
)  # fmt: skip
def test_a_weekday_has_its_names_in_both_languages_and_a_number(code, names):
    assert {canonical("work_week", name) for name in names.split()} == {code}
