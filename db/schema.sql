-- The shape of a fresh book. Made by `python -m blangko.store.schema` from blangko/store/models.py,
-- db/views.sql, db/triggers.sql and blangko/core/columns.py; do not edit.

-- Which migrations this shape holds: all of them.
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

INSERT INTO alembic_version VALUES ('0003');

-- One kind of entry; a new kind is a new row and no rebuild of the table of entries.
--   kind         the name that an entry carries
--   is_movement  1 when cards go from one place to another, 0 for a statement
--   meaning      what happened, and between which places
CREATE TABLE kind (
  kind TEXT NOT NULL,
  is_movement INTEGER NOT NULL,
  meaning TEXT NOT NULL,
  CONSTRAINT kind_pk PRIMARY KEY (kind),
  CONSTRAINT kind_is_movement_flag CHECK (is_movement IN (0, 1))
)
WITHOUT ROWID, STRICT;

-- One office: its code, and the number and seal of its last entry. Locking this row locks the office's book.
--   office_code    code of the office, such as 61.03
--   last_entry_no  number of the last entry; 0 before any
--   last_seal      seal of the last entry
CREATE TABLE office (
  office_code TEXT NOT NULL,
  last_entry_no INTEGER NOT NULL,
  last_seal TEXT NOT NULL,
  CONSTRAINT office_pk PRIMARY KEY (office_code),
  CONSTRAINT office_code_length CHECK (length(office_code) BETWEEN 1 AND 40),
  CONSTRAINT office_last_entry_no_positive CHECK (last_entry_no >= 0),
  CONSTRAINT office_last_seal_length CHECK (length(last_seal) = 64)
)
WITHOUT ROWID, STRICT;

-- One entry of the book, never changed and never deleted; a wrong one stays and another takes it back.
--   office_code        code of the office, such as 61.03
--   entry_no           number of the entry, counted from 1 without gaps
--   kind               what happened, or what is stated: a name from the table of kinds
--   occurred_on        the day in the office on which it happened
--   recorded_at        when it was written down, in UTC
--   recorded_by        who wrote it down
--   cards              whole cards
--   from_place         where the cards came from; empty in a statement, which moves nothing
--   to_place           where the cards went
--   party              who gave or took the cards
--   purpose            what was printed: prr, suket, first, change, lost, damaged, other; or loan, or back
--   cause              why printing stopped, or why cards were spoiled
--   quota_cards        how many could be printed at most that day, where the office rationed
--   subject            which figure or setting is stated; in a reversal the kind of the entry taken back
--   value              what is stated of the subject
--   due_on             the day promised, or the first of the days meant
--   until_on           the last of the days meant
--   reference          number of the paper behind the entry
--   note               a remark, or the reason
--   key                makes a retry safe: no two entries of an office have the same
--   request_no         the request that is answered
--   reverses_no        the entry that is taken back
--   batch_no           the first entry of the same command or import
--   seal               SHA-256 over the seal before and this entry
--   turned_away_cards  people who were told to come back that day, a card each
CREATE TABLE entry (
  office_code TEXT NOT NULL,
  entry_no INTEGER NOT NULL,
  kind TEXT NOT NULL,
  occurred_on TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  cards INTEGER,
  from_place TEXT,
  to_place TEXT,
  party TEXT,
  purpose TEXT,
  cause TEXT,
  quota_cards INTEGER,
  subject TEXT,
  value TEXT,
  due_on TEXT,
  until_on TEXT,
  reference TEXT,
  note TEXT,
  "key" TEXT,
  request_no INTEGER,
  reverses_no INTEGER,
  batch_no INTEGER,
  seal TEXT NOT NULL,
  turned_away_cards INTEGER,
  CONSTRAINT entry_pk PRIMARY KEY (office_code, entry_no),
  CONSTRAINT entry_office_fk FOREIGN KEY(office_code) REFERENCES office (office_code),
  CONSTRAINT entry_kind_fk FOREIGN KEY(kind) REFERENCES kind (kind),
  CONSTRAINT entry_request_fk FOREIGN KEY(office_code, request_no) REFERENCES entry (office_code, entry_no),
  CONSTRAINT entry_reverses_fk FOREIGN KEY(office_code, reverses_no) REFERENCES entry (office_code, entry_no),
  CONSTRAINT entry_batch_fk FOREIGN KEY(office_code, batch_no) REFERENCES entry (office_code, entry_no),
  CONSTRAINT entry_no_positive CHECK (entry_no >= 1),
  CONSTRAINT entry_occurred_on_iso CHECK (occurred_on LIKE '____-__-__'),
  CONSTRAINT entry_recorded_at_utc CHECK (recorded_at LIKE '____-__-__T__:__:__Z'),
  CONSTRAINT entry_recorded_by_named CHECK (recorded_by <> ''),
  CONSTRAINT entry_cards_range CHECK (cards BETWEEN 0 AND 100000000),
  CONSTRAINT entry_quota_range CHECK (quota_cards BETWEEN 0 AND 100000000),
  CONSTRAINT entry_from_place_known CHECK (from_place IN ('outside', 'shelf', 'spoiled', 'issued', 'destroyed', 'lost', 'discrepancy')),
  CONSTRAINT entry_to_place_known CHECK (to_place IN ('outside', 'shelf', 'spoiled', 'issued', 'destroyed', 'lost', 'discrepancy')),
  CONSTRAINT entry_places_paired CHECK ((from_place IS NULL) = (to_place IS NULL)),
  CONSTRAINT entry_places_differ CHECK (from_place <> to_place),
  CONSTRAINT entry_movement_has_cards CHECK (from_place IS NULL OR cards IS NOT NULL),
  CONSTRAINT entry_reversal_names_its_entry CHECK ((kind = 'reverse') = (reverses_no IS NOT NULL)),
  CONSTRAINT entry_reverses_an_earlier_one CHECK (reverses_no < entry_no),
  CONSTRAINT entry_answers_an_earlier_request CHECK (request_no < entry_no),
  CONSTRAINT entry_batch_begins_before CHECK (batch_no <= entry_no),
  CONSTRAINT entry_destruction_has_paper CHECK (kind NOT IN ('destroy', 'lose') OR reference IS NOT NULL),
  CONSTRAINT entry_correction_has_reason CHECK (kind NOT IN ('adjust', 'reverse') OR note IS NOT NULL),
  CONSTRAINT entry_seal_length CHECK (length(seal) = 64)
)
WITHOUT ROWID, STRICT;

CREATE INDEX entry_days ON entry (office_code, occurred_on, entry_no);

CREATE UNIQUE INDEX entry_key_once ON entry (office_code, "key") WHERE key IS NOT NULL;

CREATE INDEX entry_loans ON entry (office_code, purpose, occurred_on) WHERE purpose = 'loan';

CREATE INDEX entry_moves ON entry (office_code, kind, occurred_on, cards, from_place, to_place, subject, purpose, cause, quota_cards, turned_away_cards, due_on) WHERE from_place IS NOT NULL;

CREATE INDEX entry_requests ON entry (office_code, request_no) WHERE request_no IS NOT NULL;

CREATE UNIQUE INDEX entry_reversed_once ON entry (office_code, reverses_no) WHERE reverses_no IS NOT NULL;

CREATE INDEX entry_statements ON entry (office_code, kind, subject, occurred_on, entry_no) WHERE from_place IS NULL;

-- Views for readers, with a spreadsheet or a database tool: an interface, whose names and columns stay.
-- `python -m blangko.store.schema` puts them into schema.sql; a change needs a migration.

-- The stock card: every movement on the shelf or in the spoiled pile, with the balances after it.
CREATE VIEW stock_card AS
SELECT
  office_code, occurred_on, entry_no, kind, party, reference, cards,
  CASE WHEN to_place = 'shelf' THEN cards ELSE 0 END AS in_cards,
  CASE WHEN from_place = 'shelf' THEN cards ELSE 0 END AS out_cards,
  SUM(CASE WHEN to_place = 'shelf' THEN cards WHEN from_place = 'shelf' THEN -cards ELSE 0 END)
    OVER (PARTITION BY office_code ORDER BY occurred_on, entry_no) AS balance_cards,
  SUM(CASE WHEN to_place = 'spoiled' THEN cards WHEN from_place = 'spoiled' THEN -cards ELSE 0 END)
    OVER (PARTITION BY office_code ORDER BY occurred_on, entry_no) AS spoiled_cards,
  note, recorded_at, recorded_by, reverses_no, batch_no
FROM entry
WHERE from_place IS NOT NULL;

-- The use of each day: cards printed, spoiled, and sent to print points; without entries that were reversed. With
-- `total_since`, `total_cards` of them are one number for all open days from then to the day.
CREATE VIEW daily_use AS
SELECT
  e.office_code, e.occurred_on,
  SUM(CASE WHEN e.kind = 'print' THEN e.cards ELSE 0 END) AS printed_cards,
  SUM(CASE WHEN e.kind = 'spoil' THEN e.cards ELSE 0 END) AS spoiled_cards,
  SUM(e.cards) AS use_cards,
  SUM(CASE WHEN e.kind = 'print' THEN 1 ELSE 0 END) AS print_entries,
  MAX(CASE WHEN e.kind = 'print' THEN e.cause END) AS stop_cause,
  MIN(e.quota_cards) AS quota_cards,
  SUM(CASE WHEN e.kind = 'send' THEN e.cards ELSE 0 END) AS sent_cards,
  SUM(COALESCE(e.turned_away_cards, 0)) AS turned_away_cards,
  MIN(CASE WHEN e.kind = 'print' THEN e.due_on END) AS total_since,
  SUM(CASE WHEN e.kind = 'print' AND e.due_on IS NOT NULL THEN e.cards ELSE 0 END) AS total_cards
FROM entry e
WHERE e.kind IN ('print', 'spoil', 'send') AND e.from_place = 'shelf' AND COALESCE(e.purpose, '') NOT IN ('loan', 'back')
  AND NOT EXISTS (
    SELECT 1 FROM entry r WHERE r.office_code = e.office_code AND r.reverses_no = e.entry_no
  )
GROUP BY e.office_code, e.occurred_on;

-- Asked, granted, received: one row for each request that was not reversed. A grant replaces the earlier ones, unless
-- it says "more": then they add up.
CREATE VIEW requests AS
WITH valid AS (
  SELECT * FROM entry e
  WHERE e.kind IN ('request', 'grant', 'close', 'receive')
    AND NOT EXISTS (
      SELECT 1 FROM entry r WHERE r.office_code = e.office_code AND r.reverses_no = e.entry_no
    )
)
SELECT
  q.office_code, q.entry_no AS request_no, q.occurred_on AS requested_on, q.cards AS asked_cards,
  (SELECT SUM(g.cards) FROM valid g WHERE g.office_code = q.office_code AND g.request_no = q.entry_no
     AND g.kind = 'grant' AND g.entry_no >= COALESCE((
       SELECT MAX(b.entry_no) FROM valid b WHERE b.office_code = q.office_code AND b.request_no = q.entry_no
         AND b.kind = 'grant' AND b.subject IS NULL), 0)) AS granted_cards,
  (SELECT COALESCE(SUM(v.cards), 0) FROM valid v WHERE v.office_code = q.office_code
     AND v.request_no = q.entry_no AND v.kind = 'receive') AS received_cards,
  (SELECT MIN(v.occurred_on) FROM valid v WHERE v.office_code = q.office_code
     AND v.request_no = q.entry_no AND v.kind = 'receive') AS first_received_on,
  COALESCE(
    (SELECT g.due_on FROM valid g WHERE g.office_code = q.office_code AND g.request_no = q.entry_no
       AND g.kind = 'grant' AND g.due_on IS NOT NULL ORDER BY g.entry_no DESC LIMIT 1),
    q.due_on
  ) AS due_on,
  EXISTS (SELECT 1 FROM valid c WHERE c.office_code = q.office_code AND c.request_no = q.entry_no
    AND c.kind = 'close') AS closed_by_hand,
  q.reference, q.note, q.party
FROM valid q
WHERE q.kind = 'request';

-- Stock counts: what was seen, what the book said just before, the difference, and what was adjusted.
CREATE VIEW counts AS
SELECT
  c.office_code, c.entry_no, c.occurred_on, c.cards AS counted_cards, c.book_cards,
  c.cards - c.book_cards AS discrepancy_cards,
  (SELECT COALESCE(SUM(CASE WHEN a.to_place = 'shelf' THEN a.cards ELSE -a.cards END), 0)
     FROM entry a
     WHERE a.office_code = c.office_code AND a.batch_no = c.batch_no AND a.kind = 'adjust'
       AND NOT EXISTS (
         SELECT 1 FROM entry r WHERE r.office_code = a.office_code AND r.reverses_no = a.entry_no
       )) AS adjusted_cards,
  c.note, c.recorded_at, c.recorded_by
FROM (
  SELECT k.*,
    (SELECT COALESCE(SUM(CASE WHEN m.to_place = 'shelf' THEN m.cards WHEN m.from_place = 'shelf' THEN -m.cards
       ELSE 0 END), 0)
     FROM entry m
     WHERE m.office_code = k.office_code AND m.from_place IS NOT NULL
       AND (m.occurred_on < k.occurred_on OR (m.occurred_on = k.occurred_on AND m.entry_no < k.entry_no))
    ) AS book_cards
  FROM entry k
  WHERE k.kind = 'count'
    AND NOT EXISTS (
      SELECT 1 FROM entry r WHERE r.office_code = k.office_code AND r.reverses_no = k.entry_no
    )
) c;

-- What guards the book on SQLite, whatever program opens the file. `python -m blangko.store.schema` puts it into
-- schema.sql. A trigger that is changed here needs a migration that makes the same of every older book.

-- Nothing that was written is ever changed, by anybody: whoever holds the file holds what the office wrote.
CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
BEGIN
  SELECT RAISE(ABORT, 'blangko: an entry is never changed; reverse it');
END;

-- Nor is it rubbed out.
CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
BEGIN
  SELECT RAISE(ABORT, 'blangko: an entry is never deleted; reverse it');
END;

-- INSERT OR REPLACE deletes the row in its way without firing the delete trigger, so an insert may
-- take neither an old number, nor an old key, nor the place of an old reversal.
CREATE TRIGGER entry_takes_the_next_number BEFORE INSERT ON entry
WHEN NEW.entry_no IS NOT (
    SELECT COALESCE(MAX(entry_no), 0) + 1 FROM entry WHERE office_code = NEW.office_code
  )
  OR EXISTS (SELECT 1 FROM entry WHERE office_code = NEW.office_code AND key = NEW.key)
  OR EXISTS (SELECT 1 FROM entry WHERE office_code = NEW.office_code AND reverses_no = NEW.reverses_no)
BEGIN
  SELECT RAISE(ABORT, 'blangko: an entry takes the next number, its own key, and reverses once');
END;

-- Else nobody could tell any more what holds; what was taken back by mistake is written again.
CREATE TRIGGER entry_reverses_no_reversal BEFORE INSERT ON entry
WHEN EXISTS (
    SELECT 1 FROM entry
    WHERE office_code = NEW.office_code AND entry_no = NEW.reverses_no AND kind = 'reverse'
  )
BEGIN
  SELECT RAISE(ABORT, 'blangko: a reversal is not reversed');
END;

-- A number that was given is never given again, so that no entry takes the place of one that was cut off.
CREATE TRIGGER office_only_goes_forward BEFORE UPDATE ON office
WHEN NEW.office_code <> OLD.office_code OR NEW.last_entry_no < OLD.last_entry_no
BEGIN
  SELECT RAISE(ABORT, 'blangko: an office keeps its code, and its numbers only grow');
END;

-- Entries without their office would be nobody's.
CREATE TRIGGER office_is_never_deleted BEFORE DELETE ON office
BEGIN
  SELECT RAISE(ABORT, 'blangko: an office is never deleted');
END;

-- INSERT OR REPLACE would put an empty end in the place of the office's own.
CREATE TRIGGER office_is_never_replaced BEFORE INSERT ON office
WHEN EXISTS (SELECT 1 FROM office WHERE office_code = NEW.office_code)
BEGIN
  SELECT RAISE(ABORT, 'blangko: this office has a book already');
END;

-- What a kind means was read by whoever wrote an entry of it; another meaning is another kind.
CREATE TRIGGER kind_is_never_changed BEFORE UPDATE ON kind
BEGIN
  SELECT RAISE(ABORT, 'blangko: a kind is never changed');
END;

-- An entry keeps its kind.
CREATE TRIGGER kind_is_never_deleted BEFORE DELETE ON kind
BEGIN
  SELECT RAISE(ABORT, 'blangko: a kind is never deleted');
END;

-- INSERT OR REPLACE would change it after all.
CREATE TRIGGER kind_is_never_replaced BEFORE INSERT ON kind
WHEN EXISTS (SELECT 1 FROM kind WHERE kind = NEW.kind)
BEGIN
  SELECT RAISE(ABORT, 'blangko: this kind exists already');
END;

-- A delivery, a grant or a close that names something else would answer nothing, and no sum would show it.
CREATE TRIGGER entry_answers_a_request BEFORE INSERT ON entry
WHEN NEW.request_no IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM entry
    WHERE office_code = NEW.office_code AND entry_no = NEW.request_no AND kind = 'request'
  )
BEGIN
  SELECT RAISE(ABORT, 'blangko: only a request is answered');
END;

-- A reversal of other cards or another way would leave cards that nobody ever held, or hide some.
CREATE TRIGGER entry_mirrors_what_it_reverses BEFORE INSERT ON entry
WHEN NEW.reverses_no IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM entry e
    WHERE e.office_code = NEW.office_code AND e.entry_no = NEW.reverses_no AND e.kind = NEW.subject
      AND e.from_place IS NEW.to_place AND e.to_place IS NEW.from_place
      AND (e.from_place IS NULL OR e.cards = NEW.cards)
  )
BEGIN
  SELECT RAISE(ABORT, 'blangko: a reversal is the mirror of its entry');
END;

-- The number of a citizen (NIK): the law on personal data asks to keep what is not needed out of a register of stock.
CREATE TRIGGER entry_holds_no_nik BEFORE INSERT ON entry
WHEN ' ' || COALESCE(NEW.note, '') || ' ' || COALESCE(NEW.party, '') || ' ' GLOB
  '*[^0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][^0-9]*'
BEGIN
  SELECT RAISE(ABORT, 'blangko: the number of a citizen does not belong in the book');
END;

-- A check of the table in all but its place: a column that a migration adds brings none with it.
CREATE TRIGGER entry_turned_away_range BEFORE INSERT ON entry
WHEN NEW.turned_away_cards NOT BETWEEN 0 AND 100000000
BEGIN
  SELECT RAISE(ABORT, 'blangko: a number of people is from 0 to 100 million');
END;

-- The kinds of entries. A later kind is a row that its migration adds.
INSERT INTO kind VALUES ('opening', 1, 'cards found when the book was begun: outside to shelf, or to spoiled');
INSERT INTO kind VALUES ('receive', 1, 'a delivery: outside to shelf');
INSERT INTO kind VALUES ('print', 1, 'cards printed and given out: shelf to issued; 0 means open, nothing printed');
INSERT INTO kind VALUES ('spoil', 1, 'cards spoiled: shelf to spoiled, held until destroyed');
INSERT INTO kind VALUES ('destroy', 1, 'spoiled cards burned, with minutes: spoiled to destroyed');
INSERT INTO kind VALUES ('send', 1, 'cards given away or back: shelf or spoiled to outside');
INSERT INTO kind VALUES ('lose', 1, 'cards lost or stolen, with a report: shelf or spoiled to lost');
INSERT INTO kind VALUES ('adjust', 1, 'the book brought to a count: shelf to discrepancy, or back');
INSERT INTO kind VALUES ('reverse', 1, 'the mirror of the entry in reverses_no; statements are reversed without a movement');
INSERT INTO kind VALUES ('request', 0, 'cards asked for');
INSERT INTO kind VALUES ('grant', 0, 'cards promised for a request');
INSERT INTO kind VALUES ('close', 0, 'a request closed by hand');
INSERT INTO kind VALUES ('count', 0, 'cards seen on the shelf');
INSERT INTO kind VALUES ('backlog', 0, 'a level on a day: recorded and waiting (prr), or temporary letters to redeem (suket)');
INSERT INTO kind VALUES ('population', 0, 'a level on a day: residents, eligible, recorded, printed');
INSERT INTO kind VALUES ('calendar', 0, 'days said to be closed or open: due_on to until_on');
INSERT INTO kind VALUES ('setting', 0, 'a choice of the office; the latest holds');
INSERT INTO kind VALUES ('paper', 0, 'a summary or report issued: due_on to until_on, with its check code');
INSERT INTO kind VALUES ('campaign', 0, 'announced extra demand: due_on to until_on');
