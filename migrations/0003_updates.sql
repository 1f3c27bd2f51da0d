CREATE TABLE "bellman"."comms_update" (
	"id" text PRIMARY KEY NOT NULL,
	"record_id" text NOT NULL,
	"number" integer,
	"audience" text NOT NULL,
	"phase" text NOT NULL,
	"outcome" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"released_at" timestamp with time zone,
	"by" jsonb,
	"late" boolean DEFAULT false NOT NULL,
	"exercise" boolean DEFAULT false NOT NULL,
	"waits_for" jsonb
);
--> statement-breakpoint
CREATE INDEX "comms_update_record" ON "bellman"."comms_update" USING btree ("record_id","opened_at");--> statement-breakpoint
CREATE UNIQUE INDEX "comms_update_number" ON "bellman"."comms_update" USING btree ("number") WHERE number is not null;--> statement-breakpoint
CREATE INDEX "comms_update_open" ON "bellman"."comms_update" USING btree ("due_at") WHERE outcome in ('upcoming', 'drafting', 'awaiting release', 'leaving');--> statement-breakpoint
CREATE INDEX "comms_update_ended" ON "bellman"."comms_update" USING btree ("released_at","audience") WHERE released_at is not null;