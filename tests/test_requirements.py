"""What an office installs is fixed to the letter, and nothing that breaks is let in."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

HOUSE = Path(__file__).parent.parent
PROJECT = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
INSTALLED = [
    Requirement(text)
    for texts in (
        PROJECT["dependencies"],
        *(PROJECT["optional-dependencies"][name] for name in ("report", "excel", "word", "notify", "postgres", "web")),
    )
    for text in texts
]
LOCK = (HOUSE / "blangko" / "requirements.txt").read_text(encoding="utf-8")
LOCKED = {
    canonicalize_name(name): (Version(version), hashes)
    for name, version, hashes in re.findall(
        r"^([\w.\-\[\]]+)==(\S+)[^\n]*\\\n((?:    --hash=.*\n?)+)", LOCK, re.MULTILINE
    )
}


@pytest.mark.parametrize("needed", INSTALLED, ids=str)
def test_whatever_the_program_needs_is_fixed_by_version_and_fingerprint(needed):
    version, hashes = LOCKED[canonicalize_name(needed.name)]

    assert version in needed.specifier
    assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", hashes)


def test_every_line_of_the_lock_is_a_version_a_fingerprint_or_a_remark():
    """No host stands in it: where an office fetches its packages from is its own affair."""
    kinds = re.compile(r"#.*|[\w.\-]+==[\w.]+( ; .*)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")

    assert [line for line in LOCK.splitlines() if not kinds.fullmatch(line)] == []
    assert len(LOCKED) == len(re.findall(r"^[\w.\-]+==", LOCK, re.MULTILINE))


@pytest.mark.parametrize("needed", INSTALLED, ids=str)
def test_a_next_version_that_may_break_is_not_let_in(needed):
    bounded = any(part.operator in ("<", "==", "~=") for part in needed.specifier)

    # The time zones are data and have no interface that could break.
    assert bounded or needed.name == "tzdata"
