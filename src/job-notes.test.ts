import { expect, test } from 'vitest'
import { openJobNotes } from './job-notes.ts'

const text = JSON.stringify({ text: 'SELECT email FROM crm.users', fingerprint: 'f'.repeat(64) })

test('a note is read by every replica with the same key, and by none with another', () => {
  const sealed = openJobNotes('one key').seal(text)
  expect(openJobNotes('one key').open(sealed)).toBe(text)
  expect(openJobNotes('another key').open(sealed)).toBeUndefined()
})

test('a note tells those without the key nothing, and one text is always sealed alike', () => {
  const notes = openJobNotes('one key')
  expect(Buffer.from(notes.seal(text), 'base64').toString('latin1')).not.toMatch(/SELECT|email|crm/)
  expect(notes.seal(text)).toBe(openJobNotes('one key').seal(text))
  expect(notes.seal(`${text} `)).not.toBe(notes.seal(text))
})

test('a note that was changed anywhere, cut or made up is none', () => {
  const notes = openJobNotes('one key')
  const sealed = Buffer.from(notes.seal(text), 'base64')
  for (let place = 0; place < sealed.length; place++) {
    const changed = Buffer.from(sealed)
    changed[place] = (changed[place] ?? 0) ^ 1
    expect(notes.open(changed.toString('base64'))).toBeUndefined()
  }
  for (const made of ['', 'AAAA', sealed.subarray(0, 30).toString('base64')]) expect(notes.open(made)).toBeUndefined()
})
