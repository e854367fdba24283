CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
DROP INDEX "edge_src";--> statement-breakpoint
DROP INDEX "edge_dst";--> statement-breakpoint
DROP INDEX "job_scope_open";--> statement-breakpoint
DROP INDEX "resource_live_name";--> statement-breakpoint
ALTER TABLE "scope" ADD COLUMN "entry_digest" text;--> statement-breakpoint
CREATE INDEX "edge_from" ON "edge" USING btree ("src");--> statement-breakpoint
CREATE INDEX "edge_to" ON "edge" USING btree ("dst");--> statement-breakpoint
CREATE INDEX "job_scope_scope" ON "job_scope" USING btree ("scope_id");--> statement-breakpoint
CREATE INDEX "resource_live_order" ON "resource" USING btree (lower(name) collate "C","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "resource_live_named" ON "resource" USING btree ("resource_type","name") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "resource_text" ON "resource" USING gin ((name || ' ' || native_id || ' ' || arn) gin_trgm_ops) WHERE deleted_at is null;