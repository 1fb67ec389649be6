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
