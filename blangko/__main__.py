"""The door: `blangko` and `python -m blangko`."""

import gc

# A command lives for a tenth of a second and imports most of that time: looking for garbage costs a quarter of it.
gc.disable()

import atexit  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402
from typing import NoReturn  # noqa: E402

from blangko.cli.app import main as run  # noqa: E402


def main() -> None:
    """Run one command and leave with its exit code."""
    # Without a screen the command is done all the same, and says nothing.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        # On Windows a redirected stream speaks cp1252, which knows no box and no arrow.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    _leave(run())


def _leave(code: int) -> NoReturn:
    """End the process; the books are closed, and what was said is on its way."""
    # Whoever asked to be called at the end is, such as a tool that measures which lines were run.
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        # The interpreter's own way out says what could not be said, in its words and with its code.
        sys.exit(code)
    # Taking the interpreter apart module by module would cost a twentieth of the command, for nobody.
    os._exit(code)


if __name__ == "__main__":
    main()
