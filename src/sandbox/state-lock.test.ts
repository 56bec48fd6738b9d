import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockState, StateInUse } from './state-lock.ts'

let state = ''
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'sluice-lock-'))
})
afterEach(() => rm(state, { recursive: true }))

test('a state directory has one process at a time, and is free after it', async () => {
  const release = await lockState(state)
  await expect(lockState(state)).rejects.toThrow(StateInUse)
  await expect(lockState(state)).rejects.toThrow(`process ${process.pid}`)
  await release()
  await (await lockState(state))()
  expect(await readdir(state)).toEqual([])
})

test('a lock whose process is gone counts for nothing', async () => {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  await writeFile(join(state, 'lock'), `${child.pid} 12345`)
  await (await lockState(state))()
})

test.runIf(process.platform === 'linux')(
  'a number that now belongs to another process counts for nothing',
  async () => {
    await writeFile(join(state, 'lock'), `${process.pid} 1`)
    await (await lockState(state))()
  },
)
