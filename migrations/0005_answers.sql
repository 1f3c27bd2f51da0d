CREATE TABLE "bellman"."comms_question" (
	"id" text PRIMARY KEY NOT NULL,
	"record_id" text NOT NULL,
	"number" integer NOT NULL,
	"audience" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"status" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bellman"."comms_seen" (
	"update_id" text NOT NULL,
	"person_id" text NOT NULL,
	"record_id" text NOT NULL,
	"platform" text NOT NULL,
	"user_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"counted" boolean DEFAULT false NOT NULL,
	CONSTRAINT "comms_seen_update_id_person_id_pk" PRIMARY KEY("update_id","person_id")
);
--> statement-breakpoint
CREATE INDEX "comms_question_open" ON "bellman"."comms_question" USING btree ("asked_at") WHERE status in ('open', 'to all');--> statement-breakpoint
CREATE INDEX "comms_question_record" ON "bellman"."comms_question" USING btree ("record_id");--> statement-breakpoint
CREATE INDEX "comms_seen_uncounted" ON "bellman"."comms_seen" USING btree ("record_id") WHERE not counted;