import { expect, test } from 'vitest'
import { runningQuery } from '../../../test/fakes/recorded-query.ts'
import { openJobBook } from './job-book.ts'

const job = runningQuery('SELECT 1')
const owner = job.principal
const { project } = job.ref
const entry = (id: string) => ({ id, job, configuration: {} })

test('a job exists for its owner in its project, and nowhere else', () => {
  const book = openJobBook(10)
  book.put(entry('a'))
  expect(book.find(owner, project, 'a')?.id).toBe('a')
  expect(book.find({ ...owner, subject: 'somebody else' }, project, 'a')).toBe(undefined)
  expect(book.find({ ...owner, issuer: 'https://other.example' }, project, 'a')).toBe(undefined)
  expect(book.find(owner, 'other', 'a')).toBe(undefined)
  expect(book.list({ ...owner, subject: 'somebody else' }, project)).toEqual([])
})

test('a request that comes again finds its job, as long as the job is known', () => {
  const book = openJobBook(10)
  const kept = { ...entry('a'), requestKey: 'r' }
  book.put(kept)
  expect(book.again(owner, project, 'r')?.id).toBe('a')
  expect(book.again({ ...owner, subject: 'somebody else' }, project, 'r')).toBe(undefined)
  book.remove(kept)
  expect(book.again(owner, project, 'r')).toBe(undefined)
})

test('who has the most jobs makes room, whoever comes', () => {
  const book = openJobBook(4)
  const other = { ...job, principal: { ...owner, subject: 'bob' } } as unknown as typeof job
  book.put({ ...entry('first'), job: other })
  for (const id of ['a', 'b', 'c']) book.put(entry(id))
  expect(book.put(entry('d'))?.id).toBe('a')
  expect(book.put({ ...entry('second'), job: other })?.id).toBe('b')
  expect(book.find(other.principal, project, 'first')?.id).toBe('first')
})

test('the oldest makes room, and the list begins with the newest', () => {
  const book = openJobBook(2)
  expect([book.put(entry('a')), book.put(entry('b'))]).toEqual([undefined, undefined])
  expect(book.put(entry('c'))?.id).toBe('a')
  expect(book.list(owner, project).map(({ id }) => id)).toEqual(['c', 'b'])
  expect(book.put({ ...entry('b'), configuration: { changed: true } })).toBe(undefined)
})
