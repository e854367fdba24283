-- A body that names `environment_of` by itself and not by the text of its name: a dump is restored without a search path,
-- where the text named nothing, and the table of resources could not be made again.
CREATE OR REPLACE FUNCTION environment_of_tags(tags jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURNS NULL ON NULL INPUT
RETURN environment_of(coalesce(
  tags->>'Environment', tags->>'environment', tags->>'ENVIRONMENT', tags->>'Env', tags->>'env', tags->>'ENV',
  tags->>'Stage', tags->>'stage'));
