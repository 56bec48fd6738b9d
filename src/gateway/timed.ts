import type { Ports, Stage } from './ports.ts'

/** Runs a pure step and reports its time. */
export function timed<T>(ports: Pick<Ports, 'observe'>, stage: Stage, step: () => T): T {
  const began = performance.now()
  try {
    return step()
  } finally {
    ports.observe(stage, performance.now() - began)
  }
}
