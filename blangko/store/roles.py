"""The roles of a database of several offices: who may see and write what, as SQL for the owner of the tables.

What all of them rest on stands in `db/postgres/roles.sql`. A role is given by its name alone, so the script needs no
server to be written; it is one transaction, and changes nothing when it is run again.
"""

from __future__ import annotations

from typing import Final

CLERK: Final = "clerk"
PROVINCE: Final = "province"
AUDITOR: Final = "auditor"
ROLES: Final = (CLERK, PROVINCE, AUDITOR)


def role_name(role: str, code: str = "") -> str:
    """What the server calls the role of an office, or of all whose code begins so; the auditor's has no code."""
    return f"blangko_{role}_{code}" if code else f"blangko_{role}"


def grant_script(role: str, code: str = "") -> str:
    """The SQL that lets in a role and gives it its rights.

    Args:
        role: One of `ROLES`.
        code: The office of a clerk, such as 61.03, or how the codes of a province's offices begin, such as 61; empty
            for the auditor, who sees all of them.
    """
    from importlib.resources import files

    rights = files("blangko.db").joinpath("postgres", "roles.sql").read_text(encoding="utf-8").strip()
    return "\n\n".join(["BEGIN;", rights, _login(role, role_name(role, code)), "COMMIT;"])


def _login(role: str, name: str) -> str:
    if role == AUDITOR:
        return f"ALTER ROLE {name} LOGIN;"
    return (
        "DO $$\nBEGIN\n"
        f"  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{name}') THEN\n"
        f'    CREATE ROLE "{name}" LOGIN;\n'
        "  END IF;\nEND\n$$;\n\n"
        f'GRANT {role_name(role)} TO "{name}";'
    )
