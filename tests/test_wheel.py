"""What is installed is what is needed: the wheel holds the catalogues, the schema and the data, and no tests."""

import importlib.util
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests import PATIENCE_SECONDS

# One process builds the wheel once, for all of these tests.
pytestmark = pytest.mark.xdist_group("wheel")
HOUSE = Path(__file__).parent.parent
SOURCES = ("pyproject.toml", "README.md", "LICENSE", "blangko", "db")
DATA = (
    "blangko/locale/id/LC_MESSAGES/blangko.mo",
    "blangko/locale/id/LC_MESSAGES/blangko.po",
    "blangko/store/national_days.csv",
    "blangko/requirements.txt",
    "blangko/reports/templates/summary.typ",
    "blangko/reports/templates/summary.html",
    "blangko/reports/templates/letter.typ",
    "blangko/reports/templates/letter.docx",
    "blangko/web/templates/layout.html",
    "blangko/web/static/style.css",
    "blangko/web/static/page.js",
    "blangko/web/static/favicon.svg",
    "blangko/db/schema.sql",
    "blangko/db/seeds/sanggau.csv",
    "blangko/db/migrations/env.py",
    "blangko/db/migrations/script.py.mako",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The names of the files in a wheel that is built from a copy, so that no old build gets into it."""
    if not all(map(importlib.util.find_spec, ("build", "setuptools"))):
        pytest.skip("the wheel is built with build and setuptools, which are not installed here")
    folder = tmp_path_factory.mktemp("wheel")
    for name in SOURCES:
        copy = shutil.copytree if (HOUSE / name).is_dir() else shutil.copy
        copy(HOUSE / name, folder / name)
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder / "dist", folder],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=PATIENCE_SECONDS,
    )
    assert done.returncode == 0, done.stdout.decode()
    (built,) = (folder / "dist").glob("blangko-*.whl")
    with zipfile.ZipFile(built) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_what_the_program_reads(wheel):
    assert set(DATA) - wheel == set()


def test_the_wheel_holds_the_pages_that_man_looks_for(wheel):
    data = {name.partition(".data/data/")[2] for name in wheel}

    assert {"share/man/man1/blangko.1", "share/man/id/man1/blangko.1"} <= data


def test_the_wheel_holds_every_module_and_every_migration(wheel):
    ours = {path.relative_to(HOUSE).as_posix() for path in (HOUSE / "blangko").rglob("*.py")}
    migrations = {f"blangko/{path.relative_to(HOUSE).as_posix()}" for path in migration_files()}

    assert migrations
    assert (ours | migrations) - wheel == set()


def test_the_wheel_holds_nothing_else(wheel):
    assert {name.split("/")[0].partition("-")[0] for name in wheel} == {"blangko"}
    assert not [name for name in wheel if {"tests", "__pycache__"} & set(name.split("/")) or name.endswith(".db")]


def migration_files():
    return [path for path in (HOUSE / "db" / "migrations" / "versions").iterdir() if path.is_file()]
