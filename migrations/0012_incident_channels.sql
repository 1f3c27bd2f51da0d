CREATE TABLE "bellman"."incident_channel" (
	"record_id" text PRIMARY KEY NOT NULL,
	"platform" text NOT NULL,
	"name" text NOT NULL,
	"guarded" boolean NOT NULL,
	"people" jsonb NOT NULL,
	"asked" integer DEFAULT 1 NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "incident_channel_due" ON "bellman"."incident_channel" USING btree ("next_at") WHERE done < asked;