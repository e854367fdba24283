DROP INDEX "resource_changed";--> statement-breakpoint
CREATE INDEX "resource_changed" ON "resource" USING btree ("changed_at","id") WHERE deleted_at is null;