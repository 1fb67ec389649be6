"""The tables, as SQLModel classes: the shape that the migrations, `db/schema.sql` and exports are compared with.

The daily commands never import this module (SQLModel alone takes thirty times the whole work of a print); they run
the plain statements of `store.queries` on the same tables. A class with `table=True` validates nothing: the rules
live in `core.rules` and, below, as constraints. Every constraint has a name, since Alembic's batch mode drops
nameless ones. Types are TEXT and INTEGER, because STRICT tables know nothing else.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Integer, PrimaryKeyConstraint, Text, text
from sqlmodel import Field, SQLModel

from blangko.core.columns import MAX_CARDS, PLACES

_STRICT = {"sqlite_strict": True, "sqlite_with_rowid": False}
_PLACE_LIST = ", ".join(f"'{place}'" for place in PLACES)


class Office(SQLModel, table=True):
    """One office: its code, and the number and seal of its last entry. Locking this row locks the office's book."""

    __tablename__ = "office"
    __table_args__ = (
        PrimaryKeyConstraint("office_code", name="office_pk"),
        CheckConstraint("length(office_code) BETWEEN 1 AND 40", name="office_code_length"),
        CheckConstraint("last_entry_no >= 0", name="office_last_entry_no_positive"),
        CheckConstraint("length(last_seal) = 64", name="office_last_seal_length"),
        _STRICT,
    )

    office_code: str = Field(sa_type=Text, primary_key=True)
    last_entry_no: int = Field(sa_type=Integer)
    last_seal: str = Field(sa_type=Text)


class Kind(SQLModel, table=True):
    """One kind of entry; a new kind is a new row and no rebuild of the table of entries."""

    __tablename__ = "kind"
    __table_args__ = (
        PrimaryKeyConstraint("kind", name="kind_pk"),
        CheckConstraint("is_movement IN (0, 1)", name="kind_is_movement_flag"),
        _STRICT,
    )

    kind: str = Field(sa_type=Text, primary_key=True)
    is_movement: int = Field(sa_type=Integer)
    meaning: str = Field(sa_type=Text)


class EntryRow(SQLModel, table=True):
    """One entry of the book; the columns are those of `core.entry.Entry`."""

    __tablename__ = "entry"
    __table_args__ = (
        PrimaryKeyConstraint("office_code", "entry_no", name="entry_pk"),
        ForeignKeyConstraint(["office_code"], ["office.office_code"], name="entry_office_fk"),
        ForeignKeyConstraint(["kind"], ["kind.kind"], name="entry_kind_fk"),
        ForeignKeyConstraint(
            ["office_code", "request_no"], ["entry.office_code", "entry.entry_no"], name="entry_request_fk"
        ),
        ForeignKeyConstraint(
            ["office_code", "reverses_no"], ["entry.office_code", "entry.entry_no"], name="entry_reverses_fk"
        ),
        ForeignKeyConstraint(
            ["office_code", "batch_no"], ["entry.office_code", "entry.entry_no"], name="entry_batch_fk"
        ),
        CheckConstraint("entry_no >= 1", name="entry_no_positive"),
        CheckConstraint("occurred_on LIKE '____-__-__'", name="entry_occurred_on_iso"),
        CheckConstraint("recorded_at LIKE '____-__-__T__:__:__Z'", name="entry_recorded_at_utc"),
        CheckConstraint("recorded_by <> ''", name="entry_recorded_by_named"),
        CheckConstraint(f"cards BETWEEN 0 AND {MAX_CARDS}", name="entry_cards_range"),
        CheckConstraint(f"quota_cards BETWEEN 0 AND {MAX_CARDS}", name="entry_quota_range"),
        CheckConstraint(f"from_place IN ({_PLACE_LIST})", name="entry_from_place_known"),
        CheckConstraint(f"to_place IN ({_PLACE_LIST})", name="entry_to_place_known"),
        CheckConstraint("(from_place IS NULL) = (to_place IS NULL)", name="entry_places_paired"),
        CheckConstraint("from_place <> to_place", name="entry_places_differ"),
        CheckConstraint("from_place IS NULL OR cards IS NOT NULL", name="entry_movement_has_cards"),
        CheckConstraint(
            "(kind = 'reverse') = (reverses_no IS NOT NULL)", name="entry_reversal_names_its_entry"
        ),
        CheckConstraint("reverses_no < entry_no", name="entry_reverses_an_earlier_one"),
        CheckConstraint("request_no < entry_no", name="entry_answers_an_earlier_request"),
        CheckConstraint("batch_no <= entry_no", name="entry_batch_begins_before"),
        CheckConstraint(
            "kind NOT IN ('destroy', 'lose') OR reference IS NOT NULL", name="entry_destruction_has_paper"
        ),
        CheckConstraint("kind NOT IN ('adjust', 'reverse') OR note IS NOT NULL", name="entry_correction_has_reason"),
        CheckConstraint("length(seal) = 64", name="entry_seal_length"),
        Index(
            "entry_places", "office_code", "from_place", "to_place", "kind", "subject", "occurred_on", "cards",
            sqlite_where=text("from_place IS NOT NULL"), postgresql_where=text("from_place IS NOT NULL"),
        ),
        Index("entry_days", "office_code", "occurred_on", "entry_no"),
        Index(
            "entry_statements", "office_code", "kind", "subject", "occurred_on", "entry_no",
            sqlite_where=text("from_place IS NULL"), postgresql_where=text("from_place IS NULL"),
        ),
        Index(
            "entry_requests", "office_code", "request_no",
            sqlite_where=text("request_no IS NOT NULL"), postgresql_where=text("request_no IS NOT NULL"),
        ),
        Index(
            "entry_reversed_once", "office_code", "reverses_no", unique=True,
            sqlite_where=text("reverses_no IS NOT NULL"), postgresql_where=text("reverses_no IS NOT NULL"),
        ),
        Index(
            "entry_key_once", "office_code", "key", unique=True,
            sqlite_where=text("key IS NOT NULL"), postgresql_where=text("key IS NOT NULL"),
        ),
        _STRICT,
    )  # fmt: skip

    office_code: str = Field(sa_type=Text, primary_key=True)
    entry_no: int = Field(sa_type=Integer, primary_key=True)
    kind: str = Field(sa_type=Text)
    occurred_on: str = Field(sa_type=Text)
    recorded_at: str = Field(sa_type=Text)
    recorded_by: str = Field(sa_type=Text)
    cards: int | None = Field(sa_type=Integer)
    from_place: str | None = Field(sa_type=Text)
    to_place: str | None = Field(sa_type=Text)
    party: str | None = Field(sa_type=Text)
    purpose: str | None = Field(sa_type=Text)
    cause: str | None = Field(sa_type=Text)
    quota_cards: int | None = Field(sa_type=Integer)
    subject: str | None = Field(sa_type=Text)
    value: str | None = Field(sa_type=Text)
    due_on: str | None = Field(sa_type=Text)
    until_on: str | None = Field(sa_type=Text)
    reference: str | None = Field(sa_type=Text)
    note: str | None = Field(sa_type=Text)
    key: str | None = Field(sa_type=Text)
    request_no: int | None = Field(sa_type=Integer)
    reverses_no: int | None = Field(sa_type=Integer)
    batch_no: int | None = Field(sa_type=Integer)
    seal: str = Field(sa_type=Text)
