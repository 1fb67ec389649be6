-- What guards the book on PostgreSQL, whatever program connects: the rules of db/triggers.sql in plpgsql, and TRUNCATE,
-- which no row's trigger sees. Each function keeps the search path under which it was made: a table of one's own that
-- is called "entry" must not be looked at instead.

-- Nothing that was written is ever changed or rubbed out, by anybody.
CREATE FUNCTION blangko_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  RAISE EXCEPTION 'blangko: %', TG_ARGV[0];
END
$$;

CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
FOR EACH ROW EXECUTE FUNCTION blangko_refuse('an entry is never changed; reverse it');

CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
FOR EACH ROW EXECUTE FUNCTION blangko_refuse('an entry is never deleted; reverse it');

CREATE TRIGGER entry_is_never_emptied BEFORE TRUNCATE ON entry
FOR EACH STATEMENT EXECUTE FUNCTION blangko_refuse('an entry is never deleted; reverse it');

-- The office of an entry, its number and its links, each looked up by the key of the table; one function for all of it,
-- since each further trigger costs as much again when millions of entries are brought in.
CREATE FUNCTION blangko_entry_is_in_order() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NEW.entry_no IS DISTINCT FROM (
    SELECT COALESCE(MAX(e.entry_no), 0) + 1 FROM entry e WHERE e.office_code = NEW.office_code
  ) THEN
    RAISE EXCEPTION 'blangko: an entry takes the next number, its own key, and reverses once';
  END IF;

  -- A delivery, a grant or a close that names something else would answer nothing, and no sum would show it.
  IF NEW.request_no IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM entry e
    WHERE e.office_code = NEW.office_code AND e.entry_no = NEW.request_no AND e.kind = 'request'
  ) THEN
    RAISE EXCEPTION 'blangko: only a request is answered';
  END IF;

  IF NEW.reverses_no IS NOT NULL THEN
    -- Else nobody could tell any more what holds; what was taken back by mistake is written again.
    IF EXISTS (
      SELECT 1 FROM entry e
      WHERE e.office_code = NEW.office_code AND e.entry_no = NEW.reverses_no AND e.kind = 'reverse'
    ) THEN
      RAISE EXCEPTION 'blangko: a reversal is not reversed';
    END IF;
    -- A reversal of other cards or another way would leave cards that nobody ever held, or hide some.
    IF NOT EXISTS (
      SELECT 1 FROM entry e
      WHERE e.office_code = NEW.office_code AND e.entry_no = NEW.reverses_no AND e.kind = NEW.subject
        AND e.from_place IS NOT DISTINCT FROM NEW.to_place AND e.to_place IS NOT DISTINCT FROM NEW.from_place
        AND (e.from_place IS NULL OR e.cards = NEW.cards)
    ) THEN
      RAISE EXCEPTION 'blangko: a reversal is the mirror of its entry';
    END IF;
  END IF;

  -- The number of a citizen (NIK): the law on personal data asks to keep what is not needed out of a register of stock.
  IF (NEW.note IS NOT NULL OR NEW.party IS NOT NULL)
    AND ' ' || COALESCE(NEW.note, '') || ' ' || COALESCE(NEW.party, '') || ' ' ~ '[^0-9][0-9]{16}[^0-9]'
  THEN
    RAISE EXCEPTION 'blangko: the number of a citizen does not belong in the book';
  END IF;

  IF NEW.turned_away_cards NOT BETWEEN 0 AND 100000000 THEN
    RAISE EXCEPTION 'blangko: a number of people is from 0 to 100 million';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER entry_is_in_order BEFORE INSERT ON entry
FOR EACH ROW EXECUTE FUNCTION blangko_entry_is_in_order();

-- A number that was given is never given again, so that no entry takes the place of one that was cut off.
CREATE TRIGGER office_only_goes_forward BEFORE UPDATE ON office
FOR EACH ROW WHEN (NEW.office_code <> OLD.office_code OR NEW.last_entry_no < OLD.last_entry_no)
EXECUTE FUNCTION blangko_refuse('an office keeps its code, and its numbers only grow');

-- Entries without their office would be nobody's.
CREATE TRIGGER office_is_never_deleted BEFORE DELETE ON office
FOR EACH ROW EXECUTE FUNCTION blangko_refuse('an office is never deleted');

CREATE TRIGGER office_is_never_emptied BEFORE TRUNCATE ON office
FOR EACH STATEMENT EXECUTE FUNCTION blangko_refuse('an office is never deleted');

-- What a kind means was read by whoever wrote an entry of it; another meaning is another kind.
CREATE TRIGGER kind_is_never_changed BEFORE UPDATE ON kind
FOR EACH ROW EXECUTE FUNCTION blangko_refuse('a kind is never changed');

-- An entry keeps its kind.
CREATE TRIGGER kind_is_never_deleted BEFORE DELETE ON kind
FOR EACH ROW EXECUTE FUNCTION blangko_refuse('a kind is never deleted');

CREATE TRIGGER kind_is_never_emptied BEFORE TRUNCATE ON kind
FOR EACH STATEMENT EXECUTE FUNCTION blangko_refuse('a kind is never deleted');

-- What came from an office, and what was refused of it, is evidence.
CREATE TRIGGER push_is_never_changed BEFORE UPDATE OR DELETE ON push
FOR EACH ROW EXECUTE FUNCTION blangko_refuse('what came from an office is never changed');

CREATE TRIGGER push_is_never_emptied BEFORE TRUNCATE ON push
FOR EACH STATEMENT EXECUTE FUNCTION blangko_refuse('what came from an office is never changed');

CREATE TRIGGER fork_is_never_changed BEFORE UPDATE OR DELETE ON fork
FOR EACH ROW EXECUTE FUNCTION blangko_refuse('what was refused of an office is never changed');

CREATE TRIGGER fork_is_never_emptied BEFORE TRUNCATE ON fork
FOR EACH STATEMENT EXECUTE FUNCTION blangko_refuse('what was refused of an office is never changed');
