"""The door: `blangko` and `python -m blangko`."""

import gc

# A command lives for a tenth of a second and imports most of that time: looking for garbage costs a quarter of it.
gc.disable()

import os  # noqa: E402
import sys  # noqa: E402

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
    sys.exit(run())


if __name__ == "__main__":
    main()
