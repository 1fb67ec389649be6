"""Where a sentence names a command, the page leads to the place that does the same."""

import re
from html import unescape

import pytest

from blangko.cli.commands import COMMANDS
from blangko.web import moves, requests
from blangko.web.links import PLACES, linked


@pytest.fixture
def page(visit):
    with visit().app.test_request_context("/"):
        yield


def test_a_command_in_a_sentence_becomes_a_link_to_its_page(page):
    said = "Borrow from a neighbour until they come: blangko receive NUMBER --from WHO --loan."

    assert linked(said) == 'Borrow from a neighbour until they come: <a href="/requests?do=borrow">Requests</a>.'
    assert linked("Catat: blangko hilang 5.") == 'Catat: <a href="/book/write?do=lose">Write into the book</a>.'


def test_a_command_that_no_page_does_is_set_as_what_is_typed(page):
    assert linked("Try it on the past first: blangko backtest NUMBER.") == (
        "Try it on the past first: <code>blangko backtest NUMBER</code>."
    )


def test_an_option_in_a_sentence_becomes_the_name_of_its_field_in_either_language(page):
    assert unescape(linked("Say it with --reason TEXT.")) == 'Say it with "Reason".'
    assert unescape(linked("Sebutkan dengan --alasan TEKS.")) == 'Sebutkan dengan "Reason".'
    assert linked("Name another place with --db.") == "Name another place with <code>--db</code>."


def test_what_stands_behind_a_command_stays(page):
    said = "Write it: blangko print NUMBER --on DATE (0 if none)."

    assert linked(said) == 'Write it: <a href="/">Today</a> (0 if none).'


def test_no_sentence_brings_markup_of_its_own(page):
    assert "<b>" not in linked("<b>blangko print 5</b>")


def test_a_command_leads_to_a_form_that_is_there(page):
    forms = {"moves.home": moves.DEEDS, "requests.home": requests.DEEDS}
    for called, endpoint, _ in PLACES:
        for command in called if endpoint in forms else ():
            assert re.search(r"do=([a-z]+)", linked(f"blangko {command} 5"))[1] in forms[endpoint]


def test_the_commands_are_called_as_the_program_calls_them():
    names = {frozenset((command.name, command.alias)) for command in COMMANDS}
    for called, _, _ in PLACES:
        for english, indonesian in zip(called[::2], called[1::2], strict=True):
            assert {english, indonesian} in names
