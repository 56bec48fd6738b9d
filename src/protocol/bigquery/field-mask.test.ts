import { expect, test } from 'vitest'
import { applyFieldMask, parseFieldMask } from './field-mask.ts'

const answer = {
  kind: 'k',
  jobReference: { projectId: 'p', jobId: 'j' },
  rows: [{ f: [{ v: '1' }, { v: null }] }],
  totalRows: '1',
}

test.each([
  ['kind,totalRows', { kind: 'k', totalRows: '1' }],
  ['jobReference/jobId', { jobReference: { jobId: 'j' } }],
  ['jobReference(jobId),kind', { jobReference: { jobId: 'j' }, kind: 'k' }],
  ['jobReference/jobId,jobReference/projectId', { jobReference: { projectId: 'p', jobId: 'j' } }],
  ['rows(f/v)', { rows: [{ f: [{ v: '1' }, { v: null }] }] }],
  ['rows/f', { rows: answer.rows }],
  ['*/jobId', { kind: 'k', jobReference: { jobId: 'j' }, rows: [{}], totalRows: '1' }],
  ['*', answer],
  ['absent', {}],
  ['__proto__', {}],
])('%s shows that part of an answer', (text, shown) => {
  expect(applyFieldMask(answer, parseFieldMask(text))).toEqual(shown)
})

test.each(['', ',', 'a,', 'a(', 'a(b', 'a)', 'a/', 'a b', 'a(b))', '"a"', 'a'.concat('(a'.repeat(50), ')'.repeat(50))])(
  '%s is refused',
  text => {
    expect(() => parseFieldMask(text)).toThrow('not a list of fields')
  },
)
