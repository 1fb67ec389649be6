"""The recipes: each is read here by the rules of its own scheduler, and what it would run is the alert of this book."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from blangko.cli.schedule import own_command
from tests import PATIENCE_SECONDS
from tests.readme import README

TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
AWKWARD = "Kantor 50% baru $HOME 'A & B'"
"""A folder's name that every scheduler would take for something else, were it not quoted."""


@pytest.fixture
def awkward(office):
    """The office with its book in a folder of an awkward name."""
    folder = office.folder / AWKWARD
    folder.mkdir()
    shutil.copy(office.book, folder / "book.db")
    office.elsewhere = folder / "book.db"
    return office


def the_alert(place, *more):
    """The words that a recipe is to run here, where the tests call the program by no name of its own."""
    return [sys.executable, "-P", "-m", "blangko", "--db", str(place), "--lang", "en", "alert", *more]


def as_cron_runs(line):
    """What cron hands to the shell: the sixth part of the line, up to a percent sign that no backslash protects."""
    command = re.split(r"(?<!\\)%", line.split(maxsplit=5)[5])[0]
    return command.replace(r"\%", "%")


def as_systemd_splits(line):
    """The words of a command as systemd.service(5) parts them, where a colon before the first leaves dollars alone."""
    assert line.startswith(":") == ("$" in line)
    return [word.replace("%%", "%") for word in shlex.split(line.removeprefix(":"), posix=True)]


# --- cron ---------------------------------------------------------------------------------------


def test_cron_runs_the_alert_of_this_book_on_the_days_that_the_office_works(office):
    mail, line = office.did("schedule", "--print", "cron").splitlines()

    assert mail.startswith("#MAILTO=")
    assert line.split()[:5] == ["30", "16", "*", "*", "1-5"]
    assert shlex.split(as_cron_runs(line)) == the_alert(office.place, "--quiet")
    assert "crontab -e" in office.err


def test_the_days_and_the_time_are_those_of_the_office(office):
    office.did("settings", "week", "mon,tue,wed,thu,sat")

    assert "\n5 8 * * 1-4,6 " in office.did("schedule", "--print", "cron", "--at", "08:05")
    assert "OnCalendar=Mon..Thu,Sat 16:45" in office.did("schedule", "--print", "systemd", "--at", "16.45")
    xml = ElementTree.fromstring(office.did("schedule", "--print", "windows", "--at", "9:00"))
    assert [day.tag.removeprefix(TASK) for day in xml.find(f".//{TASK}DaysOfWeek")] == [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Saturday",
    ]  # fmt: skip
    assert xml.findtext(f".//{TASK}StartBoundary") == "2017-10-27T09:00:00"


@pytest.mark.file
def test_the_line_of_cron_runs_in_a_shell_whatever_the_folder_is_called(awkward):
    line = awkward.did("--db", awkward.elsewhere, "schedule", "--print", "cron").splitlines()[1]
    command = as_cron_runs(line).removesuffix(" --quiet")
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, timeout=PATIENCE_SECONDS)

    assert shlex.split(as_cron_runs(line)) == the_alert(awkward.elsewhere, "--quiet")
    assert done.stdout.startswith("BLANGKO ") and "1,000 cards" in done.stdout and not done.stderr


# --- systemd ------------------------------------------------------------------------------------


def units(office, *words):
    """The service and the timer, saved as systemd wants them."""
    for name in ("blangko-alert.service", "blangko-alert.timer"):
        (office.folder / name).unlink(missing_ok=True)
    office.did(*words, "schedule", "--print", "systemd", "-o", office.folder / "blangko-alert.timer")
    return office.folder / "blangko-alert.service", office.folder / "blangko-alert.timer"


@pytest.mark.file
def test_the_service_runs_the_alert_of_this_book_whatever_the_folder_is_called(awkward):
    for place in (awkward.book, awkward.elsewhere):
        service, _timer = units(awkward, "--db", place)
        (line,) = re.findall(r"^ExecStart=(.*)$", service.read_text(encoding="utf-8"), re.MULTILINE)
        assert as_systemd_splits(line) == the_alert(place)


def test_what_is_printed_for_systemd_is_what_is_saved_each_under_its_name(office):
    service, timer = units(office)
    shown = office.did("schedule", "--print", "systemd")

    text = [each.read_text(encoding="utf-8") for each in (service, timer)]
    folder = "# ~/.config/systemd/user/blangko-alert"
    assert shown == f"{folder}.service\n{text[0]}\n{folder}.timer\n{text[1]}\n"
    assert "OnCalendar=Mon..Fri 16:30\n" in text[1] and "WantedBy=timers.target" in text[1]
    assert "enable --now blangko-alert.timer" in office.err


@pytest.mark.file
@pytest.mark.parametrize("language", ["en", "id"])
def test_systemd_finds_nothing_wrong_with_the_units(awkward, language):
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze, which verifies units, is not installed here")
    awkward.speaks(language)
    for place in (awkward.book, awkward.elsewhere):
        files = units(awkward, "--db", place)
        for who in ("--user", "--system"):
            done = subprocess.run(
                ["systemd-analyze", who, "verify", *files], capture_output=True, text=True, timeout=PATIENCE_SECONDS,
                env={**os.environ, "XDG_RUNTIME_DIR": str(awkward.folder)},
            )  # fmt: skip
            assert done.returncode == 0 and "blangko" not in done.stdout + done.stderr, done.stderr


# --- Windows ------------------------------------------------------------------------------------


def test_the_task_file_is_what_schtasks_takes(office):
    office.did("schedule", "--print", "windows", "-o", office.folder / "blangko.xml")
    content = (office.folder / "blangko.xml").read_bytes()

    assert content.startswith(b"\xff\xfe")
    text = content.decode("utf-16")
    assert text.startswith('<?xml version="1.0" encoding="UTF-16"?>\r\n')
    assert text.count("\n") == text.count("\r\n")
    # On the screen it has no encoding of its own; for the rest it is the same.
    shown = office.did("schedule", "--print", "windows")
    assert "\n".join(text.split("\r\n")[1:]) == shown
    assert ElementTree.canonicalize(content) == ElementTree.canonicalize(shown)
    assert "schtasks /create /tn blangko /xml" in office.err


def test_the_task_keeps_to_the_schema_of_microsoft(office):
    """taskType, principalType, settingsType and execActionType are `all`; a trigger is a sequence, with an order."""
    root = ElementTree.fromstring(office.did("schedule", "--print", "windows"))
    children = {each.tag.removeprefix(TASK): [child.tag.removeprefix(TASK) for child in each] for each in root.iter()}

    assert (root.tag, root.get("version")) == (f"{TASK}Task", "1.2")
    parts = {"RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"}
    assert set(children["Task"]) == parts and len(children["Task"]) == len(parts)
    assert children["CalendarTrigger"] == ["Enabled", "StartBoundary", "ScheduleByWeek"]
    assert set(children["ScheduleByWeek"]) == {"WeeksInterval", "DaysOfWeek"}
    assert children["Exec"] == ["Command", "Arguments"]
    # What an action runs as is named among the principals.
    assert root.find(f"{TASK}Actions").get("Context") == root.find(f".//{TASK}Principal").get("id")
    known = {
        "MultipleInstancesPolicy", "DisallowStartIfOnBatteries", "StopIfGoingOnBatteries", "StartWhenAvailable",
        "Enabled", "ExecutionTimeLimit",
    }  # fmt: skip
    assert set(children["Settings"]) == known and len(children["Settings"]) == len(known)


@pytest.mark.file
def test_the_task_runs_the_alert_of_this_book_whatever_the_folder_is_called(awkward):
    shown = awkward.did("--db", awkward.elsewhere, "schedule", "--print", "windows")
    (run,) = ElementTree.fromstring(shown).iter(f"{TASK}Exec")

    assert run.findtext(f"{TASK}Command") == sys.executable
    # Only the word with blanks needs quotes there.
    assert run.findtext(f"{TASK}Arguments") == f'-P -m blangko --db "{awkward.elsewhere}" --lang en alert'


# --- The page in a browser ------------------------------------------------------------------------

MOST_EXPOSED = 2.5
"""Of ten, by the reckoning of systemd-analyze; a service without any hardening has 9.6."""


def the_page(place):
    return [*the_alert(place)[:-1], "serve"]


@pytest.mark.file
@pytest.mark.parametrize("language", ["en", "id"])
def test_the_service_of_the_page_serves_this_book_and_could_do_little_else(awkward, language):
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze, which reckons how exposed a service is, is not installed here")
    awkward.speaks(language)
    unit = awkward.folder / "blangko.service"
    for place in (awkward.book, awkward.elsewhere):
        unit.unlink(missing_ok=True)
        awkward.did("--db", place, "schedule", "--serve", "--print", "systemd", "-o", unit)
        for words in (["verify", unit], ["security", "--offline=true", f"--threshold={10 * MOST_EXPOSED:.0f}", unit]):
            done = subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, timeout=PATIENCE_SECONDS)
            assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.file
def test_the_service_of_the_page_may_write_where_the_book_is_and_nowhere_else(awkward):
    text = awkward.did("--db", awkward.elsewhere, "schedule", "--serve", "--print", "systemd")
    (line,) = re.findall(r"^ExecStart=(.*)$", text, re.MULTILINE)
    (written,) = re.findall(r"^ReadWritePaths=(.*)$", text, re.MULTILINE)

    assert as_systemd_splits(line) == the_page(awkward.elsewhere)
    assert written.strip('"').replace("%%", "%") == str(awkward.elsewhere.parent)
    assert "enable --now blangko.service" in awkward.err


@pytest.mark.file
def test_the_task_of_the_page_begins_when_somebody_logs_in_and_never_ends_by_itself(awkward):
    shown = awkward.did("--db", awkward.elsewhere, "schedule", "--serve", "--print", "windows")
    root = ElementTree.fromstring(shown)

    assert root.findtext(f".//{TASK}Arguments") == f'-P -m blangko --db "{awkward.elsewhere}" --lang en serve'
    assert [each.tag for each in root.find(f"{TASK}Triggers")] == [f"{TASK}LogonTrigger"]
    assert root.findtext(f".//{TASK}ExecutionTimeLimit") == "PT0S"
    assert "schtasks /create /tn blangko-page /xml" in awkward.err


@pytest.mark.file
def test_cron_serves_the_page_from_when_the_machine_starts(awkward):
    line = awkward.did("--db", awkward.elsewhere, "schedule", "--serve", "--print", "cron")

    assert line.startswith("@reboot ")
    assert shlex.split(line.replace(r"\%", "%"))[1:] == the_page(awkward.elsewhere)


# --- All of them --------------------------------------------------------------------------------


def test_a_recipe_names_the_program_that_was_called_or_the_python_that_ran_it(tmp_path):
    program = tmp_path / "blangko"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)

    assert own_command(str(program)) == [str(program)]
    assert own_command(str(tmp_path / "gone" / "blangko")) == [sys.executable, "-P", "-m", "blangko"]
    assert own_command("/usr/lib/python3/site-packages/blangko/__main__.py")[0] == sys.executable


def test_an_alert_that_tells_people_names_the_addresses_that_are_on_file_here(office, monkeypatch):
    monkeypatch.setenv("BLANGKO_ADDRESSES", str(office.folder / "who.txt"))
    line = office.did("schedule", "--print", "cron", "--notify").splitlines()[1]
    told = ["--notify", "--addresses", str(office.folder / "who.txt")]

    assert shlex.split(as_cron_runs(line)) == the_alert(office.place, "--quiet", *told)
    assert " alert --notify --addresses " in office.did("schedule", "--print", "windows", "--notify")


@pytest.mark.file
@pytest.mark.parametrize("kind", ["systemd", "cron", "windows"])
def test_a_path_that_would_end_the_line_is_refused_in_one_sentence(office, kind):
    folder = office.folder / "two\nlines"
    folder.mkdir()
    shutil.copy(office.book, folder / "book.db")

    assert office("--db", folder / "book.db", "schedule", "--print", kind) == 1
    assert not office.out and "this scheduler takes no such path" in office.err


@pytest.mark.file
def test_a_backslash_is_refused_for_cron_since_not_every_cron_keeps_it(office):
    place = office.folder / "a\\b.db"
    shutil.copy(office.book, place)

    assert office("--db", place, "schedule", "--print", "cron") == 1
    (line,) = re.findall("^ExecStart=(.*)$", office.did("--db", place, "schedule", "--print", "systemd"), re.MULTILINE)
    assert as_systemd_splits(line) == the_alert(place)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "--print is missing"),
        (("--print", "at"), 2, "systemd, cron, windows"),
        (("--print", "cron", "--at", "25:00"), 1, '"25:00" is not a time'),
        (("--print", "cron", "--at", "4pm"), 1, "such as 16:30"),
        (("--print", "systemd", "-o", "alert.txt"), 2, ".service .timer"),
    ],
)
def test_wrong_words_are_answered_in_a_sentence_and_nothing_is_written(office, words, code, said):
    office.chdir(office.folder)
    before = sorted(office.folder.iterdir())

    assert office("schedule", *words) == code
    assert said in office.err and not office.out
    assert sorted(office.folder.iterdir()) == before


def test_without_a_book_there_is_no_recipe(nobody):
    assert nobody("schedule", "--print", "cron") == 3
    assert "blangko init" in nobody.err


RECIPES = re.findall(r"`blangko ((?:schedule|calendar) [^`]+)`", README.read_text(encoding="utf-8"))


@pytest.mark.parametrize("words", RECIPES)
def test_every_recipe_of_the_readme_makes_what_it_says(office, words):
    office.chdir(office.folder)
    before = set(office.folder.iterdir())
    said = office.did(*words.split())

    made = {path.name for path in set(office.folder.iterdir()) - before}
    _options, _o, named = words.partition(" -o ")
    is_pair = "systemd" in words and "--serve" not in words
    assert made == ({"blangko-alert.service", "blangko-alert.timer"} if is_pair else set(named.split()))
    assert bool(said) == (not named)


def test_the_readme_has_a_recipe_for_each_scheduler_and_one_for_a_calendar():
    assert all(any(f"--print {kind}" in words for words in RECIPES) for kind in ("systemd", "cron", "windows"))
    assert "calendar -o blangko.ics" in RECIPES
