-- Who may do what with a database of offices. `blangko offices grant` prints this before the role of an office, for the
-- owner of the tables to run; run twice, it changes nothing.
--
-- A role's name says what it sees: blangko_clerk_61.03 one office, blangko_province_61 every office whose code begins
-- with 61. So no list of roles has to be read for each statement, and no setting counts that somebody could change;
-- whoever goes by another name sees nothing.

DO $$
DECLARE
  kind text;
BEGIN
  FOREACH kind IN ARRAY ARRAY['blangko_clerk', 'blangko_province', 'blangko_auditor'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = kind) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', kind);
    END IF;
  END LOOP;
END
$$;

-- Append-only by privilege: nobody but the owner changes, deletes or empties what was written, or adds an office.
REVOKE ALL ON office, kind, entry, alembic_version, push, fork, digest FROM PUBLIC;
GRANT SELECT ON office, kind, entry, alembic_version, push, fork, digest, stock_card, daily_use, requests, counts
  TO blangko_clerk, blangko_province, blangko_auditor;
GRANT INSERT ON entry, push, fork TO blangko_clerk, blangko_province;
-- Number and seal of the last entry: who may not move them on can neither lock an office nor write.
GRANT UPDATE (last_entry_no, last_seal) ON office TO blangko_clerk, blangko_province;
-- By what the province's door knows its offices; nobody else has to see that. A database older than the door has none.
DO $$
BEGIN
  IF to_regclass('office_token') IS NOT NULL THEN
    REVOKE ALL ON office_token FROM PUBLIC;
    GRANT SELECT, INSERT, UPDATE ON office_token TO blangko_province;
  END IF;
END
$$;
-- A digest is made again whenever it is not the office's last; it is no part of the book.
GRANT INSERT, UPDATE, DELETE ON digest TO blangko_province;

-- A clerk sees one office; a province a range of codes, found in the index as a LIKE would not be: ':' is the sign after
-- '9'. The collation is that of the column, without which no index serves either. A role of another name has no code,
-- and to compare with none is never true.
DO $$
DECLARE
  part text;
  named text := 'CASE WHEN starts_with(current_user::text, %L) THEN substr(current_user::text, %s) END COLLATE "C"';
  clerk text := format(named, 'blangko_clerk_', length('blangko_clerk_') + 1);
  province text := format(named, 'blangko_province_', length('blangko_province_') + 1);
BEGIN
  FOREACH part IN ARRAY ARRAY['office', 'entry', 'push', 'fork', 'digest', 'office_token'] LOOP
    CONTINUE WHEN to_regclass(part) IS NULL;
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', part);
    EXECUTE format('DROP POLICY IF EXISTS clerk_sees_one ON %I', part);
    EXECUTE format('DROP POLICY IF EXISTS province_sees_its_own ON %I', part);
    EXECUTE format('DROP POLICY IF EXISTS auditor_sees_all ON %I', part);
    EXECUTE format('CREATE POLICY clerk_sees_one ON %I TO blangko_clerk USING (office_code = %s)', part, clerk);
    EXECUTE format(
      'CREATE POLICY province_sees_its_own ON %I TO blangko_province'
      ' USING (office_code >= %s AND office_code < %s || '':'')', part, province, province);
    EXECUTE format('CREATE POLICY auditor_sees_all ON %I FOR SELECT TO blangko_auditor USING (true)', part);
  END LOOP;
END
$$;
