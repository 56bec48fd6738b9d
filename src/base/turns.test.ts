import { expect, test } from 'vitest'
import { openTurns } from './turns.ts'

test('of one name there is one at a time, also after a failure; other names do not wait', async () => {
  const inTurn = openTurns()
  const said: string[] = []
  let release = () => {}
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  const first = inTurn('a', async () => {
    await held
    said.push('first')
    throw new Error('no')
  })
  const second = inTurn('a', async () => said.push('second'))
  await inTurn('b', async () => said.push('other'))
  expect(said).toEqual(['other'])
  release()
  await expect(first).rejects.toThrow('no')
  await second
  expect(said).toEqual(['other', 'first', 'second'])
})
