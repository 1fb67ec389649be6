"""The columns of the book and the kinds of its entries, each said once: whoever needs to know asks here.

The tables, the statements, the export, the rules and the words on the screen are made from these lists. To add a kind
or a column, see the map of the house in `blangko/__init__.py`.
"""

from typing import NamedTuple


def N_(text: str) -> str:  # noqa: N802
    """Mark a text for the catalogue; it is translated where it is shown, since the core speaks no language."""
    return text


# --- Columns --------------------------------------------------------------------------------------

WHOLE, TEXT, DAY, INSTANT = "whole", "text", "day", "instant"
"""What a column holds. A day is ISO text, an instant is ISO text in UTC: such texts sort as the days do."""


class Column(NamedTuple):
    """One column of the book: what it holds, whether it may be empty, and what it means to a reader of the file."""

    name: str
    holds: str
    meaning: str
    may_be_empty: bool = True


COLUMNS = (
    Column("office_code", TEXT, "code of the office, such as 61.03", may_be_empty=False),
    Column("entry_no", WHOLE, "number of the entry, counted from 1 without gaps", may_be_empty=False),
    Column("kind", TEXT, "what happened, or what is stated: a name from the table of kinds", may_be_empty=False),
    Column("occurred_on", DAY, "the day in the office on which it happened", may_be_empty=False),
    Column("cards", WHOLE, "whole cards"),
    Column("from_place", TEXT, "where the cards came from; empty in a statement, which moves nothing"),
    Column("to_place", TEXT, "where the cards went"),
    Column("party", TEXT, "who gave or took the cards"),
    Column("purpose", TEXT, "what was printed: prr, suket, first, change, lost, damaged, other; or loan, or back"),
    Column("cause", TEXT, "why printing stopped, or why cards were spoiled"),
    Column("quota_cards", WHOLE, "how many could be printed at most that day, where the office rationed"),
    Column("turned_away_cards", WHOLE, "people who were told to come back that day, a card each"),
    Column("subject", TEXT, "which figure or setting is stated; in a reversal the kind of the entry taken back"),
    Column("value", TEXT, "what is stated of the subject"),
    Column("due_on", DAY, "the day promised, or the first of the days meant"),
    Column("until_on", DAY, "the last of the days meant"),
    Column("reference", TEXT, "number of the paper behind the entry"),
    Column("note", TEXT, "a remark, or the reason"),
    Column("key", TEXT, "makes a retry safe: no two entries of an office have the same"),
    Column("request_no", WHOLE, "the request that is answered"),
    Column("reverses_no", WHOLE, "the entry that is taken back"),
    Column("batch_no", WHOLE, "the first entry of the same command or import"),
    Column("recorded_at", INSTANT, "when it was written down, in UTC", may_be_empty=False),
    Column("recorded_by", TEXT, "who wrote it down", may_be_empty=False),
    Column("seal", TEXT, "SHA-256 over the seal before and this entry", may_be_empty=False),
)
NAMES = tuple(column.name for column in COLUMNS)
DAYS = tuple(column.name for column in COLUMNS if column.holds == DAY)
SEALED = tuple(sorted(name for name in NAMES if name != "seal"))
"""The columns that a seal covers, in the order in which it covers them."""

# --- What stands in some of them ------------------------------------------------------------------

SHELF = "shelf"
SPOILED = "spoiled"
OUTSIDE = "outside"
ISSUED = "issued"
DESTROYED = "destroyed"
LOST = "lost"
DISCREPANCY = "discrepancy"
PLACES = (OUTSIDE, SHELF, SPOILED, ISSUED, DESTROYED, LOST, DISCREPANCY)

MAX_CARDS = 100_000_000
"""No office has ever held more; a larger number is a slip of the hand."""

PURPOSES = ("prr", "suket", "first", "change", "lost", "damaged", "other", "loan")
PURPOSE_WORDS = {
    "baru": "first",
    "perubahan": "change",
    "hilang": "lost",
    "rusak": "damaged",
    "lain": "other",
    "pinjam": "loan",
    "pemula": "first",
    "ubah": "change",
    "pinjaman": "loan",
    "lainnya": "other",
}
"""What Indonesian calls the purposes besides; of several words for one the first is the usual one."""
LOAN = "loan"
"""The purpose of cards that are lent or borrowed, or come back: they are no use, and are owed until even."""
GIVEN_BACK = "back"
"""The purpose of cards that go back to the source: they are no use either."""
STOP_CAUSES = ("server", "printer", "ribbon", "no-blanks", "other")
SPOIL_CAUSES = ("encode", "print", "damaged", "faulty", "other")
BACKLOG = ("prr", "suket")
"""The figures of those who wait, each a level on a day."""
POPULATION = ("residents", "eligible", "recorded", "printed")
"""The figures of the population, each a level on a day."""
EXTRA = "extra"
"""What a campaign states: so many more cards on each open day of its period."""

# --- Kinds ----------------------------------------------------------------------------------------

Way = tuple[str, str]
"""From where, to where."""
REVERSE = "reverse"


class Kind(NamedTuple):
    """One kind of entry; a movement has at least one way, a statement none.

    `meaning` stands in the table of kinds for readers of the file; `word` and `done` are what the screen calls it, in
    a list and as a sentence. The first of the `ways` is the usual one. `is_use` says that its cards count as the
    office's use, which the forecast learns from; `total` is the sum of `core.book.Balance` it is counted in. What an
    entry of this kind cannot do without, `needs` names: columns that may otherwise be empty.
    """

    name: str
    meaning: str
    word: str
    done: str = ""
    ways: tuple[Way, ...] = ()
    total: str = ""
    is_use: bool = False
    needs: tuple[str, ...] = ()


_ALL = (
    Kind(
        "opening",
        "cards found when the book was begun: outside to shelf, or to spoiled",
        N_("opening"),
        N_("{cards} at the opening"),
        ways=((OUTSIDE, SHELF), (OUTSIDE, SPOILED)),
        total="opening",
    ),
    Kind(
        "receive",
        "a delivery: outside to shelf",
        N_("received"),
        N_("{cards} received"),
        ways=((OUTSIDE, SHELF),),
        total="received",
    ),
    Kind(
        "print",
        "cards printed and given out: shelf to issued; 0 means open, nothing printed",
        N_("printed"),
        N_("{cards} printed"),
        ways=((SHELF, ISSUED),),
        total="printed",
        is_use=True,
    ),
    Kind(
        "spoil",
        "cards spoiled: shelf to spoiled, held until destroyed",
        N_("spoiled"),
        N_("{cards} spoiled"),
        # Counted in no sum of its own: the pile of spoiled cards is a place that is still held.
        ways=((SHELF, SPOILED),),
        is_use=True,
    ),
    Kind(
        "destroy",
        "spoiled cards burned, with minutes: spoiled to destroyed",
        N_("destroyed"),
        N_("{cards} destroyed"),
        ways=((SPOILED, DESTROYED),),
        total="destroyed",
        needs=("reference",),
    ),
    Kind(
        "send",
        "cards given away or back: shelf or spoiled to outside",
        N_("sent"),
        N_("{cards} sent"),
        ways=((SHELF, OUTSIDE), (SPOILED, OUTSIDE)),
        total="sent",
        # What goes to a print point is printed there and does not come back; loans and what goes back are no use.
        is_use=True,
    ),
    Kind(
        "lose",
        "cards lost or stolen, with a report: shelf or spoiled to lost",
        N_("lost"),
        N_("{cards} lost"),
        ways=((SHELF, LOST), (SPOILED, LOST)),
        total="lost",
        needs=("reference",),
    ),
    Kind(
        "adjust",
        "the book brought to a count: shelf to discrepancy, or back",
        N_("adjusted"),
        N_("{cards} adjusted"),
        ways=((SHELF, DISCREPANCY), (DISCREPANCY, SHELF)),
        total="adjusted",
        needs=("note",),
    ),
    Kind(
        REVERSE,
        "the mirror of the entry in reverses_no; statements are reversed without a movement",
        N_("reversed"),
        N_("{cards} taken back"),
        needs=("note",),
    ),
    Kind("request", "cards asked for", N_("asked for"), N_("{cards} asked for")),
    Kind("grant", "cards promised for a request", N_("granted"), N_("{cards} granted")),
    Kind("close", "a request closed by hand", N_("closed")),
    Kind("count", "cards seen on the shelf", N_("counted"), N_("{cards} counted")),
    Kind(
        "backlog",
        "a level on a day: recorded and waiting (prr), or temporary letters to redeem (suket)",
        N_("waiting"),
    ),
    Kind("population", "a level on a day: residents, eligible, recorded, printed", N_("population")),
    Kind("calendar", "days said to be closed or open: due_on to until_on", N_("calendar")),
    Kind("setting", "a choice of the office; the latest holds", N_("setting")),
    Kind("paper", "a summary or report issued: due_on to until_on, with its check code", N_("paper")),
    Kind("campaign", "announced extra demand: due_on to until_on", N_("campaign")),
)
KINDS = {kind.name: kind for kind in _ALL}
MOVEMENTS = {kind.name: kind for kind in _ALL if kind.ways}
STATEMENTS = tuple(kind.name for kind in _ALL if not kind.ways and kind.name != REVERSE)
USE = tuple(kind.name for kind in _ALL if kind.is_use)
IN_SHEETS = ("receive", "print", "spoil", "send")
"""The kinds that a clerk's sheet has columns for, on each day the deliveries first."""
WAYS = frozenset((kind.name, *way) for kind in _ALL for way in kind.ways)
"""Every way that cards may go: kind, from where, to where."""
