"""The links of an entry, and its texts, are guarded by the file itself."""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    # One by one: the driver's script runner would end the transaction that this runs in.
    for statement in script.split("\nCREATE ")[1:]:
        op.get_bind().exec_driver_sql(f"CREATE {statement}")


def downgrade() -> None:
    raise NotImplementedError("a book is never taken back to an older shape")
