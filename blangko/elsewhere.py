"""Files that somebody else made: read whole within a bound, and taken apart in a process of their own within limits.

A file from a stick may be a pipe that never ends, or unpack into more than the machine holds; the library that reads
it may fall over it, and take its process along. What goes wrong is an OSError, whose words are the reason.
"""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys

TOO_LARGE = "it unpacks into too much"


def read_whole(path: str, most_bytes: int, too_large: str = "it is too large") -> bytes:
    """The content of an ordinary file; a pipe or a device, which may never end, is none.

    Raises:
        OSError: It cannot be read, is no ordinary file, or is `too_large`.
        ValueError: The name is none.
    """
    # Without waiting: the opening of a pipe waits for whoever writes into it.
    held = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        about = os.fstat(held)
        if not stat.S_ISREG(about.st_mode):
            raise OSError(errno.EINVAL, "it is no ordinary file")
        # Some files say that they hold nothing and never end, so what is read is bounded too.
        if about.st_size <= most_bytes:
            with open(held, "rb", closefd=False) as file:
                content = file.read(most_bytes + 1)
            if len(content) <= most_bytes:
                return content
        raise OSError(errno.EFBIG, too_large)
    finally:
        os.close(held)


def made_apart(module: str, given: bytes, longest_seconds: int) -> bytes:
    """What the module makes of the bytes, run as a program in a process of its own; it begins with `limit_myself`.

    Raises:
        OSError: It takes too long or too much, or says in its last words why it cannot.
    """
    # What this process can import the other one can, and nothing that lies in the folder where it happens to run.
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONSAFEPATH": "1"}
    try:
        done = subprocess.run(
            [sys.executable, "-m", module],
            input=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env, timeout=longest_seconds,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise OSError(errno.ETIME, "it does not come to an end") from None
    if done.returncode:
        # One that was ended by the machine has no last words.
        raise OSError(errno.EINVAL, done.stdout.decode(errors="replace")[:200] or TOO_LARGE)
    return done.stdout


def limit_myself(memory_bytes: int, seconds: int) -> None:
    """Let this process take no more memory and time, where the machine can hold it to that."""
    try:
        import resource
    except ImportError:
        # Windows has no such limits; there the sizes and the time that are allowed must do.
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    # Whoever started it may be gone before the time is up.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
