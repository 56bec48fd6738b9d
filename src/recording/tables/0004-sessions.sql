-- Where and when a session was. Only what stays right when a row is added twice; counts are taken from events.
CREATE TABLE IF NOT EXISTS <<stored sessions>> <<on_cluster>> (
  tenant LowCardinality(String),
  session_id String,
  principal SimpleAggregateFunction(anyLast, String),
  email SimpleAggregateFunction(anyLast, String),
  principal_kind SimpleAggregateFunction(anyLast, String),
  client SimpleAggregateFunction(anyLast, String),
  has_key SimpleAggregateFunction(max, UInt8),
  first_at SimpleAggregateFunction(min, DateTime64(6, 'UTC')),
  last_at SimpleAggregateFunction(max, DateTime64(6, 'UTC'))
)
ENGINE = <<engine AggregatingMergeTree>>
ORDER BY (tenant, session_id)
TTL toDateTime(last_at) + INTERVAL <<event_days>> DAY
SETTINGS index_granularity = 8192<<settings>>;

<<distributed sessions>>;

CREATE MATERIALIZED VIEW IF NOT EXISTS <<database>>.sessions_of_events <<on_cluster>> TO <<stored sessions>> AS
SELECT tenant, session_id, anyLast(principal) AS principal, anyLast(email) AS email,
  anyLast(principal_kind) AS principal_kind, anyLast(client_name) AS client,
  max(toUInt8(session_key != '')) AS has_key, min(ts) AS first_at, max(ts) AS last_at
FROM <<stored events>>
GROUP BY tenant, session_id;
