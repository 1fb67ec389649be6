-- What an entry names is what it should be, whoever writes: an answer names a request, a reversal is the mirror of its
-- entry, and no text holds the number of a citizen (NIK). A released migration is never edited again.

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
