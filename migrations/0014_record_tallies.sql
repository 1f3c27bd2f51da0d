CREATE TABLE "bellman"."record_tally" (
	"question" text NOT NULL,
	"month" integer NOT NULL,
	"group" text NOT NULL,
	"count" integer NOT NULL
);
--> statement-breakpoint
DROP INDEX "bellman"."record_fact_raised";--> statement-breakpoint
DROP INDEX "bellman"."record_fact_closed";--> statement-breakpoint
CREATE INDEX "record_tally_question" ON "bellman"."record_tally" USING btree ("question","month","group","count");--> statement-breakpoint
CREATE INDEX "record_fact_guarded" ON "bellman"."record_fact" USING btree ("kind") WHERE guarded;--> statement-breakpoint
-- What a row counts as: for which question, in which month (0: now), in which group.
CREATE FUNCTION bellman.tallies(f bellman.record_fact) RETURNS TABLE (question text, month integer, "group" text, count integer)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT v.question, v.month, v."group", v.count FROM (VALUES
    ('type', f.raised_month, coalesce(left(f.category, 200), ''), 1),
    ('priority', f.raised_month, f.priority::text, 1),
    ('site', f.raised_month, coalesce(left(f.site, 200), ''), 1),
    ('part', f.raised_month, coalesce(left(f.items, 200), ''), 1),
    ('closure', f.closed_month, coalesce(f.closure, ''), 1),
    ('unresolved', CASE WHEN f.resolved_at IS NULL THEN 0 END, coalesce(left(f.category, 200), '') || E'\n' || coalesce(left(f.sub_category, 200), ''), 1),
    ('tier', CASE WHEN f.resolved_at IS NULL THEN 0 END, coalesce(f.tier::text, ''), 1),
    ('overall', f.raised_month, '', 1),
    ('overall', f.resolved_month, '', -1),
    ('shifting', f.resolved_month, coalesce(f.tier || CASE WHEN f.tier <> f.first_tier THEN '+' ELSE '' END, ''), 1),
    ('major', CASE WHEN f.major_ever THEN f.raised_month END, '', 1),
    ('high', CASE WHEN f.highest <= 1 THEN f.raised_month END, CASE WHEN f.priority <= 1 THEN 'now' ELSE 'before' END, 1)
  ) v (question, month, "group", count) WHERE f.kind = 'INC' AND v.month IS NOT NULL
$$;--> statement-breakpoint
-- Only adds rows: two changes at the same moment never wait for each other.
CREATE FUNCTION bellman.tally_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO bellman.record_tally (question, month, "group", count)
    SELECT t.question, t.month, t."group", sum(t.count) FROM after_it f, bellman.tallies(f) t WHERE NOT f.guarded GROUP BY 1, 2, 3;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION bellman.tally_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO bellman.record_tally (question, month, "group", count)
    SELECT question, month, "group", sum(count) FROM (
      SELECT t.question, t.month, t."group", t.count FROM after_it f, bellman.tallies(f) t WHERE NOT f.guarded
      UNION ALL
      SELECT t.question, t.month, t."group", -t.count FROM before_it f, bellman.tallies(f) t WHERE NOT f.guarded) both_ways
    GROUP BY 1, 2, 3 HAVING sum(count) <> 0;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER record_fact_new AFTER INSERT ON bellman.record_fact
  REFERENCING NEW TABLE AS after_it FOR EACH STATEMENT EXECUTE FUNCTION bellman.tally_new();--> statement-breakpoint
CREATE TRIGGER record_fact_changed AFTER UPDATE ON bellman.record_fact
  REFERENCING OLD TABLE AS before_it NEW TABLE AS after_it FOR EACH STATEMENT EXECUTE FUNCTION bellman.tally_changed();--> statement-breakpoint
INSERT INTO bellman.record_tally (question, month, "group", count)
  SELECT t.question, t.month, t."group", sum(t.count) FROM bellman.record_fact f, bellman.tallies(f) t WHERE NOT f.guarded GROUP BY 1, 2, 3;
