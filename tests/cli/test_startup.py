"""What a command loads: the daily ones answer in a tenth of a second because they leave the heavy libraries alone."""

import json
import os
import subprocess
import sys

import pytest

from tests import PATIENCE_SECONDS

pytestmark = pytest.mark.file

HEAVY = {
    *("sqlmodel", "sqlalchemy", "pydantic", "alembic", "holidays", "babel", "rich", "typst", "dateutil", "tabulate"),
    *("apprise", "requests", "icalendar"),
}
RUN = """
import json, sys
from blangko.cli.app import main
code = main(sys.argv[1:])
json.dump({"code": code, "loaded": sorted(sys.modules)}, sys.stderr)
"""


@pytest.fixture
def begun(nobody):
    """An office that began yesterday and knows its typical use, so that every answer comes with its forecast."""
    nobody.did("init", "--office", "X", "--opening", 1000, "--daily", 200, "--on", "2017-10-26")
    return nobody


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--help"], 0),
        (["print", "--help"], 0),
        (["help", "print"], 0),
        (["completion", "bash"], 0),
        (["--version"], 0),
        (["prnt", "187"], 2),
        (["print", "--spoild", "3"], 2),
        (["receive"], 2),
        (["print", "187", "--spoiled", "3"], 0),
        (["print", "187", "--on", "2017-10-26"], 0),
        (["print", "5000"], 1),
        (["receive", "2000", "--ref", "470/88"], 0),
        (["alert"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_daily_command_loads_nothing_heavy(begun, words, code):
    ended, loaded = run(words)

    assert ended == code
    assert not loaded & HEAVY


@pytest.mark.parametrize(
    ("words", "others"),
    [(["print", "187"], {"ahead", "files"}), (["alert"], {"ahead", "files", "rules"})],
    ids=["print", "alert"],
)
def test_a_daily_command_makes_no_refusals_of_other_subjects(begun, words, others):
    _, loaded = run(words)

    assert "blangko.errors" in loaded
    assert not loaded & {f"blangko.errors.{name}" for name in others}


@pytest.mark.parametrize("language", ["en", "id"])
def test_status_loads_nothing_heavy_but_the_table(begun, language):
    ended, loaded = run(["--lang", language, "status"])

    assert ended == 0
    assert not loaded & (HEAVY - {"tabulate"})


def run(words):
    """The exit code and the modules of a command in an interpreter of its own."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *words],
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE_SECONDS,
    )
    seen = json.loads(done.stderr.splitlines()[-1])
    return seen["code"], set(seen["loaded"])
