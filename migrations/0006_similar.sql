-- Likeness of writing. Trusted since Postgres 13: whoever owns the database may add it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE TABLE "bellman"."similar" (
	"id" text PRIMARY KEY NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"symptom" text DEFAULT '' NOT NULL,
	"workaround" text DEFAULT '' NOT NULL,
	"items" text DEFAULT '' NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"words" "tsvector" GENERATED ALWAYS AS (setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', symptom), 'B') || setweight(to_tsvector('english', items), 'B') || setweight(to_tsvector('english', workaround), 'D')) STORED
);
--> statement-breakpoint
CREATE INDEX "similar_words" ON "bellman"."similar" USING gin ("words") WHERE status = 'open';--> statement-breakpoint
CREATE INDEX "similar_title" ON "bellman"."similar" USING gin (title gin_trgm_ops) WHERE status = 'open';--> statement-breakpoint
-- Problems that were raised before there was a search.
INSERT INTO "bellman"."similar" ("id", "title", "symptom", "items", "status")
  SELECT r.id, r.title, coalesce(p.state -> 'intake' ->> 'details', ''), coalesce(p.state -> 'intake' ->> 'items', ''),
    CASE WHEN r.status = 'resolved' THEN 'over' ELSE 'open' END
  FROM "bellman"."record" r JOIN "bellman"."part" p ON p.record_id = r.id AND p.name = 'problem' WHERE r.kind = 'PRB';
