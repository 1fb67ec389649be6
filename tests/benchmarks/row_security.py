"""What it costs that a role sees its own offices alone: `python -m tests.benchmarks.row_security`.

On a PostgreSQL server of its own, with a year of each of the nation's 514 offices: everything that `status` reads of
one book, as the owner of the tables and by the role of a clerk, who is held by an equality; and a sum over the offices
of a province, as the owner who names the range and by the role of the province, who is held by it. The same by a LIKE,
which no index serves, is shown beside it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from blangko.core.columns import NAMES
from blangko.stockroom.look import facts
from blangko.store.postgres import open_book
from blangko.store.postgres_schema import create_schema
from blangko.store.roles import CLERK, PROVINCE, grant_script, role_name
from tests.benchmarks.measure import Figure, medians, shown
from tests.benchmarks.nation import books
from tests.benchmarks.office import TODAY
from tests.postgres import ADMINISTRATOR, Server

OFFICE, GROUP = "61.03", "35"
ALLOWED_EQUALITY, ALLOWED_RANGE = 1.2, 1.2
YEARS = 1
ROUNDS, SUMS = 40, 20
SUM = "SELECT office_code, sum(cards) FROM entry WHERE kind = 'print' AND from_place IS NOT NULL{} GROUP BY office_code"
IN_RANGE = f" AND office_code >= '{GROUP}' AND office_code < '{GROUP}:'"
LIKE = f"office_code LIKE substr(current_user::text, {len(role_name(PROVINCE)) + 2}) || '%'"
PROVINCES_POLICY = "ALTER POLICY province_sees_its_own ON entry USING ({})"


def main() -> int:
    # As it is delivered: what is measured is read, and the benchmark's own settings would only write faster.
    server = Server(settings="max_parallel_workers_per_gather = 0\n")
    try:
        return shown(_figures(server.address()))
    finally:
        server.remove()


def _figures(address: str) -> list[Figure]:
    owner = _connected(address)
    _fill(owner)
    clerk = medians(
        {
            "owner": _status(f"{address}#{OFFICE}"),
            "role": _status(f"{_as(address, role_name(CLERK, OFFICE))}#{OFFICE}"),
        },
        ROUNDS,
    )
    province = _connected(_as(address, role_name(PROVINCE, GROUP)))
    by_range = _sums(owner, province)
    owner.execute(PROVINCES_POLICY.format(LIKE))
    by_like = _sums(owner, province)
    print(
        f"status of one office: owner {1000 * clerk['owner']:.1f} ms, clerk {1000 * clerk['role']:.1f} ms;"
        f" sums of a province: owner {1000 * by_range['owner']:.1f} ms, province {1000 * by_range['role']:.1f} ms,"
        f" by LIKE {1000 * by_like['role']:.1f} ms, {by_like['role'] / by_like['owner']:.1f} × the owner's\n"
    )
    return [
        Figure("status by a clerk's role, × the owner's", clerk["role"] / clerk["owner"], ALLOWED_EQUALITY),
        Figure("sums by a province's role, × the owner's", by_range["role"] / by_range["owner"], ALLOWED_RANGE),
    ]


def _fill(owner: Any) -> None:
    """A year of the nation, as it is after years of work: without the guards, which are no part of what is measured."""
    with owner.transaction():
        create_schema(owner)
        owner.execute("SET LOCAL session_replication_role = replica")
        ends = []
        with owner.cursor().copy(f"COPY entry ({', '.join(NAMES)}) FROM STDIN") as copy:
            for book in books(years=YEARS):
                ends.append((book.office_code, book.last_entry_no, book.last_seal))
                for row in book.rows:
                    copy.write_row(row)
        owner.cursor().executemany("INSERT INTO office VALUES (%s, %s, %s)", ends)
    for role, code in ((CLERK, OFFICE), (PROVINCE, GROUP)):
        owner.execute(grant_script(role, code))
    owner.execute("VACUUM ANALYZE")


def _status(place: str) -> Callable[[], object]:
    book = open_book(place)
    return lambda: facts(book, TODAY)


def _sums(owner: Any, province: Any) -> dict[str, float]:
    named, held = SUM.format(IN_RANGE), SUM.format("")
    assert sorted(owner.execute(named)) == sorted(province.execute(held))
    # So often that one figure is no matter of a single interruption.
    tasks = {"owner": lambda: _often(owner, named), "role": lambda: _often(province, held)}
    return {name: seconds / SUMS for name, seconds in medians(tasks, ROUNDS).items()}


def _often(connection: Any, sql: str) -> None:
    for _ in range(SUMS):
        connection.execute(sql).fetchall()


def _connected(address: str) -> Any:
    import psycopg

    return psycopg.connect(address, autocommit=True)


def _as(address: str, role: str) -> str:
    return address.replace(f"//{ADMINISTRATOR}@", f"//{role}@")


if __name__ == "__main__":
    sys.exit(main())
