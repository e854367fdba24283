ALTER TABLE "scope" ADD COLUMN "held_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "scope" ADD COLUMN "held_missing" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "scope" ADD COLUMN "disappearance_confirmed_at" timestamp with time zone;