"""The settings are called in the language that is spoken, and every name and value shown may be typed again."""

import pytest

from blangko.core.findings import SettingUnfit
from blangko.core.settings import Settings, canonical, setting_name
from blangko.reports.audit import advice
from blangko.words.language import speak
from blangko.words.settings import setting_word, value_word


@pytest.fixture(params=["en", "id"])
def spoken(request):
    speak(request.param)
    yield request.param
    speak("en")


@pytest.mark.parametrize("name", Settings._fields)
def test_a_setting_is_understood_by_the_name_that_is_shown(spoken, name):
    assert setting_name(setting_word(name)) == name
    assert (setting_word(name) == name) == (spoken == "en")


@pytest.mark.parametrize(
    ("name", "kept", "english", "indonesian"),
    [
        ("work_week", "mon,tue,wed,thu,fri", "mon-fri", "sen-jum"),
        ("work_week", "mon,tue,wed,sat", "mon-wed,sat", "sen-rab,sab"),
        ("work_week", "mon,tue,wed,thu,fri,sat,sun", "mon-sun", "sen-min"),
        (
            "serve_first",
            "prr,first,lost,damaged,change",
            "prr,first,lost,damaged,change",
            "prr,baru,hilang,rusak,perubahan",
        ),
        ("require_name", "yes", "yes", "ya"),
        ("open_on_joint_leave", "no", "no", "tidak"),
        ("place", "Sanggau", "Sanggau", "Sanggau"),
        ("typical_daily_use", "", "", ""),
    ],
)
def test_a_value_is_shown_as_the_language_has_it_and_may_be_typed_again(spoken, name, kept, english, indonesian):
    shown = value_word(name, kept)

    assert shown == (english if spoken == "en" else indonesian)
    assert canonical(name, shown) == kept


def test_the_settings_were_english_in_an_indonesian_book(office):
    office.speaks("id")
    shown = office.did("pengaturan")
    told = office.did("pengaturan", "hari_kerja", "sen-sab")
    assert office("pengaturan", "risiko", "banyak") == 1

    assert "hari_kerja  " in shown and "sen-jum" in shown and "tidak" in shown
    assert "work_week" not in shown and "accepted_risk" not in shown and "mon" not in shown
    assert "hari_kerja = sen-sab" in told and "risiko" in office.err and "accepted_risk" not in office.err
    # What another program reads keeps its names.
    assert office.json("pengaturan")["settings"]["work_week"] == "mon,tue,wed,thu,fri,sat"


def test_a_value_that_verify_finds_unfit_is_told_by_the_name_that_is_typed(spoken):
    advised = advice(SettingUnfit(entry_no=7, name="work_week", value="someday"))

    assert ("work_week" if spoken == "en" else "pengaturan hari_kerja ") in advised
