-- Decisions in the form of OPA's decision log (EventV1). A view, so that it can never differ from the events.
CREATE VIEW IF NOT EXISTS <<database>>.decisions <<on_cluster>> AS
SELECT
  tenant,
  ts AS timestamp,
  decision_id,
  map('id', writer, 'tenant', tenant) AS labels,
  map('sluice', map('revision', revision)) AS bundles,
  'gateway/decision' AS path,
  toJSONString(map(
    'text', sql, 'fingerprint', fingerprint, 'kind', statement_kind, 'class', statement_class, 'project', project,
    'issuer', issuer, 'subject', subject, 'principal_kind', principal_kind, 'session', session_id, 'purpose', purpose
  )) AS input,
  decision AS result,
  effect,
  reason_codes,
  policies,
  principal,
  email,
  client_ip AS requested_by,
  toUInt64(seq) AS req_id,
  trace_id,
  erased,
  session_id,
  request_id,
  event_id
FROM <<database>>.events
WHERE effect != '' AND type IN ('started', 'denied', 'held', 'finished');
