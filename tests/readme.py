"""The commands that the README shows, and what they print: read for its test, and written anew by this module.

After a change that is meant, `python -m tests.readme` brings the README up to date; read what it changed.
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import PATIENCE_SECONDS

README = Path(__file__).parent.parent / "README.md"
_BLOCK = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)


def blocks(text: str) -> list[str]:
    """The console blocks of the README, in order."""
    return _BLOCK.findall(text)


def played(block: str, surroundings: dict[str, str], folder: str) -> str:
    """The block as it reads when its commands are run in `folder`; `export` lines change `surroundings`."""
    lines = []
    for line in block.splitlines():
        if not line.startswith("$ "):
            continue
        words = shlex.split(line[2:])
        lines.append(line)
        if words[0] == "export":
            surroundings.update(word.split("=", 1) for word in words[1:])
        else:
            lines.extend(_answer(words, surroundings, folder))
    return "\n".join(lines) + "\n"


def _answer(words: list[str], surroundings: dict[str, str], folder: str) -> list[str]:
    assert words[0] == "blangko"
    done = subprocess.run(
        [sys.executable, "-m", "blangko", *words[1:]],
        cwd=folder,
        env={**os.environ, **surroundings},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=PATIENCE_SECONDS,
    )
    return done.stdout.decode().splitlines()


if __name__ == "__main__":
    exported: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as place:
        README.write_text(
            _BLOCK.sub(lambda found: played(found[0], exported, place), README.read_text(encoding="utf-8")),
            encoding="utf-8",
        )
