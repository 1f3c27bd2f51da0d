-- What drizzle-kit cannot write: the clock, the append-only journal, the room for updates in place.

CREATE FUNCTION bellman.now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  SELECT coalesce(
    (SELECT base + (clock_timestamp() - started_at) * rate FROM bellman.clock),
    clock_timestamp())
$$;

CREATE FUNCTION bellman.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of bellman.% is refused: it is append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = '23001';
END $$;

CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE ON bellman.journal
  FOR EACH ROW EXECUTE FUNCTION bellman.refuse_change();
CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON bellman.journal
  FOR EACH STATEMENT EXECUTE FUNCTION bellman.refuse_change();
CREATE TRIGGER checkpoint_append_only BEFORE UPDATE OR DELETE ON bellman.checkpoint
  FOR EACH ROW EXECUTE FUNCTION bellman.refuse_change();
CREATE TRIGGER checkpoint_no_truncate BEFORE TRUNCATE ON bellman.checkpoint
  FOR EACH STATEMENT EXECUTE FUNCTION bellman.refuse_change();

ALTER TABLE bellman.record SET (fillfactor = 70);
ALTER TABLE bellman.part SET (fillfactor = 70);
ALTER TABLE bellman.delivery SET (fillfactor = 80);

CREATE SEQUENCE bellman.person_number;
