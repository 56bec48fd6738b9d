-- Two users with no more rights than they need. Run once, by an administrator, with passwords of your own:
--   clickhouse-client --param_writer_password=… --param_reader_password=… --multiquery < users.sql
-- The writer creates tables at its start and inserts. It reads back what it sent, and may neither delete nor change.
CREATE ROLE IF NOT EXISTS sluice_writer_role;
GRANT CREATE DATABASE, CREATE TABLE, CREATE VIEW, INSERT, SELECT ON sluice.* TO sluice_writer_role;
GRANT SELECT ON system.processes TO sluice_writer_role;
GRANT SELECT ON system.tables TO sluice_writer_role;
GRANT SELECT ON system.columns TO sluice_writer_role;

-- The reader is for questions that the gateway answers, dashboards and proofs: it reads Sluice's tables and how big they are.
CREATE ROLE IF NOT EXISTS sluice_reader_role;
GRANT SELECT ON sluice.* TO sluice_reader_role;
GRANT SELECT ON system.parts TO sluice_reader_role;
GRANT SELECT ON system.tables TO sluice_reader_role;
GRANT SELECT ON system.columns TO sluice_reader_role;

CREATE SETTINGS PROFILE IF NOT EXISTS sluice_reader_limits
  SETTINGS readonly = 2, max_execution_time = 60 MAX 60, max_memory_usage = 4000000000 MAX 4000000000
  TO sluice_reader_role;

CREATE USER IF NOT EXISTS sluice_writer IDENTIFIED WITH sha256_password BY {writer_password:String}
  DEFAULT ROLE sluice_writer_role;
CREATE USER IF NOT EXISTS sluice_reader IDENTIFIED WITH sha256_password BY {reader_password:String}
  DEFAULT ROLE sluice_reader_role;
GRANT sluice_writer_role TO sluice_writer;
GRANT sluice_reader_role TO sluice_reader;

-- On a cluster add ON CLUSTER to each statement, and these, for tables there are Distributed:
-- GRANT CLUSTER, REMOTE ON *.* TO sluice_writer_role;
-- GRANT REMOTE ON *.* TO sluice_reader_role;
