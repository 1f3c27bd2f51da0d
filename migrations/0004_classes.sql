ALTER TABLE "bellman"."record" ADD COLUMN "class" text DEFAULT 'sensitive' NOT NULL;--> statement-breakpoint
ALTER TABLE "bellman"."record" ADD COLUMN "people" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
-- As what somebody reads: themselves, each role that they hold now, and whoever delegated to them. The same as `standing` in src/core/reading.ts.
CREATE FUNCTION bellman.standing(reader text) RETURNS text[] LANGUAGE sql STABLE AS $$
  WITH org AS (SELECT state FROM bellman.part WHERE record_id = 'ORG-1' AND name = 'org')
  SELECT ARRAY[reader]
    || ARRAY(SELECT role FROM org, jsonb_each(coalesce(state -> 'roles', '{}')) r (role, holders) WHERE holders ? reader)
    || ARRAY(SELECT giver FROM org, jsonb_each(coalesce(state -> 'delegations', '{}')) d (giver, given)
        WHERE given ->> 'to' = reader AND (given ->> 'until')::float8 > extract(epoch FROM bellman.now())::float8 * 1000)
$$;
