import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Stage } from '../gateway/ports.ts'
import type { DecisionFacts } from '../model/decision.ts'
import type { FailureCode } from '../model/failure.ts'

export type Metrics = {
  readonly observeStage: (stage: Stage, elapsedMs: number) => void
  readonly countDecision: (effect: DecisionFacts['effect']) => void
  readonly countFailure: (code: FailureCode) => void
  /** Batches that a sink did not take, and rows that it refused for good. */
  readonly countSink: (sink: string, outcome: 'failed' | 'put_aside') => void
  /** `route` is the pattern of a route, never a path: paths are chosen by clients. */
  readonly observeHttp: (route: string, status: number, elapsedMs: number) => void
  /** A figure that is read when the metrics are. */
  readonly addGauge: (name: string, meaning: string, read: () => number | Promise<number>) => void
  readonly text: () => Promise<string>
  readonly contentType: string
}

const buckets = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/** The figures of this process for Prometheus. No label holds anything a client chose. */
export function openMetrics(): Metrics {
  const register = new Registry()
  collectDefaultMetrics({ register })
  const registers = [register]
  const stages = new Histogram({
    ...{ name: 'sluice_stage_seconds', help: 'Time of each stage of a request.', registers, buckets },
    labelNames: ['stage'],
  })
  const http = new Histogram({
    ...{ name: 'sluice_http_seconds', help: 'Time of each HTTP request.', registers, buckets },
    labelNames: ['route', 'status'],
  })
  const decisions = new Counter({
    ...{ name: 'sluice_decisions_total', help: 'Decisions of the policy.', registers },
    labelNames: ['effect'],
  })
  const failures = new Counter({
    ...{ name: 'sluice_failures_total', help: 'Requests that a failure stopped.', registers },
    labelNames: ['code'],
  })
  const sinks = new Counter({
    ...{ name: 'sluice_sink_failures_total', help: 'What a sink of the records did not take.', registers },
    labelNames: ['sink', 'outcome'],
  })
  return {
    observeStage: (stage, elapsedMs) => stages.observe({ stage }, elapsedMs / 1_000),
    observeHttp: (route, status, elapsedMs) => http.observe({ route, status: String(status) }, elapsedMs / 1_000),
    countDecision: effect => decisions.inc({ effect }),
    countFailure: code => failures.inc({ code }),
    countSink: (sink, outcome) => sinks.inc({ sink, outcome }),
    addGauge: (name, help, read) => void readGauge(name, help, registers, read),
    text: () => register.metrics(),
    contentType: register.contentType,
  }
}

function readGauge(name: string, help: string, registers: Registry[], read: () => number | Promise<number>): Gauge {
  return new Gauge({
    name,
    help,
    registers,
    async collect() {
      this.set(await read())
    },
  })
}
