"""Colour tells at a terminal what the words say anyway, and is nowhere else."""

import io

import pytest

from blangko.cli.colour import Headline, coloured, shows_colour, supposed_headline

RED, GREEN, PLAIN, DIM = "\x1b[1;31m", "\x1b[32m", "\x1b[0m", "\x1b[2m"


class Terminal(io.StringIO):
    """Where somebody sits."""

    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.fixture
def terminal(monkeypatch):
    """What a command writes there."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    screen = Terminal()

    def take(office, *words):
        with monkeypatch.context() as patch:
            patch.setattr("sys.stdout", screen)
            office(*words)
        return screen.getvalue()

    return take


def test_only_the_headline_of_an_answer_is_coloured():
    lines = ["Disdukcapil Uji (61.03)", "", "Ask for 2,000 cards today: the day", "was Monday.", "", "  On hand  5"]

    assert coloured(lines, Headline("now")) == [
        "Disdukcapil Uji (61.03)",
        "",
        f"{RED}Ask for 2,000 cards today: the day{PLAIN}",
        f"{RED}was Monday.{PLAIN}",
        "",
        "  On hand  5",
    ]


def test_figures_that_a_supposition_leaves_alone_stand_back():
    figures = ["Use a day  200  200    =", "Lasts      7    17     +10"]
    lines = ["Office", "", "Supposed", "", "Later", "", *figures, "", "Then: no hurry"]

    shown = coloured(lines, supposed_headline("ok"))

    assert shown[6:8] == [f"{DIM}{figures[0]}{PLAIN}", figures[1]]
    assert shown[-1] == f"{GREEN}Then: no hurry{PLAIN}"


def test_a_terminal_shows_the_urgency_of_the_status_and_a_pipe_the_same_words(office, terminal):
    office.did("settings", "daily", 200)
    plain = office.did("status")
    shown = terminal(office, "status")

    assert "\x1b" not in plain
    assert RED in shown and shown.replace(RED, "").replace(PLAIN, "") == plain


def test_what_follows_from_a_print_is_coloured_and_what_was_written_is_not(office, terminal):
    office.did("settings", "daily", 10)
    shown = terminal(office, "print", 10, "--yes").splitlines()

    assert shown[0].startswith("Written") and shown[-1].startswith("\x1b")


@pytest.mark.parametrize(
    "surroundings", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=lambda surroundings: next(iter(surroundings))
)
def test_who_asks_for_no_colour_gets_none(monkeypatch, surroundings):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert shows_colour(Terminal())

    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    assert not shows_colour(Terminal())


def test_data_are_never_coloured(office, terminal):
    assert "\x1b" not in terminal(office, "status", "-f", "json")


@pytest.mark.parametrize("words", [("alert",), ("alert", "--if-receive", "500@2017-11-06")])
def test_the_line_of_an_alert_is_coloured_whole(office, terminal, words):
    office.did("settings", "daily", 200)
    first = terminal(office, *words).splitlines()[0]

    assert first.startswith("\x1b") and first.endswith(PLAIN)


def test_what_would_be_if_stands_in_the_colour_of_what_would_follow(nobody, terminal):
    nobody.did("init", "--office", "X", "--opening", 1000, "--daily", 200)
    assert RED in terminal(nobody, "status")

    shown = terminal(nobody, "status", "--if-receive", "9000@2017-10-30").splitlines()

    then = next(line for line in shown if "Then: " in line)
    assert then.startswith(GREEN)
    assert any(line.startswith(DIM) and line.endswith(f" ={PLAIN}") for line in shown)


def test_a_plan_is_headed_by_its_urgency(office, terminal):
    office.did("settings", "daily", 200)

    assert f"{RED}- Ask for" in terminal(office, "plan")


def test_the_story_for_newcomers_is_coloured_as_the_commands_that_it_shows(nobody, terminal):
    plain = nobody.did("demo")
    shown = terminal(nobody, "demo")

    assert shown.count(RED + "Ask for 6,000 cards today") == 2
    assert f"{RED}BLANGKO CRITICAL" in shown
    assert "\x1b" not in plain
