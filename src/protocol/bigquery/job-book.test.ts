import { expect, test } from 'vitest'
import { runningQuery } from '../../../test/fakes/recorded-query.ts'
import { openJobBook } from './job-book.ts'

const job = runningQuery('SELECT 1')
const owner = job.principal
const { project } = job.ref
const entry = (id: string) => ({ id, job, configuration: {} })
const known = (book: ReturnType<typeof openJobBook>, ids: readonly string[]) =>
  ids.filter(id => book.find(owner, project, id) !== undefined)

test('a job exists for its owner in its project, and nowhere else', () => {
  const book = openJobBook(10)
  book.put(entry('a'))
  expect(book.find(owner, project, 'a')?.id).toBe('a')
  expect(book.find({ ...owner, subject: 'somebody else' }, project, 'a')).toBe(undefined)
  expect(book.find({ ...owner, issuer: 'https://other.example' }, project, 'a')).toBe(undefined)
  expect(book.find(owner, 'other', 'a')).toBe(undefined)
  book.remove(entry('a'))
  expect(known(book, ['a'])).toEqual([])
})

test('who has the most jobs makes room, whoever comes', () => {
  const book = openJobBook(4)
  const other = { ...job, principal: { ...owner, subject: 'bob' } } as unknown as typeof job
  book.put({ ...entry('first'), job: other })
  for (const id of ['a', 'b', 'c', 'd']) book.put(entry(id))
  expect(known(book, ['a', 'b', 'c', 'd'])).toEqual(['b', 'c', 'd'])
  book.put({ ...entry('second'), job: other })
  expect(known(book, ['b', 'c', 'd'])).toEqual(['c', 'd'])
  expect(book.find(other.principal, project, 'first')?.id).toBe('first')
})

test('what has not changed for longest makes room', () => {
  const book = openJobBook(2)
  for (const id of ['a', 'b', 'a', 'c']) book.put(entry(id))
  expect(known(book, ['a', 'b', 'c'])).toEqual(['a', 'c'])
})

test('a long text takes the room of several, and one that is too long for all is not kept', () => {
  const book = openJobBook(4)
  for (const id of ['a', 'b', 'c']) book.put(entry(id))
  book.put({ ...entry('long'), configuration: { query: 'x'.repeat(40_000) } })
  expect(known(book, ['a', 'b', 'c', 'long'])).toEqual(['c', 'long'])
  book.put({ ...entry('endless'), configuration: { query: 'x'.repeat(400_000) } })
  expect(known(book, ['c', 'long', 'endless'])).toEqual([])
})
