CREATE TABLE "aws_account" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"account_id" text NOT NULL,
	"partition" text NOT NULL,
	"credential_type" text NOT NULL,
	"credential_id" uuid,
	"regions" text[] NOT NULL,
	"default_region" text NOT NULL,
	"role_arn" text,
	"external_id" text,
	"status" text NOT NULL,
	"phase" text NOT NULL,
	"exposed" boolean DEFAULT false NOT NULL,
	"fix" jsonb,
	"last_validated" timestamp with time zone,
	"last_error" text,
	"permissions" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"tags" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "aws_account_external_id_unique" UNIQUE("external_id")
);
--> statement-breakpoint
CREATE TABLE "credential" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"access_key_id_hint" text NOT NULL,
	"current_version" integer NOT NULL,
	"last_tested" timestamp with time zone,
	"last_test_succeeded" boolean,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "edge" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "edge_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"src" bigint NOT NULL,
	"kind" text NOT NULL,
	"target_type" text NOT NULL,
	"target_key" text NOT NULL,
	"target_by" text NOT NULL,
	"reverse" boolean DEFAULT false NOT NULL,
	"dst" bigint,
	"valid_from" timestamp with time zone NOT NULL,
	"valid_to" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"only" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "installation_only_unique" UNIQUE("only")
);
--> statement-breakpoint
CREATE TABLE "job" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"requested_by" text NOT NULL,
	"account_ids" text[] NOT NULL,
	"total" integer NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"by_status" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"seen" integer DEFAULT 0 NOT NULL,
	"created" integer DEFAULT 0 NOT NULL,
	"changed" integer DEFAULT 0 NOT NULL,
	"deleted" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "job_scope" (
	"job_id" uuid NOT NULL,
	"scope_id" bigint NOT NULL,
	"after_fence" bigint NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "job_scope_job_id_scope_id_pk" PRIMARY KEY("job_id","scope_id")
);
--> statement-breakpoint
CREATE TABLE "kek_version" (
	"version" integer PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"check_value" "bytea" NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "refresh_token" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"successor" "bytea"
);
--> statement-breakpoint
CREATE TABLE "resource" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "resource_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"uid" uuid NOT NULL,
	"scope_id" bigint NOT NULL,
	"account_id" text NOT NULL,
	"region" text NOT NULL,
	"service" text NOT NULL,
	"resource_type" text NOT NULL,
	"native_id" text NOT NULL,
	"arn" text NOT NULL,
	"name" text NOT NULL,
	"state" text,
	"tags" jsonb NOT NULL,
	"properties" jsonb NOT NULL,
	"hash" "bytea" NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone,
	"discovered_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"missing_since" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"detail_error" jsonb,
	CONSTRAINT "resource_uid_unique" UNIQUE("uid")
);
--> statement-breakpoint
CREATE TABLE "resource_version" (
	"resource_id" bigint NOT NULL,
	"version" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"kind" text NOT NULL,
	"changes" jsonb NOT NULL,
	CONSTRAINT "resource_version_resource_id_version_pk" PRIMARY KEY("resource_id","version")
);
--> statement-breakpoint
CREATE TABLE "scan_run" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "scan_run_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"scope_id" bigint NOT NULL,
	"fence" bigint NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone NOT NULL,
	"outcome" text NOT NULL,
	"reason" text,
	"pages" integer NOT NULL,
	"calls" integer NOT NULL,
	"throttles" integer NOT NULL,
	"seen" integer NOT NULL,
	"created" integer NOT NULL,
	"changed" integer NOT NULL,
	"deleted" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "scope" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "scope_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"connection_id" uuid NOT NULL,
	"region" text NOT NULL,
	"resource_type" text NOT NULL,
	"service" text NOT NULL,
	"status" text DEFAULT 'NEW' NOT NULL,
	"reason" text,
	"fix" jsonb,
	"last_complete" timestamp with time zone,
	"last_attempt" timestamp with time zone,
	"next_due" timestamp with time zone DEFAULT now() NOT NULL,
	"priority" integer DEFAULT 10 NOT NULL,
	"lease_owner" text,
	"lease_until" timestamp with time zone,
	"fence" bigint DEFAULT 0 NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"live" integer DEFAULT 0 NOT NULL,
	"calls" integer DEFAULT 0 NOT NULL,
	"throttles" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "secret_version" (
	"owner_id" text NOT NULL,
	"kind" text NOT NULL,
	"version" integer NOT NULL,
	"kek_version" integer NOT NULL,
	"algorithm" integer DEFAULT 1 NOT NULL,
	"wrapped_dek" "bytea" NOT NULL,
	"commitment" "bytea" NOT NULL,
	"body" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "secret_version_owner_id_kind_version_pk" PRIMARY KEY("owner_id","kind","version")
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"revoked_reason" text,
	"user_agent" text,
	"ip" text
);
--> statement-breakpoint
CREATE TABLE "signing_key" (
	"kid" text PRIMARY KEY NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "user" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"password_hash" text NOT NULL,
	"role" text NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"must_change_password" boolean DEFAULT false NOT NULL,
	"token_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_email_unique" UNIQUE("email")
);
--> statement-breakpoint
ALTER TABLE "aws_account" ADD CONSTRAINT "aws_account_credential_id_credential_id_fk" FOREIGN KEY ("credential_id") REFERENCES "public"."credential"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "edge" ADD CONSTRAINT "edge_src_resource_id_fk" FOREIGN KEY ("src") REFERENCES "public"."resource"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "edge" ADD CONSTRAINT "edge_dst_resource_id_fk" FOREIGN KEY ("dst") REFERENCES "public"."resource"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job_scope" ADD CONSTRAINT "job_scope_job_id_job_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."job"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job_scope" ADD CONSTRAINT "job_scope_scope_id_scope_id_fk" FOREIGN KEY ("scope_id") REFERENCES "public"."scope"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refresh_token" ADD CONSTRAINT "refresh_token_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."session"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource" ADD CONSTRAINT "resource_scope_id_scope_id_fk" FOREIGN KEY ("scope_id") REFERENCES "public"."scope"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_version" ADD CONSTRAINT "resource_version_resource_id_resource_id_fk" FOREIGN KEY ("resource_id") REFERENCES "public"."resource"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scan_run" ADD CONSTRAINT "scan_run_scope_id_scope_id_fk" FOREIGN KEY ("scope_id") REFERENCES "public"."scope"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scope" ADD CONSTRAINT "scope_connection_id_aws_account_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."aws_account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secret_version" ADD CONSTRAINT "secret_version_kek_version_kek_version_version_fk" FOREIGN KEY ("kek_version") REFERENCES "public"."kek_version"("version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "aws_account_identity" ON "aws_account" USING btree ("partition","account_id");--> statement-breakpoint
CREATE INDEX "edge_src" ON "edge" USING btree ("src") WHERE valid_to is null;--> statement-breakpoint
CREATE INDEX "edge_dst" ON "edge" USING btree ("dst") WHERE valid_to is null;--> statement-breakpoint
CREATE INDEX "edge_unbound" ON "edge" USING btree ("target_key") WHERE dst is null and valid_to is null;--> statement-breakpoint
CREATE INDEX "job_created" ON "job" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "job_scope_open" ON "job_scope" USING btree ("scope_id") WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX "refresh_token_session" ON "refresh_token" USING btree ("session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "resource_identity" ON "resource" USING btree ("scope_id","native_id");--> statement-breakpoint
CREATE INDEX "resource_arn" ON "resource" USING btree ("arn");--> statement-breakpoint
CREATE INDEX "resource_native" ON "resource" USING btree ("resource_type","native_id");--> statement-breakpoint
CREATE INDEX "resource_live_name" ON "resource" USING btree ("name","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "resource_tags" ON "resource" USING gin (tags jsonb_path_ops) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "resource_changed" ON "resource" USING btree ("changed_at");--> statement-breakpoint
CREATE INDEX "resource_version_at" ON "resource_version" USING btree ("at");--> statement-breakpoint
CREATE INDEX "scan_run_scope" ON "scan_run" USING btree ("scope_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "scope_identity" ON "scope" USING btree ("connection_id","region","resource_type");--> statement-breakpoint
CREATE INDEX "scope_due" ON "scope" USING btree ("priority","next_due");--> statement-breakpoint
CREATE INDEX "secret_version_kek" ON "secret_version" USING btree ("kek_version");--> statement-breakpoint
CREATE INDEX "session_user" ON "session" USING btree ("user_id");