-- What drizzle-kit cannot write: the clock, the append-only journal, the room for updates in place.

-- PL/pgSQL keeps its plan; as an SQL function it was planned at each call, which cost more than everything else in a short query.
CREATE FUNCTION bellman.now() RETURNS timestamptz LANGUAGE plpgsql VOLATILE PARALLEL SAFE AS $$
DECLARE moment timestamptz;
BEGIN
  SELECT base + (clock_timestamp() - started_at) * rate INTO moment FROM bellman.clock;
  RETURN coalesce(moment, clock_timestamp());
END $$;

-- Takes the locks of a transaction in their order (ORG-1, numbers, records by id), and only then reads: each statement of this
-- function sees what was committed before its own start, so nothing is read that was written before the locks were had.
CREATE FUNCTION bellman.open(
  org_changes boolean, raised text[], ids text[], platforms text[], users text[], timed text[], keys text[]
) RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  org_lock CONSTANT bigint := 4170001;
  kind_raised text;
  given int;
  numbers int[] := '{}';
  heads jsonb; parts jsonb; actors jsonb := '[]'; timers jsonb := '[]'; requests jsonb := '[]';
BEGIN
  IF org_changes THEN PERFORM pg_advisory_xact_lock(org_lock); ELSE PERFORM pg_advisory_xact_lock_shared(org_lock); END IF;
  FOREACH kind_raised IN ARRAY raised LOOP
    INSERT INTO bellman.record_number AS n (kind, last) VALUES (kind_raised, 1)
      ON CONFLICT (kind) DO UPDATE SET last = n.last + 1 RETURNING last INTO given;
    numbers := numbers || given;
  END LOOP;
  SELECT jsonb_agg(jsonb_build_object('id', l.id, 'seq', l.seq, 'hash', l.hash)) INTO heads
    FROM (SELECT id, seq, hash FROM bellman.record WHERE id = ANY (ids) ORDER BY id FOR UPDATE) l;
  SELECT jsonb_agg(jsonb_build_object('r', record_id, 'n', name, 's', state)) INTO parts
    FROM bellman.part WHERE record_id = ANY (ids);
  IF cardinality(users) > 0 THEN
    SELECT coalesce(jsonb_agg(jsonb_build_object('platform', i.platform, 'user', i.user_id, 'person', p.id,
        'active', p.active, 'bot', i.bot, 'guest', i.guest)), '[]') INTO actors
      FROM unnest(platforms, users) a(platform, user_id)
      JOIN bellman.identity i USING (platform, user_id) JOIN bellman.person p ON p.id = i.person_id;
  END IF;
  IF cardinality(timed) > 0 THEN
    SELECT coalesce(jsonb_agg(jsonb_build_object('r', record_id, 'k', key, 'at', extract(epoch FROM due_at)::float8 * 1000)), '[]')
      INTO timers FROM bellman.timer WHERE record_id = ANY (timed);
  END IF;
  IF cardinality(keys) > 0 THEN
    SELECT coalesce(jsonb_agg(jsonb_build_object('key', key, 'state', state, 'reply', reply)), '[]') INTO requests
      FROM bellman.inbound WHERE key = ANY (keys);
  END IF;
  RETURN jsonb_build_object(
    'now', extract(epoch FROM bellman.now())::float8 * 1000,
    'org', coalesce((SELECT seq FROM bellman.record WHERE id = 'ORG-1'), 0),
    'numbers', to_jsonb(numbers), 'heads', coalesce(heads, '[]'), 'parts', coalesce(parts, '[]'),
    'actors', actors, 'timers', timers, 'inbound', requests);
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
