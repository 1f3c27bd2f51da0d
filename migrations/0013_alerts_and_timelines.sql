CREATE TABLE "bellman"."alert" (
	"id" text PRIMARY KEY NOT NULL,
	"record_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bellman"."alert_key" (
	"id" text PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"made_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bellman"."timeline_message" (
	"message" text PRIMARY KEY NOT NULL,
	"record_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bellman"."timeline_place" (
	"place" text NOT NULL,
	"record_id" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	CONSTRAINT "timeline_place_place_record_id_pk" PRIMARY KEY("place","record_id")
);
--> statement-breakpoint
CREATE INDEX "alert_record" ON "bellman"."alert" USING btree ("record_id");--> statement-breakpoint
CREATE INDEX "timeline_message_record" ON "bellman"."timeline_message" USING btree ("record_id");