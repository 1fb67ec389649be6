"""The door: `blangko` and `python -m blangko`."""

import gc

# A command lives for a tenth of a second and imports most of that time: looking for garbage costs a quarter of it.
gc.disable()

import atexit  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

UNKNOWN = 3


def main() -> None:
    """Run one command and leave with its exit code."""
    try:
        code = run()
    except BaseException as error:
        if not _asks_for_alert(sys.argv[1:]):
            raise
        _unknown(error)
    _leave(code)


def run() -> int:
    """Run one command; its exit code.

    The program is loaded here, so that a module that cannot be loaded is a failure of the command like any other.
    """
    # Without a screen the command is done all the same, and says nothing.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        # On Windows a redirected stream speaks cp1252, which knows no box and no arrow.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    from blangko.cli.app import main as run_command

    return run_command()


def _asks_for_alert(words: list[str]) -> bool:
    """Whether the first word that is no option, nor the value of one before the command, is the alert's name."""
    left = iter(words)
    for word in left:
        if word in ("--db", "--lang"):
            next(left, None)
        elif not word.startswith("-"):
            return word in ("alert", "cek")
    return False


def _unknown(error: BaseException) -> "NoReturn":
    """The last resort of the alert: a monitoring system reads one line and the code, however broken the program is.

    Nothing is used but what the interpreter brings along, and what waits to be written is left unsaid.
    """
    try:
        told = " ".join(f"{type(error).__name__}: {error}".split()).replace("|", "/")
        os.write(1, f"BLANGKO UNKNOWN - {told}\n".encode("ascii", "backslashreplace"))
    finally:
        # Perhaps nobody reads, or the error cannot even tell itself; the code says it all.
        os._exit(UNKNOWN)


def _leave(code: int) -> "NoReturn":
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
