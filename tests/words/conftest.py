"""Whoever spoke another language goes back to English after the test."""

import pytest

from blangko.words.language import speak


@pytest.fixture(autouse=True)
def _english_again():
    yield
    speak("en", chosen=False)
