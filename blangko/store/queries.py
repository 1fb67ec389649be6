"""The statements of the daily commands, each written once.

Portable SQL with `:name` parameters: the standard `sqlite3` module runs the text as it is, and `store.postgres` the
same text, with the parameters written as its driver wants them. Every statement names the office first, but the one
that looks for it. `:as_of` leaves out entries of later days, so that a replay of an earlier day sees what that day
knew.
"""

from __future__ import annotations

from blangko.core.columns import (
    BACKLOG,
    GIVEN_BACK,
    IN_SHEETS,
    LOAN,
    MOVEMENTS,
    NAMES,
    POPULATION,
    REVERSE,
    SEALED,
    USE,
)
from blangko.core.entry import Entry

_ENTRY = ", ".join(f"e.{name}" for name in Entry._fields)
_IN_SHEETS = ", ".join(f"'{kind}'" for kind in IN_SHEETS)
_USE = ", ".join(f"'{kind}'" for kind in USE)
# What leaves the shelf for good: loans and what goes back to the source do not.
_IS_USE = f"e.from_place = 'shelf' AND (e.purpose IS NULL OR e.purpose NOT IN ('{LOAN}', '{GIVEN_BACK}'))"
# An entry holds until it is taken back; on the day of a replay a reversal of a later day is not known yet.
_VALID = (
    "NOT EXISTS (SELECT 1 FROM entry r WHERE r.office_code = e.office_code AND r.reverses_no = e.entry_no"
    " AND r.occurred_on <= :as_of)"
)
(_PRINTS_GO,) = MOVEMENTS["print"].ways
_SHELF = "CASE WHEN e.to_place = 'shelf' THEN e.cards WHEN e.from_place = 'shelf' THEN -e.cards ELSE 0 END"
_OTHERS = ", ".join(f"'{kind}'" for kind in (*MOVEMENTS, REVERSE) if kind != "print")
_KEPT = f"{_IS_USE} AND r.entry_no IS NULL"
# An entry of use that says what a day was: prints, and cards sent to a print point; spoiled cards alone do not.
_WRITTEN = f"e.kind IN ('print', 'send') AND {_KEPT}"
_BORROWED = f"e.kind = 'receive' AND e.purpose = '{LOAN}' AND r.entry_no IS NULL"


def _moved_by_day(kind: str, tables: str, kinds: str, used: str, written: str, summed: bool) -> str:
    """What the entries of some kinds moved on each day of a period, and what they say of the day.

    Args:
        kind: The kind that a movement belongs to; a reversal belongs to that of the entry that it takes back.
        tables: The table `e` of entries, and before it whatever the condition speaks of.
        kinds: The condition that picks the entries.
        used: The condition under which an entry counts as use.
        written: The condition under which it says what the day was.
        summed: Whether the entries of a day come as one row; else each comes by itself, to be summed with all others.
    """
    total, first, group = ("SUM", "MIN", " GROUP BY e.occurred_on") if summed else ("", "", "")
    return (
        f"SELECT e.occurred_on AS day, {kind} AS kind, {total}({_SHELF}) AS changed,"
        f" {total}(CASE WHEN {used} THEN e.cards END) AS used,"
        f" {first}(CASE WHEN e.cause <> '' AND {written} THEN e.entry_no END) AS cause_no,"
        f" {first}(CASE WHEN e.quota_cards IS NOT NULL AND {written} THEN e.entry_no END) AS quota_no,"
        f" {total}(CASE WHEN e.turned_away_cards > 0 AND {written} THEN e.turned_away_cards END) AS turned_away,"
        f" {first}(CASE WHEN e.due_on <> '' AND {written} THEN e.due_on END) AS since,"
        f" {total}(CASE WHEN e.due_on <> '' AND {written} THEN e.cards END) AS total,"
        f" {total}(CASE WHEN {_BORROWED} THEN e.cards END) AS borrowed"
        f" FROM {tables} LEFT JOIN entry r"
        " ON r.office_code = e.office_code AND r.reverses_no = e.entry_no AND r.occurred_on <= :as_of"
        f" WHERE e.office_code = :office_code AND {kinds} AND e.from_place IS NOT NULL"
        f" AND e.occurred_on >= :first AND e.occurred_on <= :as_of{group}"
    )


def _of(kind: str, sign: str = "") -> str:
    """What the entries of a kind added to the shelf on a day, their reversals counted against them."""
    return f"SUM(CASE WHEN m.kind = '{kind}' THEN {sign}m.changed ELSE 0 END)"


# Two are enough to know that there is more than one.
OFFICES = "SELECT office_code FROM office ORDER BY office_code LIMIT 2"

# Every office that may be seen, with its name and its last entry, joined by the office's code alone, so that each of
# several servers answers for its own.
OFFICE_LIST = (
    "SELECT o.office_code, s.value, o.last_entry_no, l.occurred_on, o.last_seal FROM office o"
    " LEFT JOIN entry l ON l.office_code = o.office_code AND l.entry_no = o.last_entry_no"
    " LEFT JOIN (SELECT e.office_code, e.value, ROW_NUMBER() OVER"
    " (PARTITION BY e.office_code ORDER BY e.occurred_on DESC, e.entry_no DESC) AS place FROM entry e"
    " WHERE e.kind = 'setting' AND e.subject = 'office_name' AND e.from_place IS NULL AND NOT EXISTS"
    " (SELECT 1 FROM entry r WHERE r.office_code = e.office_code AND r.reverses_no = e.entry_no)) s"
    " ON s.office_code = o.office_code AND s.place = 1 ORDER BY o.office_code"
)

THE_OFFICE = "SELECT last_entry_no, last_seal FROM office WHERE office_code = :office_code"

ADD_OFFICE = (
    "INSERT INTO office (office_code, last_entry_no, last_seal) VALUES (:office_code, :last_entry_no, :last_seal)"
)

ADD_ENTRY = (
    f"INSERT INTO entry ({', '.join(NAMES)}) VALUES ({', '.join(':' + name for name in NAMES)})"
)  # fmt: skip

MOVE_OFFICE_ON = (
    "UPDATE office SET last_entry_no = :last_entry_no, last_seal = :last_seal WHERE office_code = :office_code"
)

# Nine of ten entries of a busy office are prints. There is one way that prints go, so they are summed apart and need
# not be grouped: half the work. The index entry_moves holds every column named here, so the entries are not looked at.
PLACE_SUMS = (
    f"SELECT 'print', NULL, '{_PRINTS_GO[0]}', '{_PRINTS_GO[1]}', COALESCE(SUM(cards), 0) FROM entry"
    " WHERE office_code = :office_code AND kind = 'print' AND from_place IS NOT NULL AND occurred_on <= :as_of"
    " UNION ALL SELECT kind, subject, from_place, to_place, SUM(cards) FROM entry"
    f" WHERE office_code = :office_code AND kind IN ({_OTHERS}) AND from_place IS NOT NULL AND occurred_on <= :as_of"
    " GROUP BY kind, subject, from_place, to_place"
)

# What `core.book.days` sums, for a book on disk. The columns are those of `core.book.Day`, but for the second and the
# third: what the book's own opening and what the whole day added to the shelf. Prints are summed apart, as above, so
# that the many sums of a day are over a few rows only. The first entry with a cause, or with a quota, is found again
# by its number, so that the movements are gone through once.
DAYS_FROM = (
    "SELECT d.day, d.opened, d.changed, d.received, d.printed, d.spoiled, d.sent, d.lost, d.adjusted, d.used, d.logged,"
    " (SELECT c.cause FROM entry c WHERE c.office_code = :office_code AND c.entry_no = d.cause_no),"
    " (SELECT q.quota_cards FROM entry q WHERE q.office_code = :office_code AND q.entry_no = d.quota_no),"
    " d.turned_away, d.since, d.total, d.borrowed"
    f" FROM (SELECT m.day, {_of('opening')} AS opened, SUM(m.changed) AS changed, {_of('receive')} AS received,"
    f" {_of('print', '-')} AS printed, {_of('spoil', '-')} AS spoiled, {_of('send', '-')} AS sent,"
    f" {_of('lose', '-')} AS lost, {_of('adjust')} AS adjusted, COALESCE(SUM(m.used), 0) AS used,"
    " MAX(CASE WHEN m.kind IN ('print', 'send') AND m.used IS NOT NULL THEN 1 ELSE 0 END) AS logged,"
    " MIN(m.cause_no) AS cause_no, MIN(m.quota_no) AS quota_no, COALESCE(SUM(m.turned_away), 0) AS turned_away,"
    " MIN(m.since) AS since, COALESCE(SUM(m.total), 0) AS total,"
    " COALESCE(SUM(m.borrowed), 0) AS borrowed FROM ("
    + _moved_by_day("'print'", "entry e", "e.kind = 'print'", _KEPT, _KEPT, summed=True)
    + " UNION ALL "
    + _moved_by_day(
        "CASE WHEN e.kind = 'reverse' THEN e.subject ELSE e.kind END",
        # From kind to kind: so SQLite walks the index of movements for each, and not through all days for all.
        "kind k CROSS JOIN entry e",
        f"k.kind IN ({_OTHERS}) AND e.kind = k.kind",
        f"e.kind IN ({_USE}) AND {_KEPT}",
        _WRITTEN,
        summed=False,
    )
    + ") m GROUP BY m.day) d ORDER BY d.day"
)

PURPOSES_FROM = (
    "SELECT e.purpose, SUM(e.cards) FROM entry e WHERE e.office_code = :office_code AND e.occurred_on >= :first"
    f" AND e.occurred_on <= :as_of AND e.kind = 'print' AND e.purpose <> '' AND {_VALID}"
    " GROUP BY e.purpose ORDER BY MIN(e.occurred_on), MIN(e.entry_no)"
)

# The movements behind which a paper stands. From kind to kind, as in DAYS_FROM: prints are never walked through.
WITH_PAPERS = (
    f"SELECT {_ENTRY} FROM kind k CROSS JOIN entry e WHERE k.kind IN ('receive', 'send', 'lose', 'destroy')"
    " AND e.office_code = :office_code AND e.kind = k.kind AND e.from_place IS NOT NULL"
    f" AND e.occurred_on >= :first AND e.occurred_on <= :as_of AND {_VALID} ORDER BY e.occurred_on, e.entry_no"
)

OPENED_ON = (
    f"SELECT e.entry_no, e.occurred_on FROM entry e WHERE e.office_code = :office_code"
    " AND e.from_place = 'outside' AND e.to_place = 'shelf' AND e.kind = 'opening' AND e.occurred_on <= :as_of"
    f" AND {_VALID} ORDER BY e.entry_no LIMIT 1"
)

# A century of an office has some five thousand requests; whatever is older than the last two hundred is over.
REQUESTS = (
    f"SELECT {_ENTRY} FROM entry e WHERE e.office_code = :office_code AND e.kind = 'request'"
    f" AND e.subject IS NULL AND e.from_place IS NULL AND e.occurred_on <= :as_of AND {_VALID}"
    " ORDER BY e.occurred_on DESC, e.entry_no DESC LIMIT 200"
)

ANSWERS = (
    f"SELECT {_ENTRY} FROM entry e WHERE e.office_code = :office_code AND e.request_no >= :first_no"
    f" AND e.occurred_on <= :as_of AND {_VALID} ORDER BY e.request_no, e.entry_no"
)

# The number twice: the first walks the key of the table from the request on, the second picks it and its answers.
ONE_REQUEST = (
    f"SELECT {_ENTRY} FROM entry e WHERE e.office_code = :office_code AND e.entry_no >= :request_no"
    " AND (e.entry_no = :request_no OR e.request_no = :request_no)"
    f" AND e.kind IN ('request', 'grant', 'close', 'receive') AND {_VALID} ORDER BY e.entry_no"
)

# By subject first, and then by day: so SQLite walks the index of statements, and not through the whole book.
STATEMENTS = (
    f"SELECT {_ENTRY} FROM entry e WHERE e.office_code = :office_code AND e.kind = :kind AND e.subject > ''"
    f" AND e.from_place IS NULL AND e.occurred_on <= :as_of AND {_VALID} ORDER BY e.subject, e.occurred_on, e.entry_no"
)

# The figure last stated of each subject, all in one statement: a step into the index for each of them.
_SUBJECTS = [*(("backlog", name) for name in BACKLOG), *(("population", name) for name in POPULATION)]
LATEST_LEVELS = (
    f"SELECT {', '.join(f'l.{name}' for name in Entry._fields)} FROM ("
    + " UNION ALL ".join(f"SELECT '{kind}' AS kind, '{subject}' AS subject" for kind, subject in _SUBJECTS)
    + ") d JOIN entry l ON l.office_code = :office_code AND l.entry_no ="
    " (SELECT e.entry_no FROM entry e WHERE e.office_code = :office_code AND e.kind = d.kind AND e.subject = d.subject"
    f" AND e.from_place IS NULL AND e.occurred_on <= :as_of AND {_VALID}"
    " ORDER BY e.occurred_on DESC, e.entry_no DESC LIMIT 1)"
)

# Without a day: a command speaks the language, and asks for the name, that the office chose last.
LATEST_SETTING = (
    "SELECT e.value FROM entry e WHERE e.office_code = :office_code AND e.kind = 'setting' AND e.subject = :subject"
    " AND e.from_place IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM entry r WHERE r.office_code = e.office_code AND r.reverses_no = e.entry_no)"
    " ORDER BY e.occurred_on DESC, e.entry_no DESC LIMIT 1"
)

ENTRIES_OF_DAYS = (
    f"SELECT {_ENTRY} FROM entry e WHERE e.office_code = :office_code AND e.occurred_on >= :first"
    " AND e.occurred_on <= :as_of ORDER BY e.occurred_on, e.entry_no"
)

# The reversals may be of a later day than what they take back, and of any number.
TAKEN_BACK_OF_DAYS = (
    "SELECT e.entry_no, r.entry_no FROM entry e JOIN entry r"
    " ON r.office_code = e.office_code AND r.reverses_no = e.entry_no"
    " WHERE e.office_code = :office_code AND e.occurred_on >= :first AND e.occurred_on <= :as_of"
)

WHOLE_BOOK = f"SELECT {_ENTRY} FROM entry e WHERE e.office_code = :office_code ORDER BY e.entry_no"

LATEST_COUNT = (
    f"SELECT {_ENTRY} FROM entry e WHERE e.office_code = :office_code AND e.kind = 'count' AND e.subject IS NULL"
    f" AND e.from_place IS NULL AND e.occurred_on <= :as_of AND {_VALID}"
    " ORDER BY e.occurred_on DESC, e.entry_no DESC LIMIT 1"
)

COUNTS_FROM = (
    f"SELECT {_ENTRY} FROM entry e WHERE e.office_code = :office_code AND e.kind = 'count' AND e.subject IS NULL"
    f" AND e.from_place IS NULL AND e.occurred_on >= :first AND e.occurred_on <= :as_of AND {_VALID}"
    " ORDER BY e.occurred_on, e.entry_no"
)

# Two walks along the index of days: through the rest of the count's own day, and through the days after it.
SHELF_CHANGE_SINCE = (
    "SELECT COALESCE(SUM(CASE WHEN to_place = 'shelf' THEN cards WHEN from_place = 'shelf' THEN -cards ELSE 0 END), 0)"
    " FROM entry WHERE office_code = :office_code AND occurred_on >= :day AND occurred_on <= :as_of"
    " AND (occurred_on > :day OR entry_no > :entry_no) AND from_place IS NOT NULL"
)

ADJUSTED_WITH = (
    "SELECT COALESCE(SUM(CASE WHEN e.to_place = 'shelf' THEN e.cards ELSE -e.cards END), 0) FROM entry e"
    " WHERE e.office_code = :office_code AND e.entry_no > :entry_no AND e.entry_no <= :entry_no + 2"
    f" AND e.batch_no = :entry_no AND e.kind = 'adjust' AND {_VALID}"
)

SPOILED_MOVES = (
    f"SELECT {_ENTRY} FROM entry e WHERE e.office_code = :office_code"
    " AND (e.from_place = 'spoiled' OR e.to_place = 'spoiled') AND e.kind <> 'reverse' AND e.occurred_on <= :as_of"
    f" AND {_VALID} ORDER BY e.occurred_on, e.entry_no"
)

DAILY_CHANGES_FROM = (
    "SELECT occurred_on,"
    " SUM(CASE WHEN to_place = 'shelf' THEN cards WHEN from_place = 'shelf' THEN -cards ELSE 0 END),"
    " SUM(CASE WHEN to_place = 'spoiled' THEN cards WHEN from_place = 'spoiled' THEN -cards ELSE 0 END)"
    " FROM entry WHERE office_code = :office_code AND occurred_on >= :first AND from_place IS NOT NULL"
    " GROUP BY occurred_on ORDER BY occurred_on"
)

# Reversed entries are left out: what was typed wrong once must not make the next slip look usual.
LAST_USES = (
    f"SELECT SUM(e.cards) FROM entry e WHERE e.office_code = :office_code AND e.kind IN ({_USE})"
    f" AND e.occurred_on >= :first AND e.occurred_on <= :as_of AND {_IS_USE} AND e.due_on IS NULL AND {_VALID}"
    " GROUP BY e.occurred_on ORDER BY e.occurred_on DESC LIMIT :days"
)

# A day as a period of one day, in the order of days: so SQLite walks the index of days.
TWINS = (
    f"SELECT {_ENTRY} FROM entry e WHERE e.office_code = :office_code"
    " AND e.occurred_on BETWEEN :occurred_on AND :occurred_on"
    " AND e.kind = :kind AND e.cards = :cards AND COALESCE(e.reference, '') = :reference"
    " AND COALESCE(e.party, '') = :party AND COALESCE(e.purpose, '') = :purpose"
    f" AND {_VALID} ORDER BY e.occurred_on, e.entry_no LIMIT 1"
)

# What a clerk's sheet is held against: row by row, since one row of a sheet may stand as two entries.
STANDING_FROM = (
    "SELECT e.entry_no, e.occurred_on, e.kind, e.cards, CASE WHEN e.kind = 'print' THEN e.due_on END"
    f" FROM entry e WHERE e.office_code = :office_code AND e.kind IN ({_IN_SHEETS}) AND e.from_place IS NOT NULL"
    " AND 'shelf' IN (e.from_place, e.to_place)"
    f" AND e.occurred_on >= :first AND {_VALID} ORDER BY e.occurred_on, e.entry_no"
)

PRINTED_FROM = (
    "SELECT COALESCE(SUM(e.cards), 0) FROM entry e WHERE e.office_code = :office_code"
    f" AND e.occurred_on BETWEEN :first AND :last AND e.kind = 'print' AND {_VALID}"
)

# By day: else SQLite would walk the index of days, through the whole book.
LOANS = (
    "SELECT e.party, SUM(CASE WHEN e.kind = 'send' THEN e.cards ELSE -e.cards END) FROM entry e"
    " WHERE e.office_code = :office_code AND e.purpose = 'loan' AND e.kind IN ('send', 'receive')"
    f" AND e.occurred_on <= :as_of AND {_VALID} GROUP BY e.party ORDER BY e.party"
)

BY_KEY = f"SELECT {_ENTRY} FROM entry e WHERE e.office_code = :office_code AND e.key = :key"

BY_NUMBER = f"SELECT {_ENTRY} FROM entry e WHERE e.office_code = :office_code AND e.entry_no = :entry_no"

BATCH = (
    f"SELECT {_ENTRY} FROM entry e WHERE e.office_code = :office_code AND e.entry_no >= :batch_no"
    " AND e.batch_no = :batch_no ORDER BY e.entry_no"
)

REVERSED_BY = "SELECT entry_no FROM entry WHERE office_code = :office_code AND reverses_no = :entry_no"

LAST_UNREVERSED = (
    f"SELECT {_ENTRY} FROM entry e WHERE e.office_code = :office_code AND e.kind <> 'reverse'"
    " AND e.entry_no < :before"
    f" AND {_VALID} ORDER BY e.entry_no DESC LIMIT 1"
)

# Any one will do: it is asked only whether the day has been told to somebody outside.
PAPER_FOR_DAY = (
    f"SELECT e.entry_no FROM entry e WHERE e.office_code = :office_code AND e.kind = 'paper'"
    f" AND e.from_place IS NULL AND e.due_on <= :day AND e.until_on >= :day AND {_VALID}"
    " ORDER BY e.subject, e.occurred_on, e.entry_no LIMIT 1"
)

PAPERS = (
    f"SELECT {_ENTRY} FROM entry e WHERE e.office_code = :office_code AND e.kind = 'paper' AND e.subject = :subject"
    f" AND e.from_place IS NULL AND e.occurred_on <= :as_of AND {_VALID} ORDER BY e.occurred_on, e.entry_no"
)

MOVEMENTS_FROM = (
    f"SELECT {_ENTRY} FROM entry e WHERE e.office_code = :office_code AND e.occurred_on >= :first"
    " AND e.occurred_on <= :as_of AND e.from_place IS NOT NULL ORDER BY e.occurred_on, e.entry_no"
)

MOVEMENTS_WRITTEN_AFTER = (
    f"SELECT {_ENTRY} FROM entry e WHERE e.office_code = :office_code AND e.entry_no > :entry_no"
    " AND e.from_place IS NOT NULL AND e.occurred_on <= :as_of ORDER BY e.entry_no"
)

WRITTEN_AFTER = (
    f"SELECT {_ENTRY} FROM entry e WHERE e.office_code = :office_code AND e.entry_no > :entry_no ORDER BY e.entry_no"
)

# The days of the entries that those written after one take back.
TAKEN_BACK_AFTER = (
    "SELECT e.occurred_on FROM entry r JOIN entry e ON e.office_code = r.office_code AND e.entry_no = r.reverses_no"
    " WHERE r.office_code = :office_code AND r.entry_no > :entry_no AND r.reverses_no IS NOT NULL"
)

# What a clock that ran ahead has dated so, and nobody has taken back yet.
ENTRIES_AFTER = (
    "SELECT COUNT(*) FROM entry e WHERE e.office_code = :office_code AND e.occurred_on > :as_of"
    " AND e.kind <> 'reverse' AND NOT EXISTS"
    " (SELECT 1 FROM entry r WHERE r.office_code = e.office_code AND r.reverses_no = e.entry_no)"
)

LAST_DAY = "SELECT MAX(e.occurred_on) FROM entry e WHERE e.office_code = :office_code"

LAST_RECORDED_AT = (
    "SELECT e.recorded_at FROM entry e WHERE e.office_code = :office_code ORDER BY e.entry_no DESC LIMIT 1"
)

# The period of the view `stock_card`, which would sum the whole book for one week of it. The balance columns hold what
# each movement changed; whoever asks adds that up from the morning of the first day on.
CARD_COLUMNS = {
    "entry_no": "e.entry_no",
    "occurred_on": "e.occurred_on",
    "recorded_at": "e.recorded_at",
    "recorded_by": "e.recorded_by",
    "kind": "e.kind",
    "cards": "e.cards",
    "in_cards": "CASE WHEN e.to_place = 'shelf' THEN e.cards ELSE 0 END",
    "out_cards": "CASE WHEN e.from_place = 'shelf' THEN e.cards ELSE 0 END",
    "balance_cards": _SHELF,
    "spoiled_cards": _SHELF.replace("'shelf'", "'spoiled'"),
    "reference": "e.reference",
    "note": "e.note",
    "reverses_no": "e.reverses_no",
    "party": "e.party",
}
STOCK_CARD = (
    f"SELECT {', '.join(CARD_COLUMNS.values())} FROM entry e WHERE e.office_code = :office_code"
    " AND e.occurred_on >= :first AND e.occurred_on <= :as_of AND e.from_place IS NOT NULL"
    " ORDER BY e.occurred_on, e.entry_no"
)

SEALED_ROWS_FROM = (
    f"SELECT {', '.join(SEALED)}, seal FROM entry"
    " WHERE office_code = :office_code AND entry_no >= :first_no ORDER BY entry_no"
)

SEALED_ROW = f"SELECT {', '.join(SEALED)}, seal FROM entry WHERE office_code = :office_code AND entry_no = :entry_no"

SEAL_OF = "SELECT seal FROM entry WHERE office_code = :office_code AND entry_no = :entry_no"

EVERY_ROW = f"SELECT {', '.join(NAMES)} FROM entry WHERE office_code = :office_code ORDER BY entry_no"
