"""The tables, as SQLModel classes: what every engine's tables are made of.

On SQLite they are made by way of `db/schema.sql`, which `store.schema` writes from these classes: SQLModel alone takes
thirty times the whole work of a print, so the daily commands never import this module and run the plain statements of
`store.queries` on the same tables. An older book reaches the same shape through the migrations; a test compares.

A class with `table=True` validates nothing: the rules live in `core.rules` and, below, as constraints. Every
constraint has a name, since Alembic's batch mode drops nameless ones. Types are TEXT and INTEGER, because STRICT
tables know nothing else.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Integer, PrimaryKeyConstraint, Text, text
from sqlmodel import Field, SQLModel

from blangko.core.columns import COLUMNS, MAX_CARDS, PLACES, WHOLE

_COLUMNS = {column.name: column for column in COLUMNS}
# The key of a table is all it is searched by, so its rows lie in the key's own order and not beside it.
_STRICT = {"sqlite_strict": True, "sqlite_with_rowid": False}
# PostgreSQL would sort and compare texts as its database's language does; SQLite does by their letters' numbers.
TEXT = Text().with_variant(Text(collation="C"), "postgresql")
_PLACE_LIST = ", ".join(f"'{place}'" for place in PLACES)


def _column(name: str) -> Any:
    """A column of the entry as `core.columns` describes it."""
    column = _COLUMNS[name]
    return Field(
        sa_type=Integer if column.holds == WHOLE else TEXT,
        primary_key=name in ("office_code", "entry_no"),
        nullable=column.may_be_empty,
        sa_column_kwargs={"comment": column.meaning},
    )


class Office(SQLModel, table=True):
    """One office: its code, and the number and seal of its last entry. Locking this row locks the office's book."""

    __tablename__ = "office"
    __table_args__ = (
        PrimaryKeyConstraint("office_code", name="office_pk"),
        CheckConstraint("length(office_code) BETWEEN 1 AND 40", name="office_code_length"),
        CheckConstraint("last_entry_no >= 0", name="office_last_entry_no_positive"),
        CheckConstraint("length(last_seal) = 64", name="office_last_seal_length"),
        {**_STRICT, "comment": __doc__},
    )

    office_code: str = _column("office_code")
    last_entry_no: int = Field(sa_type=Integer, sa_column_kwargs={"comment": "number of the last entry; 0 before any"})
    last_seal: str = Field(sa_type=TEXT, sa_column_kwargs={"comment": "seal of the last entry"})


class Kind(SQLModel, table=True):
    """One kind of entry; a new kind is a new row and no rebuild of the table of entries."""

    __tablename__ = "kind"
    __table_args__ = (
        PrimaryKeyConstraint("kind", name="kind_pk"),
        CheckConstraint("is_movement IN (0, 1)", name="kind_is_movement_flag"),
        {**_STRICT, "comment": __doc__},
    )

    kind: str = Field(sa_type=TEXT, primary_key=True, sa_column_kwargs={"comment": "the name that an entry carries"})
    is_movement: int = Field(
        sa_type=Integer, sa_column_kwargs={"comment": "1 when cards go from one place to another, 0 for a statement"}
    )
    meaning: str = Field(sa_type=TEXT, sa_column_kwargs={"comment": "what happened, and between which places"})


class EntryRow(SQLModel, table=True):
    """One entry of the book, never changed and never deleted; a wrong one stays and another takes it back."""

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
        # The kinds stand here by name, and not as `core.columns` says what they need: a check is a part of the table,
        # and a later kind must not make every office rebuild it. What that needs, a trigger in its migration asks.
        CheckConstraint(
            "kind NOT IN ('destroy', 'lose') OR reference IS NOT NULL", name="entry_destruction_has_paper"
        ),
        CheckConstraint("kind NOT IN ('adjust', 'reverse') OR note IS NOT NULL", name="entry_correction_has_reason"),
        CheckConstraint("length(seal) = 64", name="entry_seal_length"),
        Index(
            "entry_moves", "office_code", "kind", "occurred_on", "cards", "from_place", "to_place", "subject",
            "purpose", "cause", "quota_cards", "turned_away_cards", "due_on",
            sqlite_where=text("from_place IS NOT NULL"), postgresql_where=text("from_place IS NOT NULL"),
        ),
        Index("entry_days", "office_code", "occurred_on", "entry_no"),
        Index(
            "entry_statements", "office_code", "kind", "subject", "occurred_on", "entry_no",
            sqlite_where=text("from_place IS NULL"), postgresql_where=text("from_place IS NULL"),
        ),
        Index(
            "entry_loans", "office_code", "purpose", "occurred_on",
            sqlite_where=text("purpose = 'loan'"), postgresql_where=text("purpose = 'loan'"),
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
        {**_STRICT, "comment": __doc__},
    )  # fmt: skip

    office_code: str = _column("office_code")
    entry_no: int = _column("entry_no")
    kind: str = _column("kind")
    occurred_on: str = _column("occurred_on")
    recorded_at: str = _column("recorded_at")
    recorded_by: str = _column("recorded_by")
    cards: int | None = _column("cards")
    from_place: str | None = _column("from_place")
    to_place: str | None = _column("to_place")
    party: str | None = _column("party")
    purpose: str | None = _column("purpose")
    cause: str | None = _column("cause")
    quota_cards: int | None = _column("quota_cards")
    subject: str | None = _column("subject")
    value: str | None = _column("value")
    due_on: str | None = _column("due_on")
    until_on: str | None = _column("until_on")
    reference: str | None = _column("reference")
    note: str | None = _column("note")
    key: str | None = _column("key")
    request_no: int | None = _column("request_no")
    reverses_no: int | None = _column("reverses_no")
    batch_no: int | None = _column("batch_no")
    seal: str = _column("seal")
    # Added by a migration, and so behind the columns of the first shape.
    turned_away_cards: int | None = _column("turned_away_cards")
