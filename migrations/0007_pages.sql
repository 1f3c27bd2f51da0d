CREATE TABLE "bellman"."page_post" (
	"delivery" text PRIMARY KEY NOT NULL,
	"seq" bigserial NOT NULL,
	"page" text NOT NULL,
	"record_id" text NOT NULL,
	"update_id" text NOT NULL,
	"card" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "page_post_page" ON "bellman"."page_post" USING btree ("page","seq");--> statement-breakpoint
CREATE INDEX "page_post_update" ON "bellman"."page_post" USING btree ("update_id");