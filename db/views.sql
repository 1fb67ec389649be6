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
