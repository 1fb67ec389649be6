"""The statements of what only a server keeps: what came from offices whose book lies elsewhere, and what was refused.

As `store.queries`: `:name` places, the office first in every statement but those that look over all of them.
"""

from __future__ import annotations

from blangko.store import queries

# An office comes with its first message; of two who bring that at once the second waits, and finds it there.
ADMIT_OFFICE = f"{queries.ADD_OFFICE} ON CONFLICT DO NOTHING"

ADD_PUSH = (
    "INSERT INTO push (office_code, entry_no, seal, received_at, sender, public_key, signature)"
    " VALUES (:office_code, :entry_no, :seal, :received_at, :sender, :public_key, :signature) ON CONFLICT DO NOTHING"
)

_LAST_PUSH = (
    "SELECT entry_no, seal, received_at, public_key, signature FROM push WHERE office_code = :office_code{which}"
    " ORDER BY entry_no DESC, received_at DESC LIMIT 1"
)
LAST_PUSH = _LAST_PUSH.format(which="")
LAST_SIGNED_PUSH = _LAST_PUSH.format(which=" AND signature <> ''")

# A clerk may write down that anything came: what the book does not say keeps nobody else from a receipt.
UNSIGNED_PUSHES = (
    "SELECT p.office_code, MAX(p.entry_no) FROM push p"
    " JOIN entry e ON e.office_code = p.office_code AND e.entry_no = p.entry_no AND e.seal = p.seal"
    " GROUP BY p.office_code"
    " HAVING MAX(p.entry_no) > COALESCE(MAX(CASE WHEN p.signature <> '' THEN p.entry_no END), 0)"
    " ORDER BY p.office_code"
)

ADD_FORK = (
    "INSERT INTO fork (office_code, entry_no, seal, message, arrived_at, sender)"
    " VALUES (:office_code, :entry_no, :seal, :message, :arrived_at, :sender) ON CONFLICT DO NOTHING"
)

FORKS_KEPT = "SELECT COUNT(*) FROM fork WHERE office_code = :office_code"

# The offices that keep their book elsewhere.
PUSHED = "SELECT DISTINCT office_code FROM push ORDER BY office_code"

REFUSED = "SELECT entry_no, arrived_at, sender FROM fork WHERE office_code = :office_code ORDER BY arrived_at, seal"

LAST_REFUSED = "SELECT message FROM fork WHERE office_code = :office_code ORDER BY arrived_at DESC, seal LIMIT 1"

# A clock that runs ahead at an office must not say when something came to the server.
SERVER_NOW = """SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')"""
