ALTER TABLE "resource" ADD COLUMN "endpoint" text;--> statement-breakpoint
CREATE INDEX "resource_endpoint" ON "resource" USING btree ("endpoint") WHERE endpoint is not null and deleted_at is null;