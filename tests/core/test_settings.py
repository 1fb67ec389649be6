"""What an office may choose, typed by people and kept in one form."""

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
        ("batch_cards", "2.000", "2000"),
        ("floor_cards", "0", "0"),
        ("typical_daily_use", "-", ""),
        ("work_week", "mon-fri", "mon,tue,wed,thu,fri"),
        ("work_week", "senin-sabtu", "mon,tue,wed,thu,fri,sat"),
        ("work_week", "sen, rab; jum", "mon,wed,fri"),
        ("work_week", "sat-mon", "mon,sat,sun"),
        ("open_on_joint_leave", "Ya", "yes"),
        ("language", "ID", "id"),
        ("letterhead", "PEMERINTAH\\nDINAS", "PEMERINTAH\nDINAS"),
    ],
)
def test_a_value_is_kept_in_one_form(name, typed, kept):
    assert canonical(name, typed) == kept


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("accepted_risk", "0"),
        ("accepted_risk", "60%"),
        ("accepted_risk", "low"),
        ("batch_cards", "0"),
        ("batch_cards", "12.5"),
        ("lead_low_days", "400"),
        ("work_week", "someday"),
        ("work_week", ""),
        ("open_on_joint_leave", "maybe"),
        ("language", "fr"),
        ("office_name", " "),
    ],
)
def test_a_value_that_does_not_fit_is_refused(name, typed):
    with pytest.raises(BadSetting):
        canonical(name, typed)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("daily", "typical_daily_use"), ("Pemakaian Harian", "typical_daily_use"), ("risiko", "accepted_risk"),
     ("batas-minimum", "floor_cards"), ("head_nip", "head_nip")],
)  # fmt: skip
def test_a_setting_is_called_in_either_language(typed, name):
    assert setting_name(typed) == name


def test_an_unknown_setting_is_refused():
    with pytest.raises(UnknownSetting):
        setting_name("colour")


def test_what_nobody_stated_is_as_delivered_and_what_a_newer_program_stated_does_no_harm():
    assert settings({}) == Settings()
    assert settings({"batch_cards": "500", "colour": "red"}) == Settings(batch_cards=500)


@pytest.mark.parametrize("name", Settings._fields)
def test_a_value_as_shown_may_be_typed_again(name):
    chosen = Settings(office_name="Disdukcapil", typical_daily_use=200)
    shown = as_text(name, getattr(chosen, name))

    assert settings({name: canonical(name, shown)})._asdict()[name] == getattr(chosen, name)
