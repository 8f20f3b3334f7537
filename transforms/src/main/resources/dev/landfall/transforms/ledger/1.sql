-- The ledger of the first release.

DO $$ BEGIN
  -- IF NOT EXISTS asks for the right to make one first, even where it is there.
  IF to_regnamespace('landfall') IS NULL THEN CREATE SCHEMA landfall; END IF;
END $$;

CREATE TABLE landfall.version (
  number int PRIMARY KEY,
  made timestamptz NOT NULL DEFAULT clock_timestamp());

CREATE TABLE landfall.migration (
  name text PRIMARY KEY,
  earlier_of text,
  source text NOT NULL,
  source_identity text,
  source_address text,
  source_noted timestamptz,
  mapping text[] NOT NULL,
  tables text[] NOT NULL,
  targets text[] NOT NULL,
  booleans text[] NOT NULL,
  bigints text[] NOT NULL,
  filled text[] NOT NULL,
  extension_types text[] NOT NULL,
  enum_types text[] NOT NULL,
  made text[] NOT NULL,
  existing text[] NOT NULL,
  appended text[] NOT NULL,
  phase text NOT NULL DEFAULT 'NEW',
  after_load timestamptz,
  created timestamptz NOT NULL DEFAULT clock_timestamp());

CREATE TABLE landfall.run (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  migration text NOT NULL REFERENCES landfall.migration ON DELETE CASCADE,
  command text NOT NULL,
  activity text NOT NULL,
  phase text,
  holder text NOT NULL,
  started timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended timestamptz,
  outcome text,
  stop_requested text,
  looked text[],
  level text,
  slice text,
  rows_compared bigint,
  differences bigint,
  new_differences bigint,
  settled_differences bigint);

CREATE TABLE landfall.event (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  migration text NOT NULL REFERENCES landfall.migration ON DELETE CASCADE,
  run bigint REFERENCES landfall.run ON DELETE CASCADE,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  kind text NOT NULL,
  facts jsonb NOT NULL,
  text text NOT NULL);

CREATE INDEX event_kind ON landfall.event (migration, kind, id);

CREATE INDEX event_run ON landfall.event (run, id);

-- Written once a second, and read by whoever looks on: new versions of its row fit into its page.
CREATE TABLE landfall.step (
  migration text NOT NULL REFERENCES landfall.migration ON DELETE CASCADE,
  activity text NOT NULL,
  run bigint NOT NULL,
  kind text NOT NULL,
  began timestamptz NOT NULL DEFAULT clock_timestamp(),
  done bigint NOT NULL DEFAULT 0,
  things bigint NOT NULL,
  rows bigint NOT NULL DEFAULT 0,
  rows_expected bigint NOT NULL,
  PRIMARY KEY (migration, activity))
WITH (fillfactor = 10);

CREATE TABLE landfall.chunk (
  migration text NOT NULL REFERENCES landfall.migration ON DELETE CASCADE,
  plan text NOT NULL,
  table_position int NOT NULL,
  number bigint NOT NULL,
  ordinal bigint GENERATED ALWAYS AS IDENTITY,
  cut text NOT NULL,
  key text[] NOT NULL,
  range_start text[],
  range_end text[],
  pieces bigint NOT NULL,
  estimated_rows bigint NOT NULL,
  run bigint,
  started timestamptz,
  committed timestamptz,
  rows_read bigint NOT NULL DEFAULT 0,
  rows_loaded bigint NOT NULL DEFAULT 0,
  rows_filtered bigint NOT NULL DEFAULT 0,
  rows_rejected bigint NOT NULL DEFAULT 0,
  bytes bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (migration, plan, table_position, number),
  CONSTRAINT every_row_accounted_for
    CHECK (rows_read = rows_loaded + rows_filtered + rows_rejected))
WITH (fillfactor = 50);

CREATE INDEX chunk_pending ON landfall.chunk (migration, plan, ordinal) WHERE committed IS NULL;

CREATE TABLE landfall.turn (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  migration text NOT NULL REFERENCES landfall.migration ON DELETE CASCADE,
  plan text NOT NULL,
  previous bigint NOT NULL DEFAULT 0,
  position bigint NOT NULL DEFAULT 0);

CREATE TABLE landfall.reject (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  migration text NOT NULL REFERENCES landfall.migration ON DELETE CASCADE,
  table_name text NOT NULL,
  table_position int NOT NULL,
  chunk bigint NOT NULL,
  key jsonb NOT NULL,
  column_name text,
  reason text NOT NULL,
  value text,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  mended timestamptz,
  mended_by bigint,
  target_keys text[]);

CREATE INDEX reject_mended ON landfall.reject (migration, table_position)
  WHERE mended IS NOT NULL;

CREATE TABLE landfall.disposition (
  migration text NOT NULL REFERENCES landfall.migration ON DELETE CASCADE,
  table_position int NOT NULL,
  chunk bigint NOT NULL,
  target_table text NOT NULL,
  column_name text NOT NULL,
  rule text NOT NULL,
  rows bigint NOT NULL,
  sample_keys jsonb NOT NULL DEFAULT '[]',
  PRIMARY KEY (migration, table_position, chunk, target_table, column_name, rule));

CREATE TABLE landfall.settled (
  id bigint GENERATED ALWAYS AS IDENTITY,
  migration text NOT NULL REFERENCES landfall.migration ON DELETE CASCADE,
  table_position int NOT NULL,
  target_table text NOT NULL,
  rows bigint NOT NULL,
  made timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (migration, target_table));

CREATE TABLE landfall.duplicate (
  migration text NOT NULL REFERENCES landfall.migration ON DELETE CASCADE,
  table_position int NOT NULL,
  target_table text NOT NULL,
  source_table text NOT NULL,
  source_key text NOT NULL,
  key text NOT NULL,
  winner text NOT NULL,
  PRIMARY KEY (migration, target_table, source_table, source_key));

-- Not of the migration's life: one that is begun anew gives the same numbers.
CREATE TABLE landfall.key_space (
  migration text NOT NULL,
  of_table text NOT NULL,
  next bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (migration, of_table));

CREATE TABLE landfall.key_number (
  migration text NOT NULL,
  of_table text NOT NULL,
  key text COLLATE "C" NOT NULL,
  number bigint NOT NULL,
  mark text NOT NULL,
  PRIMARY KEY (migration, of_table, key),
  UNIQUE (migration, of_table, number));

CREATE TABLE landfall.comparison (
  run bigint NOT NULL REFERENCES landfall.run ON DELETE CASCADE,
  position int NOT NULL,
  table_position int NOT NULL,
  target_position int NOT NULL,
  buckets int NOT NULL,
  cells int NOT NULL,
  cell_column int NOT NULL,
  lowest numeric,
  highest numeric,
  PRIMARY KEY (run, position));

CREATE TABLE landfall.piece (
  run bigint NOT NULL REFERENCES landfall.run ON DELETE CASCADE,
  table_position int NOT NULL,
  target_position int NOT NULL,
  piece bigint NOT NULL,
  source_rows bigint NOT NULL,
  target_rows bigint NOT NULL,
  cells bytea,
  round int,
  PRIMARY KEY (run, table_position, target_position, piece));

CREATE TABLE landfall.round (
  run bigint NOT NULL REFERENCES landfall.run ON DELETE CASCADE,
  number int NOT NULL,
  recorded timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (run, number));

CREATE TABLE landfall.finding (
  run bigint NOT NULL REFERENCES landfall.run ON DELETE CASCADE,
  round int NOT NULL,
  table_position int NOT NULL,
  target_position int NOT NULL,
  matched bigint NOT NULL,
  changed bigint NOT NULL,
  missing bigint NOT NULL,
  extra bigint NOT NULL,
  PRIMARY KEY (run, round, table_position, target_position));

CREATE TABLE landfall.verification (
  run bigint NOT NULL REFERENCES landfall.run ON DELETE CASCADE,
  migration text NOT NULL,
  table_position int NOT NULL,
  target_table text NOT NULL,
  finished timestamptz NOT NULL DEFAULT clock_timestamp(),
  level text NOT NULL,
  looks int NOT NULL,
  seed bigint,
  pass bigint,
  complete boolean NOT NULL DEFAULT true,
  source_rows bigint NOT NULL,
  target_rows bigint NOT NULL,
  matched bigint NOT NULL,
  changed bigint NOT NULL,
  missing bigint NOT NULL,
  extra bigint NOT NULL,
  settled bigint NOT NULL,
  PRIMARY KEY (run, table_position, target_table));

CREATE TABLE landfall.difference (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run bigint NOT NULL REFERENCES landfall.run ON DELETE CASCADE,
  migration text NOT NULL,
  round int NOT NULL,
  table_position int NOT NULL,
  target_table text NOT NULL,
  key jsonb NOT NULL,
  kind text NOT NULL,
  columns text[] NOT NULL,
  column_values jsonb NOT NULL,
  copies bigint NOT NULL,
  reject text,
  is_new boolean NOT NULL DEFAULT false);

CREATE TABLE landfall.known_difference (
  migration text NOT NULL REFERENCES landfall.migration ON DELETE CASCADE,
  target_table text NOT NULL,
  key_hash bytea NOT NULL,
  first_run bigint NOT NULL,
  last_run bigint NOT NULL,
  since timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (migration, target_table, key_hash));

CREATE TABLE landfall.pass (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  migration text NOT NULL REFERENCES landfall.migration ON DELETE CASCADE,
  began timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished timestamptz);

CREATE UNIQUE INDEX pass_open ON landfall.pass (migration) WHERE finished IS NULL;

-- What runs look at of a pass; it has come as far as those that are done.
CREATE TABLE landfall.slice (
  run bigint NOT NULL REFERENCES landfall.run ON DELETE CASCADE,
  table_position int NOT NULL,
  pass bigint NOT NULL REFERENCES landfall.pass ON DELETE CASCADE,
  key text[] NOT NULL,
  range_start text[],
  range_end text[],
  rows bigint NOT NULL,
  done boolean NOT NULL DEFAULT false,
  PRIMARY KEY (run, table_position));

-- What became of the questions that a run asked of a subject, which is among what it looked at.
CREATE TABLE landfall.check_result (
  run bigint NOT NULL REFERENCES landfall.run ON DELETE CASCADE,
  subject text NOT NULL,
  position int NOT NULL,
  name text NOT NULL,
  outcome text NOT NULL,
  message text,
  notes text[] NOT NULL DEFAULT '{}',
  differences bigint NOT NULL,
  finished timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (run, subject, position));

-- An object of a table, what was promised and found; or a row: its key, a column, and the values
-- of both sides.
CREATE TABLE landfall.check_finding (
  run bigint NOT NULL,
  subject text NOT NULL,
  position int NOT NULL,
  number int NOT NULL,
  severity text NOT NULL,
  kind text NOT NULL,
  table_name text,
  object text,
  key jsonb NOT NULL,
  expected text,
  found text,
  reason text,
  remedy text,
  PRIMARY KEY (run, subject, position, number),
  FOREIGN KEY (run, subject, position) REFERENCES landfall.check_result ON DELETE CASCADE);

CREATE TABLE landfall.self_test (
  run bigint NOT NULL REFERENCES landfall.run ON DELETE CASCADE,
  position int NOT NULL,
  target_table text NOT NULL,
  columns text[] NOT NULL,
  type text,
  fault text NOT NULL,
  wanted text NOT NULL,
  found text NOT NULL,
  passed boolean NOT NULL,
  PRIMARY KEY (run, position));

CREATE TABLE landfall.repair (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run bigint NOT NULL REFERENCES landfall.run ON DELETE CASCADE,
  migration text NOT NULL,
  verification bigint,
  table_position int NOT NULL,
  target_table text NOT NULL,
  key jsonb NOT NULL,
  action text NOT NULL,
  before_hash text,
  after_hash text,
  reason text,
  at timestamptz NOT NULL DEFAULT clock_timestamp());

-- By a hash: an index refuses what is longer than a third of a page.
CREATE INDEX repair_key ON landfall.repair (run, target_table, md5(key::text));
