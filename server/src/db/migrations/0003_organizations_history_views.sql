-- What people write for an environment, as one word for each. The only place that knows the abbreviations.
CREATE FUNCTION environment_of(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURNS NULL ON NULL INPUT AS $$
  select case
    when word in ('prod', 'prd', 'production', 'live') then 'production'
    when word in ('stage', 'staging', 'stg', 'preprod', 'pre-prod', 'pre-production', 'preproduction') then 'staging'
    when word in ('dev', 'develop', 'development') then 'development'
    when word in ('test', 'tst', 'testing', 'qa', 'uat') then 'test'
    when word in ('sandbox', 'sbx', 'playground', 'lab') then 'sandbox'
    when word ~ '^[a-z0-9][a-z0-9-]{0,63}$' then word
  end
  from (select trim(both '-' from regexp_replace(lower(trim(said)), '[^a-z0-9]+', '-', 'g')) as word) as written
$$;
--> statement-breakpoint
-- The usual keys, in the order in which they count.
CREATE FUNCTION environment_of_tags(tags jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURNS NULL ON NULL INPUT AS $$
  select environment_of(coalesce(
    tags->>'Environment', tags->>'environment', tags->>'ENVIRONMENT', tags->>'Env', tags->>'env', tags->>'ENV',
    tags->>'Stage', tags->>'stage'))
$$;
--> statement-breakpoint
CREATE TABLE "account_event" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connection_id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"kind" text NOT NULL,
	"actor" text NOT NULL,
	"detail" text,
	"permissions" text[] DEFAULT '{}' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organization" (
	"connection_id" uuid PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"management_account_id" text NOT NULL,
	"external_id" text NOT NULL,
	"enrolment" jsonb,
	"enrolled_since" timestamp with time zone,
	"held_retirements" integer DEFAULT 0 NOT NULL,
	"last_complete" timestamp with time zone,
	"last_attempt" timestamp with time zone,
	"next_due" timestamp with time zone DEFAULT now() NOT NULL,
	"reason" text,
	"fix" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "organization_organization_id_unique" UNIQUE("organization_id"),
	CONSTRAINT "organization_external_id_unique" UNIQUE("external_id")
);
--> statement-breakpoint
CREATE TABLE "organization_account" (
	"connection_id" uuid NOT NULL,
	"account_id" text NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"ou_id" text NOT NULL,
	"state" text NOT NULL,
	"joined_organization_at" timestamp with time zone,
	"in_unit_since" timestamp with time zone NOT NULL,
	CONSTRAINT "organization_account_connection_id_account_id_pk" PRIMARY KEY("connection_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "organizational_unit" (
	"connection_id" uuid NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"parent_id" text,
	"path" text NOT NULL,
	"ancestors" text[] NOT NULL,
	"environment" text,
	CONSTRAINT "organizational_unit_connection_id_id_pk" PRIMARY KEY("connection_id","id")
);
--> statement-breakpoint
CREATE TABLE "saved_view" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"page" text NOT NULL,
	"name" text NOT NULL,
	"search" text NOT NULL,
	"shared" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "aws_account" DROP CONSTRAINT "aws_account_external_id_unique";--> statement-breakpoint
ALTER TABLE "aws_account" ADD COLUMN "environment" text;--> statement-breakpoint
ALTER TABLE "aws_account" ADD COLUMN "next_validation" timestamp with time zone;--> statement-breakpoint
UPDATE "aws_account" SET "next_validation" = now() WHERE "status" in ('active', 'error');--> statement-breakpoint
ALTER TABLE "resource" ADD COLUMN "environment" text GENERATED ALWAYS AS (environment_of_tags(tags)) STORED;--> statement-breakpoint
ALTER TABLE "account_event" ADD CONSTRAINT "account_event_connection_id_aws_account_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."aws_account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization" ADD CONSTRAINT "organization_connection_id_aws_account_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."aws_account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_account" ADD CONSTRAINT "organization_account_connection_id_organization_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."organization"("connection_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organizational_unit" ADD CONSTRAINT "organizational_unit_connection_id_organization_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."organization"("connection_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_event_connection" ON "account_event" USING btree ("connection_id","id");--> statement-breakpoint
CREATE INDEX "account_event_at" ON "account_event" USING btree ("at");--> statement-breakpoint
CREATE INDEX "organization_account_account" ON "organization_account" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "saved_view_name" ON "saved_view" USING btree ("user_id","page","name");--> statement-breakpoint
CREATE INDEX "aws_account_validation" ON "aws_account" USING btree ("next_validation");--> statement-breakpoint
CREATE VIEW "public"."account_environment" AS (
  select a.id as connection_id,
    coalesce(a.environment, environment_of_tags(a.tags), ou.environment) as environment,
    case when coalesce(a.environment, environment_of_tags(a.tags)) is not null then 'account'
      when ou.environment is not null then 'ou' end as source
  from aws_account a
  left join lateral (
    select u.environment from organization_account m
    join organizational_unit u on u.connection_id = m.connection_id and u.id = m.ou_id
    where m.account_id = a.account_id order by m.connection_id limit 1
  ) ou on true);