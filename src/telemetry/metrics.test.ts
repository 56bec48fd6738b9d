import { expect, test } from 'vitest'
import { openMetrics } from './metrics.ts'

test('stages, decisions, failures, sinks and gauges are shown to Prometheus', async () => {
  const metrics = openMetrics()
  let depth = 3
  metrics.addGauge('sluice_spool_events', 'Events that wait.', () => depth)
  metrics.observeStage('decide', 2)
  metrics.countDecision('deny')
  metrics.countFailure('unauthenticated')
  metrics.countSink('webhook', 'failed')
  metrics.observeHttp('/mcp', 200, 12)
  depth = 4
  const text = await metrics.text()
  expect(text).toContain('sluice_stage_seconds_bucket{le="0.005",stage="decide"} 1')
  expect(text).toContain('sluice_decisions_total{effect="deny"} 1')
  expect(text).toContain('sluice_failures_total{code="unauthenticated"} 1')
  expect(text).toContain('sluice_sink_failures_total{sink="webhook",outcome="failed"} 1')
  expect(text).toContain('sluice_http_seconds_count{route="/mcp",status="200"} 1')
  expect(text).toContain('sluice_spool_events 4')
})
