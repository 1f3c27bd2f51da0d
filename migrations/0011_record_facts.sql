CREATE TABLE "bellman"."record_fact" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"guarded" boolean DEFAULT false NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"category" text,
	"sub_category" text,
	"site" text,
	"items" text,
	"priority" integer NOT NULL,
	"highest" integer NOT NULL,
	"major" boolean DEFAULT false NOT NULL,
	"major_ever" boolean DEFAULT false NOT NULL,
	"tier" integer,
	"first_tier" integer,
	"moves" integer DEFAULT 0 NOT NULL,
	"resolver_group" text,
	"status" text NOT NULL,
	"raised_at" timestamp with time zone NOT NULL,
	"resolved_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"raised_month" integer NOT NULL,
	"resolved_month" integer,
	"closed_month" integer,
	"closure" text,
	"problem" text
);
--> statement-breakpoint
CREATE INDEX "record_fact_raised" ON "bellman"."record_fact" USING btree ("kind","raised_month","category","priority","guarded");--> statement-breakpoint
CREATE INDEX "record_fact_resolved" ON "bellman"."record_fact" USING btree ("kind","resolved_month","tier","first_tier","guarded");--> statement-breakpoint
CREATE INDEX "record_fact_closed" ON "bellman"."record_fact" USING btree ("kind","closed_month","closure","guarded");--> statement-breakpoint
CREATE INDEX "record_fact_unresolved" ON "bellman"."record_fact" USING btree ("kind","category","sub_category","tier") WHERE resolved_at is null;--> statement-breakpoint
CREATE INDEX "record_fact_worst" ON "bellman"."record_fact" USING btree ("kind","raised_month","highest") WHERE major_ever or highest <= 1;--> statement-breakpoint
CREATE INDEX "record_fact_at" ON "bellman"."record_fact" USING btree ("kind","raised_at");--> statement-breakpoint
-- Records that were raised before they were counted. What was so at some time, their journals know.
INSERT INTO "bellman"."record_fact" ("id", "kind", "guarded", "title", "category", "items", "priority", "highest", "major", "major_ever",
  "status", "raised_at", "resolved_at", "raised_month", "resolved_month", "problem")
SELECT f.id, f.kind, f.class IN ('private', 'confidential'), f.title, f.intake ->> 'category', nullif(trim(f.intake ->> 'items'), ''),
  f.priority, least(f.priority, j.highest), f.major, f.major OR j.major, coalesce(f.standing ->> 'status', 'open'), f.raised, f.resolved,
  (extract(year FROM f.raised AT TIME ZONE 'UTC') * 12 + extract(month FROM f.raised AT TIME ZONE 'UTC') - 1)::int,
  (extract(year FROM f.resolved AT TIME ZONE 'UTC') * 12 + extract(month FROM f.resolved AT TIME ZONE 'UTC') - 1)::int,
  f.problem
FROM (SELECT r.id, r.kind, r.class, r.title, s.intake, s.standing, s.state -> 'problems' ->> 0 AS problem,
    coalesce((s.standing ->> 'major')::boolean, false) AS major,
    array_position(ARRAY['high', 'medium', 'low'], s.intake ->> 'impact') + array_position(ARRAY['high', 'medium', 'low'], s.intake ->> 'urgency') - 2 AS priority,
    to_timestamp((s.state -> 'raised' ->> 'at')::float8 / 1000) AS raised,
    to_timestamp((s.standing ->> 'resolvedAt')::float8 / 1000) AS resolved
  FROM "bellman"."record" r
  JOIN LATERAL (SELECT p.state, p.state -> 'intake' AS intake, p.state -> 'standing' AS standing FROM "bellman"."part" p
    WHERE p.record_id = r.id AND p.name = CASE r.kind WHEN 'INC' THEN 'incident' ELSE 'problem' END) s ON true
  WHERE r.kind IN ('INC', 'PRB')) f
CROSS JOIN LATERAL (SELECT coalesce(bool_or(o.type LIKE '%.declared'), false) AS major,
    min(array_position(ARRAY['high', 'medium', 'low'], o.body::jsonb -> 'data' ->> 'impact')
      + array_position(ARRAY['high', 'medium', 'low'], o.body::jsonb -> 'data' ->> 'urgency') - 2) AS highest
  FROM "bellman"."journal" o WHERE o.record_id = f.id
    AND o.type IN ('incident.declared', 'problem.declared', 'incident.raised', 'problem.raised', 'incident.edited', 'problem.edited')) j
WHERE f.raised IS NOT NULL AND f.priority IS NOT NULL;
