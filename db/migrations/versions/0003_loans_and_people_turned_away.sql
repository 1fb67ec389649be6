-- People who were told to come back have a column, loans an index; the views tell of sends, totals and grants that add
-- up. A released migration is never edited again.

ALTER TABLE entry ADD COLUMN turned_away_cards INTEGER;

CREATE INDEX entry_loans ON entry (office_code, purpose, occurred_on) WHERE purpose = 'loan';

-- All that the sums of a day and of a book need, so that they are made without a look at the entries themselves.
DROP INDEX entry_places;

CREATE INDEX entry_moves ON entry (office_code, kind, occurred_on, cards, from_place, to_place, subject, purpose, cause, quota_cards, turned_away_cards, due_on) WHERE from_place IS NOT NULL;

CREATE TRIGGER entry_turned_away_range BEFORE INSERT ON entry
WHEN NEW.turned_away_cards NOT BETWEEN 0 AND 100000000
BEGIN
  SELECT RAISE(ABORT, 'blangko: a number of people is from 0 to 100 million');
END;

DROP VIEW daily_use;

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

DROP VIEW requests;

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
