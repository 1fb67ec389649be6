"""The way out of a command: at once, but after everything is said and with the exit code that it earned."""

import os
import subprocess
import sys

import pytest

DOOR = "import sys, atexit; import blangko.__main__ as door; "


def left(program, *words, stdout=subprocess.PIPE):
    """A process of its own that leaves by the door."""
    command = [sys.executable, "-c", DOOR + program, *words]
    # Held back until the end, as it is for a clerk: unbuffered there would be nothing left to say at the door.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE, env=env, timeout=60)


@pytest.mark.parametrize("code", [0, 1, 3])
def test_what_was_said_reaches_a_pipe_whole_and_the_exit_code_is_kept(code):
    ended = left(f"door.run = lambda: [print('card ' * 50_000, end=''), {code}][1]; door.main()")

    assert ended.stdout == b"card " * 50_000
    assert ended.returncode == code


def test_a_command_leaves_with_the_code_that_it_earned(tmp_path):
    missing = left("sys.argv[0] = 'blangko'; door.main()", "--db", str(tmp_path / "none.db"), "alert")

    assert missing.returncode == 3
    assert missing.stdout.startswith(b"BLANGKO UNKNOWN")


def test_whoever_asked_to_be_called_at_the_end_is():
    ended = left("door.run = lambda: 0; atexit.register(print, 'lines measured'); door.main()")

    assert ended.stdout.split() == [b"lines", b"measured"]


def test_what_could_not_be_said_is_told_as_by_any_program():
    if not os.path.exists("/dev/full"):
        pytest.skip("this system has no /dev/full")
    with open("/dev/full", "w") as full:
        ended = left("door.run = lambda: [print('card'), 0][1]; door.main()", stdout=full)

    assert b"No space left on device" in ended.stderr
    # The code with which Python ends when the last words could not be written.
    assert ended.returncode == 120
