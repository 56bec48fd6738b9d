-- Pages as they were delivered, after masking, cut to what the settings keep. They live shorter than events do.
CREATE TABLE IF NOT EXISTS <<stored results>> <<on_cluster>> (
  ts DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  tenant LowCardinality(String),
  event_id UUID,
  session_id String CODEC(ZSTD(1)),
  request_id String CODEC(ZSTD(1)),
  principal String CODEC(ZSTD(1)),
  email String CODEC(ZSTD(1)),
  principal_kind LowCardinality(String),
  job_id String CODEC(ZSTD(1)),
  page_index UInt32,
  page_rows UInt32,
  total_rows Nullable(UInt64),
  page_hash String CODEC(ZSTD(1)),
  fields String CODEC(ZSTD(3)),
  rows_kept UInt32,
  bytes_kept UInt64,
  rows String CODEC(ZSTD(6)),
  writer LowCardinality(String),
  line UInt64 CODEC(Delta, ZSTD(1)),
  batch_id LowCardinality(String) DEFAULT getSetting('log_comment'),
  INDEX by_session session_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX by_event event_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX by_line line TYPE minmax GRANULARITY 1
)
ENGINE = <<engine MergeTree>>
PARTITION BY toYYYYMM(ts)
ORDER BY (tenant, toStartOfHour(ts), session_id, ts)
TTL toDateTime(ts) + INTERVAL <<result_days>> DAY
SETTINGS ttl_only_drop_parts = 1<<settings>>;

<<distributed results>>;
