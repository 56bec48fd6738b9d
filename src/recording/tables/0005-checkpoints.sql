-- What each writer signed of its own chain. Kept when events are not any more: a checkpoint says what once was.
CREATE TABLE IF NOT EXISTS <<stored checkpoints>> <<on_cluster>> (
  ts DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  tenant LowCardinality(String),
  first_seq UInt64,
  last_seq UInt64,
  first_hash String,
  last_hash String,
  first_at DateTime64(6, 'UTC'),
  last_at DateTime64(6, 'UTC'),
  key_id LowCardinality(String),
  signature String,
  writer LowCardinality(String),
  line UInt64,
  batch_id LowCardinality(String) DEFAULT getSetting('log_comment')
)
ENGINE = <<engine MergeTree>>
PARTITION BY toYYYYMM(ts)
ORDER BY (writer, first_seq)
SETTINGS index_granularity = 8192<<settings>>;

<<distributed_by writer checkpoints>>;
