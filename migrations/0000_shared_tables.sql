CREATE SCHEMA IF NOT EXISTS "bellman";
--> statement-breakpoint
CREATE TABLE "bellman"."checkpoint" (
	"number" integer PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"entries" integer NOT NULL,
	"root" text NOT NULL,
	"previous_root" text NOT NULL,
	"signature" text NOT NULL,
	"body" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bellman"."checkpoint_head" (
	"number" integer NOT NULL,
	"record_id" text NOT NULL,
	"seq" integer NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "checkpoint_head_record_id_number_pk" PRIMARY KEY("record_id","number")
);
--> statement-breakpoint
CREATE TABLE "bellman"."clock" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"base" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"rate" double precision NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bellman"."delivery" (
	"id" text PRIMARY KEY NOT NULL,
	"seq" bigserial NOT NULL,
	"record_id" text NOT NULL,
	"place" text NOT NULL,
	"platform" text NOT NULL,
	"urgency" integer DEFAULT 5 NOT NULL,
	"content" jsonb NOT NULL,
	"content_hash" text NOT NULL,
	"live" text,
	"update_id" text,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"not_before" timestamp with time zone NOT NULL,
	"first_sent_at" timestamp with time zone,
	"lease_until" timestamp with time zone,
	"looks" integer DEFAULT 0 NOT NULL,
	"external_id" text,
	"sent_at" timestamp with time zone,
	"error" text,
	"dirty" boolean DEFAULT false NOT NULL,
	"edited_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bellman"."form_draft" (
	"id" text PRIMARY KEY NOT NULL,
	"asker" text NOT NULL,
	"doing" text NOT NULL,
	"input" jsonb NOT NULL,
	"answers" jsonb NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bellman"."inbound" (
	"key" text PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"intent" jsonb,
	"reply" jsonb,
	"received_at" timestamp with time zone NOT NULL,
	"lease_until" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bellman"."instance" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"id" text NOT NULL,
	"mark" integer DEFAULT 0 NOT NULL,
	"held" text
);
--> statement-breakpoint
CREATE TABLE "bellman"."journal" (
	"record_id" text NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"type" text NOT NULL,
	"body" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "journal_record_id_seq_pk" PRIMARY KEY("record_id","seq")
);
--> statement-breakpoint
CREATE TABLE "bellman"."journal_words" (
	"record_id" text NOT NULL,
	"seq" integer NOT NULL,
	"salt" text NOT NULL,
	"words" jsonb,
	CONSTRAINT "journal_words_record_id_seq_pk" PRIMARY KEY("record_id","seq")
);
--> statement-breakpoint
CREATE TABLE "bellman"."part" (
	"record_id" text NOT NULL,
	"name" text NOT NULL,
	"state" jsonb NOT NULL,
	CONSTRAINT "part_record_id_name_pk" PRIMARY KEY("record_id","name")
);
--> statement-breakpoint
CREATE TABLE "bellman"."place_lease" (
	"place" text PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bellman"."process_lease" (
	"name" text PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bellman"."rate" (
	"key" text PRIMARY KEY NOT NULL,
	"tokens" double precision NOT NULL,
	"filled_at" timestamp with time zone NOT NULL,
	"paused_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "bellman"."record" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"number" integer NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"status" text DEFAULT '' NOT NULL,
	"owner" text,
	"seq" integer DEFAULT 0 NOT NULL,
	"hash" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bellman"."record_link" (
	"from_id" text NOT NULL,
	"to_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "record_link_from_id_to_id_pk" PRIMARY KEY("from_id","to_id")
);
--> statement-breakpoint
CREATE TABLE "bellman"."record_number" (
	"kind" text PRIMARY KEY NOT NULL,
	"last" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bellman"."timer" (
	"record_id" text NOT NULL,
	"key" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"part" text NOT NULL,
	"command" jsonb NOT NULL,
	"lease_holder" text,
	"lease_until" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"parked_at" timestamp with time zone,
	CONSTRAINT "timer_record_id_key_pk" PRIMARY KEY("record_id","key")
);
--> statement-breakpoint
CREATE TABLE "bellman"."identity" (
	"platform" text NOT NULL,
	"user_id" text NOT NULL,
	"person_id" text NOT NULL,
	"handle" text NOT NULL,
	"bot" boolean DEFAULT false NOT NULL,
	"guest" boolean DEFAULT false NOT NULL,
	"last_used_at" timestamp with time zone NOT NULL,
	CONSTRAINT "identity_platform_user_id_pk" PRIMARY KEY("platform","user_id")
);
--> statement-breakpoint
CREATE TABLE "bellman"."link_code" (
	"code" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"platform" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bellman"."person" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"phone" text,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bellman"."console_channel" (
	"name" text PRIMARY KEY NOT NULL,
	"seq" bigserial NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bellman"."console_message" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"place" text NOT NULL,
	"only" text,
	"author" text,
	"content" jsonb NOT NULL,
	"delivery" text,
	"key" text,
	"at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bellman"."console_person" (
	"handle" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"seq" bigserial NOT NULL
);
--> statement-breakpoint
CREATE INDEX "delivery_open" ON "bellman"."delivery" USING btree ("not_before") WHERE state in ('waiting', 'sending', 'unknown');--> statement-breakpoint
CREATE INDEX "delivery_place_open" ON "bellman"."delivery" USING btree ("place","seq") WHERE state in ('waiting', 'sending', 'unknown');--> statement-breakpoint
CREATE INDEX "delivery_dirty" ON "bellman"."delivery" USING btree ("place") WHERE dirty;--> statement-breakpoint
CREATE INDEX "delivery_live" ON "bellman"."delivery" USING btree ("record_id","live") WHERE live is not null;--> statement-breakpoint
CREATE INDEX "delivery_record" ON "bellman"."delivery" USING btree ("record_id","seq");--> statement-breakpoint
CREATE INDEX "delivery_update" ON "bellman"."delivery" USING btree ("update_id") WHERE update_id is not null;--> statement-breakpoint
CREATE INDEX "inbound_pending" ON "bellman"."inbound" USING btree ("received_at") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "inbound_old" ON "bellman"."inbound" USING brin ("received_at");--> statement-breakpoint
CREATE INDEX "journal_at" ON "bellman"."journal" USING brin ("at");--> statement-breakpoint
CREATE INDEX "record_list" ON "bellman"."record" USING btree ("kind","status","number");--> statement-breakpoint
CREATE UNIQUE INDEX "record_kind_number" ON "bellman"."record" USING btree ("kind","number");--> statement-breakpoint
CREATE INDEX "record_link_to" ON "bellman"."record_link" USING btree ("to_id");--> statement-breakpoint
CREATE INDEX "timer_due" ON "bellman"."timer" USING btree ("due_at") WHERE parked_at is null;--> statement-breakpoint
CREATE INDEX "identity_person" ON "bellman"."identity" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "identity_handle" ON "bellman"."identity" USING btree ("platform","handle");--> statement-breakpoint
CREATE INDEX "console_message_place" ON "bellman"."console_message" USING btree ("place","id");--> statement-breakpoint
CREATE INDEX "console_message_delivery" ON "bellman"."console_message" USING btree ("delivery");--> statement-breakpoint
CREATE UNIQUE INDEX "console_message_key" ON "bellman"."console_message" USING btree ("key");