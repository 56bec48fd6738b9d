import { afterAll, beforeAll } from 'vitest'
import type { ReadyFile } from '../../src/sandbox/announce.ts'
import { endLeftovers, removeState, type SpawnOptions, spawnSandbox, stateDirectory } from './spawned-sandbox.ts'

/** Milliseconds for a sandbox to start, or for a journey through one. */
export const journeyTimeoutMs = 180_000

type Choices = Omit<SpawnOptions, 'statePath'>

/**
 * One sandbox for all tests of a file: started before the first of them, ended behind the last. `choose` may prepare
 * files in the state directory. Hooks that a file adds behind this call find it ready.
 */
export function useSandbox(choose: (statePath: string) => Choices | Promise<Choices> = () => ({})): {
  readonly statePath: string
  readonly ready: ReadyFile
} {
  let statePath = ''
  let ready: ReadyFile | undefined
  let end = async () => {}

  beforeAll(async () => {
    statePath = await stateDirectory()
    const sandbox = await spawnSandbox({ statePath, ...(await choose(statePath)) })
    ready = sandbox.ready
    end = async () => {
      await sandbox.end('SIGTERM')
    }
  }, journeyTimeoutMs)
  afterAll(async () => {
    await end()
    endLeftovers()
    await removeState(statePath)
  })

  return {
    get statePath() {
      return statePath
    },
    get ready() {
      if (ready === undefined) throw new Error('The sandbox has not started.')
      return ready
    },
  }
}
