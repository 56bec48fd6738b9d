import { expect, test } from 'vitest'
import { scriptedPorts } from '../test/fakes/gateway-ports.ts'
import type { Stage } from './gateway/ports.ts'
import { nothingWanted } from './model/catalog.ts'
import { Failure } from './model/failure.ts'
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
