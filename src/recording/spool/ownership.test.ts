import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { beat, claim, markOwned, type Owner, release, thisOwner } from './ownership.ts'

let directory = ''
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sluice-owner-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

const self = thisOwner()
const listenMs = 1_200

/** A directory with this owner, who was last heard so long ago. */
async function ownedBy(owner: Partial<Owner>, silentSeconds: number): Promise<Owner> {
  const whole = { ...self, ...owner }
  await markOwned(directory, whole)
  const heard = new Date(Date.now() - silentSeconds * 1_000)
  const [name = ''] = await readdir(directory)
  await utimes(join(directory, name), heard, heard)
  return whole
}

describe('a directory of the spool', () => {
  test('is not taken from a process that lives', async () => {
    await ownedBy({}, 3_600)
    expect(await claim(directory, self, listenMs)).toBe(false)
  })

  test('is taken from a process of this boot that has gone, at once', async () => {
    await ownedBy({ started: '1' }, 0)
    expect(await claim(directory, self, listenMs)).toBe(true)
  })

  test('is taken after a reboot, though a process has the same number and start again', async () => {
    await ownedBy({ boot: 'earlier' }, 5)
    expect(await claim(directory, self, listenMs)).toBe(true)
  })

  test('is not taken from another machine of the same name that is heard', async () => {
    const other = await ownedBy({ boot: 'elsewhere' }, 5)
    const claiming = claim(directory, self, listenMs)
    await sleep(300)
    await beat(directory, other)
    expect(await claiming).toBe(false)
  })

  test('is taken from another machine only once that has been silent for long', async () => {
    const other = await ownedBy({ host: 'elsewhere', boot: 'other' }, 30)
    expect(await claim(directory, self, listenMs)).toBe(false)
    await release(directory, other)
    await rm(join(directory, 'owner-none'))
    await ownedBy({ host: 'elsewhere', boot: 'other' }, 90)
    expect(await claim(directory, self, listenMs)).toBe(true)
  })

  test('is free once it was released', async () => {
    await ownedBy({}, 0)
    await release(directory, self)
    expect(await claim(directory, self, listenMs)).toBe(true)
  })
})
