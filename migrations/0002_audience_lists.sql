CREATE TABLE "bellman"."audience_member" (
	"list" text NOT NULL,
	"version" integer NOT NULL,
	"place" text NOT NULL,
	"person" text,
	"name" text,
	"phone" text,
	"zone" text,
	"language" text,
	"unsubscribed_at" timestamp with time zone,
	CONSTRAINT "audience_member_list_version_place_pk" PRIMARY KEY("list","version","place")
);
--> statement-breakpoint
CREATE TABLE "bellman"."audience_version" (
	"list" text NOT NULL,
	"version" integer NOT NULL,
	"kind" text NOT NULL,
	"of" text NOT NULL,
	"count" integer NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	CONSTRAINT "audience_version_list_version_pk" PRIMARY KEY("list","version")
);
--> statement-breakpoint
ALTER TABLE "bellman"."person" ADD COLUMN "zone" text;--> statement-breakpoint
ALTER TABLE "bellman"."person" ADD COLUMN "language" text;--> statement-breakpoint
CREATE INDEX "audience_member_place" ON "bellman"."audience_member" USING btree ("list","place");