-- A book as blangko 0.1.1 wrote it (schema 2). Never edited: today's program must still take it over.

PRAGMA application_id = 1112296271;
PRAGMA user_version = 2;
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
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
INSERT INTO "entry" VALUES('61.03',1,'setting','2017-09-29','2026-11-24T17:37:21Z','siti',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'office_name','Disdukcapil Uji',NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'18ae4b71806d3c143f592686bedb3e42262be1e1043df7fb1a5ac3303948d20f');
INSERT INTO "entry" VALUES('61.03',2,'setting','2017-09-29','2026-11-24T17:37:21Z','siti',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'language','en',NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'22bcd83739bd009e2734abcc93c0f98a57fa49074fa6cc1a63fab5d6f33f4256');
INSERT INTO "entry" VALUES('61.03',3,'setting','2017-09-29','2026-11-24T17:37:21Z','siti',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'typical_daily_use','200',NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'8bbf10c118dc46689ef39d0866e9923e0dcfa2b7510e202d4221e7896b4f9327');
INSERT INTO "entry" VALUES('61.03',4,'opening','2017-09-29','2026-11-24T17:37:21Z','siti',1000,'outside','shelf',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,4,'dd63d4a87878ce4a4e3e0179ca8272c01d54bd6d0bd8801dc82c0bec4578dd80');
INSERT INTO "entry" VALUES('61.03',5,'opening','2017-09-29','2026-11-24T17:37:21Z','siti',12,'outside','spoiled',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,4,'79f539654c94f66dd0f0840db90c72cb673964fd2937aa3b004a795843fe7206');
INSERT INTO "entry" VALUES('61.03',6,'print','2017-10-02','2026-11-24T17:37:22Z','siti',187,'shelf','issued',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,6,'d8806481128af5d5723efb7cdc8dedfb64bd20469a2d54e22aede48408b80323');
INSERT INTO "entry" VALUES('61.03',7,'spoil','2017-10-02','2026-11-24T17:37:22Z','siti',3,'shelf','spoiled',NULL,NULL,'print',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,6,'c03436507b1c9bc816f4432022e9435451ca8f0ddc86c8c6f0d46812e26cb30b');
INSERT INTO "entry" VALUES('61.03',8,'print','2017-10-03','2026-11-24T17:37:22Z','siti',0,'shelf','issued',NULL,NULL,'server',NULL,NULL,NULL,NULL,NULL,NULL,'Jaringan pusat putus',NULL,NULL,NULL,8,'d9c3c52eac97f9c940b8ed74241208ac5d7d60242931ec2c91fadd7cdd0fa4ba');
INSERT INTO "entry" VALUES('61.03',9,'request','2017-10-03','2026-11-24T17:37:22Z','siti',2000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2017-10-20',NULL,'470/12',NULL,NULL,NULL,NULL,9,'81143bebfb4b3a56d9594451a272472f223f4fe434039d41c326c91d0b3848f6');
INSERT INTO "entry" VALUES('61.03',10,'print','2017-10-04','2026-11-24T17:37:22Z','siti',201,'shelf','issued',NULL,NULL,NULL,210,NULL,NULL,NULL,NULL,NULL,NULL,'rabu',NULL,NULL,10,'5779f22feafa0e982b6df811b23a4359203ca10664f50f83f1b09fa3b0e27807');
INSERT INTO "entry" VALUES('61.03',11,'grant','2017-10-05','2026-11-24T17:37:22Z','siti',1500,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2017-10-18',NULL,NULL,NULL,NULL,9,NULL,11,'42a9b46c2d00dc42a2c28b7e6ba3d5c39efd1fc11a260108c8814f6d7d69ab1b');
INSERT INTO "entry" VALUES('61.03',12,'receive','2017-10-06','2026-11-24T17:37:22Z','siti',1500,'outside','shelf','Provinsi',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'BAST 17',NULL,NULL,9,NULL,12,'5769c70b7d1ec09adb4a2f723e1124bc72f1e6da420b1e804e8deaeb535166dd');
INSERT INTO "entry" VALUES('61.03',13,'count','2017-10-06','2026-11-24T17:37:22Z','siti',2107,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'dua keping di laci',NULL,NULL,NULL,13,'f540528e6ad5a1c446c6aac75cbf8b694882cfd57455f29585f212a1c5162191');
INSERT INTO "entry" VALUES('61.03',14,'adjust','2017-10-06','2026-11-24T17:37:22Z','siti',2,'shelf','discrepancy',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'dua keping di laci',NULL,NULL,NULL,13,'e7b7c9ce6891742aecfc1bbc7d5997001c527f45b8d0a6e95a207a09d2902306');
INSERT INTO "entry" VALUES('61.03',15,'print','2017-10-09','2026-11-24T17:37:22Z','siti',50,'shelf','issued',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,15,'5f8a935b4b10aff7159610579ccebd348d247cc79d62c046092112602e032d43');
INSERT INTO "entry" VALUES('61.03',16,'reverse','2017-10-09','2026-11-24T17:37:22Z','siti',50,'issued','shelf',NULL,NULL,NULL,NULL,'print',NULL,NULL,NULL,NULL,'salah ketik',NULL,NULL,15,16,'1c840db657cf7b084c6b7b65adc036edd27774548f683adc897e07b47abbca53');
INSERT INTO "entry" VALUES('61.03',17,'print','2017-10-09','2026-11-24T17:37:23Z','siti',150,'shelf','issued',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,17,'065c3757d2b1cfb88fdda8245c4d80e8dd905024d05c84f748718deab8253856');
INSERT INTO "entry" VALUES('61.03',18,'destroy','2017-10-10','2026-11-24T17:37:23Z','siti',10,'spoiled','destroyed',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'BA 4/2017',NULL,NULL,NULL,NULL,18,'e30bc96e773db222c616b503dfdc7bc36891860e984b4061927bfe717778ca93');
INSERT INTO "entry" VALUES('61.03',19,'send','2017-10-10','2026-11-24T17:37:23Z','siti',100,'shelf','outside','Kec. Kapuas',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,19,'b548db1713046608108748a09a5c327c54935d6d257f603209aed7786c9eb84e');
INSERT INTO "entry" VALUES('61.03',20,'lose','2017-10-10','2026-11-24T17:37:23Z','siti',1,'shelf','lost',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'LP 9',NULL,NULL,NULL,NULL,20,'9658361b905f522a33ab9300f451b65a0dfac7a333f0e5d210efd3af1928fc43');
INSERT INTO "entry" VALUES('61.03',21,'backlog','2017-10-11','2026-11-24T17:37:23Z','siti',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'prr','2100',NULL,NULL,NULL,NULL,NULL,NULL,NULL,21,'12717872f25618e5ff1dd64ce28ff9a2feade874ea4bbafb1d5148f63bc6e94e');
INSERT INTO "entry" VALUES('61.03',22,'backlog','2017-10-11','2026-11-24T17:37:23Z','siti',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'suket','900',NULL,NULL,NULL,NULL,NULL,NULL,NULL,21,'2b8c526a07593efd8dc53e4d3d341b3cda8decc57da8269041b0beb7faf4fffb');
INSERT INTO "entry" VALUES('61.03',23,'calendar','2017-10-11','2026-11-24T17:37:23Z','siti',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'closed',NULL,'2017-10-12','2017-10-12',NULL,'Pilkades',NULL,NULL,NULL,23,'df40a57c99bc59f2084c8f07bcf0690424f1abad333503e8235e750b9beb146b');
INSERT INTO "entry" VALUES('61.03',24,'setting','2017-10-13','2026-11-24T17:37:23Z','siti',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'typical_daily_use','180',NULL,NULL,NULL,NULL,NULL,NULL,NULL,24,'0c591a4c165c1970bacf496e2b1c4bbf2100916ce715eacee74754b308d3cdf3');
INSERT INTO "entry" VALUES('61.03',25,'request','2017-10-13','2026-11-24T17:37:23Z','siti',2000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,25,'5ac14e140a8e8e453fa478505af7c9acfff97ed489f54834f8cb833334cf1da7');
INSERT INTO "entry" VALUES('61.03',26,'close','2017-10-13','2026-11-24T17:37:23Z','siti',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'dibatalkan provinsi',NULL,25,NULL,26,'4c8a2adc8279899ade3d5acdc646a1c4aa0fd337e09ce1125dfb9c381b62ac34');
CREATE TABLE kind (
  kind TEXT NOT NULL,
  is_movement INTEGER NOT NULL,
  meaning TEXT NOT NULL,
  CONSTRAINT kind_pk PRIMARY KEY (kind),
  CONSTRAINT kind_is_movement_flag CHECK (is_movement IN (0, 1))
)
WITHOUT ROWID, STRICT;
INSERT INTO "kind" VALUES('adjust',1,'the book brought to a count: shelf to discrepancy, or back');
INSERT INTO "kind" VALUES('backlog',0,'a level on a day: recorded and waiting (prr), or temporary letters to redeem (suket)');
INSERT INTO "kind" VALUES('calendar',0,'days said to be closed or open: due_on to until_on');
INSERT INTO "kind" VALUES('campaign',0,'announced extra demand: due_on to until_on');
INSERT INTO "kind" VALUES('close',0,'a request closed by hand');
INSERT INTO "kind" VALUES('count',0,'cards seen on the shelf');
INSERT INTO "kind" VALUES('destroy',1,'spoiled cards burned, with minutes: spoiled to destroyed');
INSERT INTO "kind" VALUES('grant',0,'cards promised for a request');
INSERT INTO "kind" VALUES('lose',1,'cards lost or stolen, with a report: shelf or spoiled to lost');
INSERT INTO "kind" VALUES('opening',1,'cards found when the book was begun: outside to shelf, or to spoiled');
INSERT INTO "kind" VALUES('paper',0,'a summary or report issued: due_on to until_on, with its check code');
INSERT INTO "kind" VALUES('population',0,'a level on a day: residents, eligible, recorded, printed');
INSERT INTO "kind" VALUES('print',1,'cards printed and given out: shelf to issued; 0 means open, nothing printed');
INSERT INTO "kind" VALUES('receive',1,'a delivery: outside to shelf');
INSERT INTO "kind" VALUES('request',0,'cards asked for');
INSERT INTO "kind" VALUES('reverse',1,'the mirror of the entry in reverses_no; statements are reversed without a movement');
INSERT INTO "kind" VALUES('send',1,'cards given away or back: shelf or spoiled to outside');
INSERT INTO "kind" VALUES('setting',0,'a choice of the office; the latest holds');
INSERT INTO "kind" VALUES('spoil',1,'cards spoiled: shelf to spoiled, held until destroyed');
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
INSERT INTO "office" VALUES('61.03',26,'4c8a2adc8279899ade3d5acdc646a1c4aa0fd337e09ce1125dfb9c381b62ac34');
CREATE INDEX entry_days ON entry (office_code, occurred_on, entry_no);
CREATE UNIQUE INDEX entry_key_once ON entry (office_code, "key") WHERE key IS NOT NULL;
CREATE INDEX entry_places ON entry (office_code, from_place, to_place, kind, subject, occurred_on, cards) WHERE from_place IS NOT NULL;
CREATE INDEX entry_requests ON entry (office_code, request_no) WHERE request_no IS NOT NULL;
CREATE UNIQUE INDEX entry_reversed_once ON entry (office_code, reverses_no) WHERE reverses_no IS NOT NULL;
CREATE INDEX entry_statements ON entry (office_code, kind, subject, occurred_on, entry_no) WHERE from_place IS NULL;
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
CREATE VIEW daily_use AS
SELECT
  e.office_code, e.occurred_on,
  SUM(CASE WHEN e.kind = 'print' THEN e.cards ELSE 0 END) AS printed_cards,
  SUM(CASE WHEN e.kind = 'spoil' THEN e.cards ELSE 0 END) AS spoiled_cards,
  SUM(e.cards) AS use_cards,
  SUM(CASE WHEN e.kind = 'print' THEN 1 ELSE 0 END) AS print_entries,
  MAX(CASE WHEN e.kind = 'print' THEN e.cause END) AS stop_cause,
  MIN(e.quota_cards) AS quota_cards
FROM entry e
WHERE e.kind IN ('print', 'spoil')
  AND NOT EXISTS (
    SELECT 1 FROM entry r WHERE r.office_code = e.office_code AND r.reverses_no = e.entry_no
  )
GROUP BY e.office_code, e.occurred_on;
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
  (SELECT g.cards FROM valid g WHERE g.office_code = q.office_code AND g.request_no = q.entry_no
     AND g.kind = 'grant' ORDER BY g.entry_no DESC LIMIT 1) AS granted_cards,
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
  q.reference, q.note
FROM valid q
WHERE q.kind = 'request';
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
CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
BEGIN
  SELECT RAISE(ABORT, 'blangko: an entry is never changed; reverse it');
END;
CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
BEGIN
  SELECT RAISE(ABORT, 'blangko: an entry is never deleted; reverse it');
END;
CREATE TRIGGER entry_takes_the_next_number BEFORE INSERT ON entry
WHEN NEW.entry_no IS NOT (
    SELECT COALESCE(MAX(entry_no), 0) + 1 FROM entry WHERE office_code = NEW.office_code
  )
  OR EXISTS (SELECT 1 FROM entry WHERE office_code = NEW.office_code AND key = NEW.key)
  OR EXISTS (SELECT 1 FROM entry WHERE office_code = NEW.office_code AND reverses_no = NEW.reverses_no)
BEGIN
  SELECT RAISE(ABORT, 'blangko: an entry takes the next number, its own key, and reverses once');
END;
CREATE TRIGGER entry_reverses_no_reversal BEFORE INSERT ON entry
WHEN EXISTS (
    SELECT 1 FROM entry
    WHERE office_code = NEW.office_code AND entry_no = NEW.reverses_no AND kind = 'reverse'
  )
BEGIN
  SELECT RAISE(ABORT, 'blangko: a reversal is not reversed');
END;
CREATE TRIGGER office_only_goes_forward BEFORE UPDATE ON office
WHEN NEW.office_code <> OLD.office_code OR NEW.last_entry_no < OLD.last_entry_no
BEGIN
  SELECT RAISE(ABORT, 'blangko: an office keeps its code, and its numbers only grow');
END;
CREATE TRIGGER office_is_never_deleted BEFORE DELETE ON office
BEGIN
  SELECT RAISE(ABORT, 'blangko: an office is never deleted');
END;
CREATE TRIGGER office_is_never_replaced BEFORE INSERT ON office
WHEN EXISTS (SELECT 1 FROM office WHERE office_code = NEW.office_code)
BEGIN
  SELECT RAISE(ABORT, 'blangko: this office has a book already');
END;
CREATE TRIGGER kind_is_never_changed BEFORE UPDATE ON kind
BEGIN
  SELECT RAISE(ABORT, 'blangko: a kind is never changed');
END;
CREATE TRIGGER kind_is_never_deleted BEFORE DELETE ON kind
BEGIN
  SELECT RAISE(ABORT, 'blangko: a kind is never deleted');
END;
CREATE TRIGGER kind_is_never_replaced BEFORE INSERT ON kind
WHEN EXISTS (SELECT 1 FROM kind WHERE kind = NEW.kind)
BEGIN
  SELECT RAISE(ABORT, 'blangko: this kind exists already');
END;
CREATE TRIGGER entry_answers_a_request BEFORE INSERT ON entry
WHEN NEW.request_no IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM entry
    WHERE office_code = NEW.office_code AND entry_no = NEW.request_no AND kind = 'request'
  )
BEGIN
  SELECT RAISE(ABORT, 'blangko: only a request is answered');
END;
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
CREATE TRIGGER entry_holds_no_nik BEFORE INSERT ON entry
WHEN ' ' || COALESCE(NEW.note, '') || ' ' || COALESCE(NEW.party, '') || ' ' GLOB
  '*[^0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][^0-9]*'
BEGIN
  SELECT RAISE(ABORT, 'blangko: the number of a citizen does not belong in the book');
END;
COMMIT;
