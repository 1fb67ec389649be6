"""The demonstration book: the story of Sanggau, October 2017, from `db/seeds/sanggau.csv`.

Only the population figures are real (published, September 2017); the days are invented and say so in their notes.
"""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files

from blangko.core.columns import MOVEMENTS
from blangko.core.entry import Entry, movement

DEMO_CODE = "61.03"
PUBLISHED = "published, September 2017"


def demo_entries(note: str) -> list[list[Entry]]:
    """The story's commands in order, each the entries of one batch; `note` marks what is invented."""
    text = files("blangko.db").joinpath("seeds/sanggau.csv").read_text(encoding="utf-8")
    return [_command(row, note) for row in csv.DictReader(text.splitlines())]


def _command(row: dict[str, str], note: str) -> list[Entry]:
    day = date.fromisoformat(row["occurred_on"])
    drafts = [_draft(row, day)]
    if row["spoiled"]:
        drafts.append(movement("spoil", day, int(row["spoiled"]), cause="print"))
    # Only the figures of the population were published; every other number is marked as invented, in the book itself.
    remark = PUBLISHED if row["subject"] else note
    return [
        draft._replace(note=remark, recorded_at=f"{day}T09:00:00Z", recorded_by="demo") for draft in drafts
    ]  # fmt: skip


def _draft(row: dict[str, str], day: date) -> Entry:
    request_no = int(row["request_no"]) if row["request_no"] else None
    if row["kind"] in MOVEMENTS:
        details = {name: row[name] or None for name in ("cause", "party", "reference")}
        return movement(row["kind"], day, int(row["cards"]), request_no=request_no, **details)
    if row["subject"]:
        return Entry(row["kind"], day, subject=row["subject"], value=row["cards"])
    due = date.fromisoformat(row["due_on"]) if row["due_on"] else None
    reference = row["reference"] or None
    return Entry(row["kind"], day, int(row["cards"]), due_on=due, reference=reference, request_no=request_no)
