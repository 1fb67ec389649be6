"""The tables that only a server has, beside those of `store.models`: what the province keeps of its offices.

They have a metadata of their own, so that a book's file knows nothing of them. Every key begins with the office's code.
"""

from __future__ import annotations

from sqlalchemy import Integer, MetaData, PrimaryKeyConstraint
from sqlmodel import Field, SQLModel

from blangko.store.models import TEXT

SERVER = MetaData()


class Digest(SQLModel, table=True):
    """What an office's book said on a day, kept so that all offices are looked at quickly; valid for its seal alone."""

    metadata = SERVER
    __tablename__ = "digest"
    __table_args__ = (PrimaryKeyConstraint("office_code", name="digest_pk"), {"comment": __doc__})

    office_code: str = Field(sa_type=TEXT)
    as_of: str = Field(sa_type=TEXT)
    entry_no: int = Field(sa_type=Integer)
    seal: str = Field(sa_type=TEXT)
    facts: str = Field(sa_type=TEXT)
    answer: str = Field(sa_type=TEXT)


class Fork(SQLModel, table=True):
    """Evidence: a message that was refused because the book it tells of parts from the one kept here."""

    metadata = SERVER
    __tablename__ = "fork"
    __table_args__ = (PrimaryKeyConstraint("office_code", "entry_no", "seal", name="fork_pk"), {"comment": __doc__})

    office_code: str = Field(sa_type=TEXT)
    entry_no: int = Field(sa_type=Integer)
    seal: str = Field(sa_type=TEXT)
    message: str = Field(sa_type=TEXT)
    arrived_at: str = Field(sa_type=TEXT)
    sender: str = Field(sa_type=TEXT)


class Push(SQLModel, table=True):
    """What was received of an office: up to which entry, with which seal, when, and from whom.

    The receipt is signed where the province's key is at hand; else a row with a signature follows.
    """

    metadata = SERVER
    __tablename__ = "push"
    __table_args__ = (
        PrimaryKeyConstraint("office_code", "entry_no", "received_at", "public_key", name="push_pk"),
        {"comment": __doc__},
    )

    office_code: str = Field(sa_type=TEXT)
    entry_no: int = Field(sa_type=Integer)
    seal: str = Field(sa_type=TEXT)
    received_at: str = Field(sa_type=TEXT)
    sender: str = Field(sa_type=TEXT)
    public_key: str = Field(sa_type=TEXT)
    signature: str = Field(sa_type=TEXT)


class OfficeToken(SQLModel, table=True):
    """What the province's door knows an office by: the SHA-256 of its token, which itself is kept nowhere here."""

    metadata = SERVER
    __tablename__ = "office_token"
    __table_args__ = (PrimaryKeyConstraint("office_code", name="office_token_pk"), {"comment": __doc__})

    office_code: str = Field(sa_type=TEXT)
    digest: str = Field(sa_type=TEXT)
    made_at: str = Field(sa_type=TEXT)
    made_by: str = Field(sa_type=TEXT)


PAGE = MetaData()
"""Apart from the rest, since it is made with the first account: databases from before have no such table."""


class PageAccount(SQLModel, table=True):
    """Who may log in to the page that serves this database; for the owner of the tables alone."""

    metadata = PAGE
    __tablename__ = "account"
    __table_args__ = (PrimaryKeyConstraint("name", name="account_pk"), {"comment": __doc__})

    name: str = Field(sa_type=TEXT)
    role: str = Field(sa_type=TEXT)
    office_code: str | None = Field(sa_type=TEXT)
    passphrase: str = Field(sa_type=TEXT)
