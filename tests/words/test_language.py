"""Who speaks which language: it belongs to the thread, so that a server can speak both at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from blangko.core.workdays import WEEKDAY_NAMES
from blangko.words.language import _, language, speak, was_chosen
from blangko.words.typed import typed_date
from blangko.words.written import LONG_MONTHS, MONTHS, cards, day, long_day

FRIDAY = date(2017, 11, 3)


def test_two_threads_speak_two_languages_at_the_same_time():
    both_have_chosen = Barrier(2, timeout=20)

    def answer(spoken):
        speak(spoken)
        both_have_chosen.wait()
        return language(), cards(1043), day(FRIDAY)

    with ThreadPoolExecutor(2) as threads:
        english, indonesian = threads.map(answer, ("en", "id"))

    assert english == ("en", "1,043 cards", "Fri 3 Nov 2017")
    assert indonesian == ("id", "1.043 keping", "Jum 3 Nov 2017")


def test_a_new_thread_speaks_english_until_somebody_chooses():
    speak("id")

    with ThreadPoolExecutor(1) as threads:
        spoken, chosen = threads.submit(lambda: (language(), was_chosen())).result()

    assert (spoken, chosen) == ("en", False)
    assert language() == "id"


def test_a_language_nobody_knows_is_english():
    speak("id")
    speak("jv")

    assert language() == "en"
    assert _("shelf") == "shelf"


@pytest.mark.parametrize(("spoken", "text"), [("en", "Friday, 3 November 2017"), ("id", "Jumat, 3 November 2017")])
def test_a_long_day_is_written_in_full(spoken, text):
    speak(spoken)

    assert long_day(FRIDAY) == text


@pytest.mark.parametrize("number", range(7))
@pytest.mark.parametrize("spoken", ["en", "id"])
def test_a_weekday_is_understood_as_it_is_written(spoken, number):
    speak(spoken)
    meant = date(2017, 10, 30 - 7 + number)
    short = day(meant).split()[0]
    full = long_day(meant).split(",")[0]

    assert [typed_date(name, date(2017, 10, 29)) for name in (short, full)] == [meant, meant]
    assert {short.lower(), full.lower()} <= set(WEEKDAY_NAMES[number])


@pytest.mark.parametrize("number", range(12))
@pytest.mark.parametrize("names", [MONTHS["en"], MONTHS["id"], LONG_MONTHS["en"], LONG_MONTHS["id"]])
def test_a_month_is_understood_as_it_is_written(names, number):
    assert typed_date(f"1 {names[number]} 2016", FRIDAY) == date(2016, number + 1, 1)
