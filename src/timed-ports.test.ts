import { expect, test } from 'vitest'
import { scriptedPorts } from '../test/fakes/gateway-ports.ts'
import { sampleDenied, sampleStarted } from '../test/fakes/sample-events.ts'
import type { Stage } from './gateway/ports.ts'
import { nothingWanted } from './model/catalog.ts'
import { Failure } from './model/failure.ts'
import type { SessionEvent } from './model/session-event.ts'
import { timingStages } from './stage-times.ts'
import { timedPorts } from './timed-ports.ts'

test('every step is timed, whether it came to an end or was stopped', async () => {
  const stages: Stage[] = []
  const authenticate = async () => {
    throw new Failure('unauthenticated')
  }
  const { ports } = scriptedPorts({ overrides: { authenticate, observe: stage => void stages.push(stage) } })
  const timed = timedPorts(ports)
  const { signal } = new AbortController()
  await expect(timed.authenticate({ bearer: undefined })).rejects.toThrow(Failure)
  await timed.catalog.snapshot(nothingWanted, signal)
  expect(stages).toEqual(['authenticate', 'catalog'])
})

test('each event of a request says what its stages took since the event before, and no other request does', async () => {
  const events: SessionEvent[] = []
  const { ports } = scriptedPorts({})
  const record: typeof ports.record = event => {
    events.push(event)
    return ports.record(event)
  }
  const timed = timedPorts({ ...ports, record })
  const { signal } = new AbortController()
  const stagesOf = (event: SessionEvent | undefined) => Object.keys(event?.stageMs ?? {})
  await Promise.all([
    timingStages(async () => {
      await timed.catalog.snapshot(nothingWanted, signal)
      timed.observe('analyze', 1.5)
      timed.observe('analyze', 2)
      await timed.record(sampleStarted())
      await timed.record(sampleStarted())
    }),
    timingStages(() => timed.record(sampleDenied())),
  ])
  const [denied, started, next] = events
  expect([denied, started, next].map(stagesOf)).toEqual([[], ['catalog', 'analyze'], ['record']])
  expect(started?.stageMs).toMatchObject({ analyze: 3.5 })
})
