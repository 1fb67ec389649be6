"""The book: offices, kinds, entries, what guards them, and the views for readers."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    # The driver's own script runner: a trigger holds semicolons, which a plain split would cut at.
    op.get_bind().connection.driver_connection.executescript(script)


def downgrade() -> None:
    raise NotImplementedError("a book is never taken back to before its first shape")
