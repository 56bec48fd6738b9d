-- Who read this column: one row for each request, table and column.
CREATE TABLE IF NOT EXISTS <<stored column_access>> <<on_cluster>> (
  ts DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  tenant LowCardinality(String),
  event_id UUID,
  session_id String CODEC(ZSTD(1)),
  request_id String CODEC(ZSTD(1)),
  principal String CODEC(ZSTD(1)),
  email String CODEC(ZSTD(1)),
  principal_kind LowCardinality(String),
  job_id String CODEC(ZSTD(1)),
  table LowCardinality(String),
  column LowCardinality(String),
  access Array(LowCardinality(String)),
  uses Array(LowCardinality(String)),
  tags Array(LowCardinality(String)),
  via Array(String) CODEC(ZSTD(1)),
  mask LowCardinality(String),
  effect LowCardinality(String),
  decision_id String CODEC(ZSTD(1)),
  fingerprint String CODEC(ZSTD(1)),
  writer LowCardinality(String),
  line UInt64 CODEC(Delta, ZSTD(1)),
  batch_id LowCardinality(String) DEFAULT getSetting('log_comment'),
  INDEX by_event event_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX by_line line TYPE minmax GRANULARITY 1
)
ENGINE = <<engine MergeTree>>
PARTITION BY toYYYYMM(ts)
ORDER BY (tenant, table, column, ts)
TTL toDateTime(ts) + INTERVAL <<event_days>> DAY
SETTINGS ttl_only_drop_parts = 1<<settings>>;

<<distributed column_access>>;
