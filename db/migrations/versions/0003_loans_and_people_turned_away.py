"""People turned away have a column, loans an index; the views tell of sends, totals and grants that add up."""

import re
from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    # One by one: the driver's script runner would end the transaction that this runs in.
    for statement in re.split(r"\n(?=ALTER |CREATE |DROP )", script)[1:]:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    raise NotImplementedError("a book is never taken back to an older shape")
