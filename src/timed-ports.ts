import type { Ports, Stage } from './gateway/ports.ts'
import { addStageTime, takeStageTimes } from './stage-times.ts'

type Step<Args extends readonly unknown[], T> = (...args: Args) => Promise<T>

/** The same ports, which tell how long each step took, whether it came to an end or was stopped; each event says it too. */
export function timedPorts(ports: Ports): Ports {
  const { catalog, warehouse } = ports
  const observe = (stage: Stage, elapsedMs: number) => {
    ports.observe(stage, elapsedMs)
    addStageTime(stage, elapsedMs)
  }
  function timed<Args extends readonly unknown[], T>(stage: Stage, step: Step<Args, T>): Step<Args, T> {
    return async (...args) => {
      const began = performance.now()
      try {
        return await step(...args)
      } finally {
        observe(stage, performance.now() - began)
      }
    }
  }
  return {
    ...ports,
    observe,
    authenticate: timed('authenticate', ports.authenticate),
    catalog: { ...catalog, snapshot: timed('catalog', catalog.snapshot) },
    decide: timed('decide', ports.decide),
    verify: timed('verify', ports.verify),
    warehouse: {
      ...warehouse,
      estimate: timed('estimate', warehouse.estimate),
      execute: timed('execute', warehouse.execute),
      page: timed('page', warehouse.page),
      pageWithin: timed('page', warehouse.pageWithin),
    },
    record: async event => {
      const stageMs = takeStageTimes()
      return timed('record', () => ports.record(stageMs === undefined ? event : { ...event, stageMs }))()
    },
  }
}
