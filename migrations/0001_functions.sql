-- What drizzle-kit cannot write: the clock, the append-only journal, the room for updates in place.

-- PL/pgSQL keeps its plan; as an SQL function it was planned at each call, which cost more than everything else in a short query.
CREATE FUNCTION bellman.now() RETURNS timestamptz LANGUAGE plpgsql VOLATILE PARALLEL SAFE AS $$
DECLARE moment timestamptz;
BEGIN
  SELECT base + (clock_timestamp() - started_at) * rate INTO moment FROM bellman.clock;
  RETURN coalesce(moment, clock_timestamp());
END $$;

-- Takes the locks of a transaction in their order (ORG-1, numbers, records in the order of `ids`), and only then reads: each statement
-- of this function sees what was committed before its own start, so nothing is read that was written before the locks were had.
-- Row by row by its key, as json text that is passed on as it is: a third of what sets and jsonb cost for the one record that most
-- commands are about. A session keeps its plans; one made while a table was small must not read the whole of it once it has grown.
CREATE FUNCTION bellman.open(
  org_changes boolean, raised text[], ids text[], platforms text[], users text[], timed text[], keys text[], patience int
) RETURNS json LANGUAGE plpgsql VOLATILE SET enable_seqscan = off AS $$
DECLARE
  org_lock CONSTANT bigint := 4170001;
  one text; given int; found_one json; org_version int;
  numbers int[] := '{}'; heads json[] := '{}'; parts json[] := '{}'; actors json[] := '{}'; requests json[] := '{}';
  timers json := '[]';
BEGIN
  IF patience IS NOT NULL THEN PERFORM set_config('lock_timeout', patience::text, true); END IF;
  IF org_changes THEN PERFORM pg_advisory_xact_lock(org_lock); ELSE PERFORM pg_advisory_xact_lock_shared(org_lock); END IF;
  FOREACH one IN ARRAY raised LOOP
    INSERT INTO bellman.record_number AS n (kind, last) VALUES (one, 1)
      ON CONFLICT (kind) DO UPDATE SET last = n.last + 1 RETURNING last INTO given;
    numbers := numbers || given;
  END LOOP;
  FOREACH one IN ARRAY ids LOOP
    SELECT json_build_object('id', id, 'seq', seq, 'hash', hash) INTO found_one FROM bellman.record WHERE id = one FOR UPDATE;
    IF FOUND THEN heads := heads || found_one; END IF;
  END LOOP;
  FOREACH one IN ARRAY ids LOOP
    SELECT json_build_object('id', one, 'states', json_object_agg(name, state)) INTO found_one FROM bellman.part WHERE record_id = one;
    parts := parts || found_one;
  END LOOP;
  FOR n IN 1 .. cardinality(users) LOOP
    SELECT json_build_object('platform', i.platform, 'user', i.user_id, 'person', p.id, 'active', p.active, 'bot', i.bot, 'guest', i.guest)
      INTO found_one FROM bellman.identity i JOIN bellman.person p ON p.id = i.person_id
      WHERE i.platform = platforms[n] AND i.user_id = users[n];
    IF FOUND THEN actors := actors || found_one; END IF;
  END LOOP;
  IF cardinality(timed) > 0 THEN
    SELECT coalesce(json_agg(json_build_object('r', record_id, 'k', key, 'at', extract(epoch FROM due_at)::float8 * 1000)), '[]')
      INTO timers FROM bellman.timer WHERE record_id = ANY (timed);
  END IF;
  FOREACH one IN ARRAY keys LOOP
    SELECT json_build_object('key', key, 'state', state, 'reply', reply) INTO found_one FROM bellman.inbound WHERE key = one;
    IF FOUND THEN requests := requests || found_one; END IF;
  END LOOP;
  SELECT seq INTO org_version FROM bellman.record WHERE id = 'ORG-1';
  RETURN json_build_object(
    'now', extract(epoch FROM bellman.now())::float8 * 1000, 'org', coalesce(org_version, 0), 'numbers', numbers,
    'heads', heads, 'parts', parts, 'actors', actors, 'timers', timers, 'inbound', requests);
END $$;

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
CREATE TRIGGER checkpoint_head_append_only BEFORE UPDATE OR DELETE ON bellman.checkpoint_head
  FOR EACH ROW EXECUTE FUNCTION bellman.refuse_change();
CREATE TRIGGER checkpoint_head_no_truncate BEFORE TRUNCATE ON bellman.checkpoint_head
  FOR EACH STATEMENT EXECUTE FUNCTION bellman.refuse_change();

ALTER TABLE bellman.record SET (fillfactor = 70);
ALTER TABLE bellman.part SET (fillfactor = 70);
ALTER TABLE bellman.delivery SET (fillfactor = 80);

CREATE SEQUENCE bellman.person_number;
