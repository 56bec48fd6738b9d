import { expect, test } from 'vitest'
import { Failure } from '../model/failure.ts'
import { openLog } from './log.ts'
import { telemetryOptions } from './options.ts'

const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl'

function logged(options: object, write: (log: ReturnType<typeof openLog>) => void): string {
  const lines: string[] = []
  write(openLog(telemetryOptions.parse(options), { write: line => void lines.push(line) }))
  return lines.join('')
}

test('credentials are not logged, wherever they are', () => {
  const text = logged({}, log => {
    log.info(
      { headers: { authorization: `Bearer ${jwt}`, accept: '*/*' }, accessToken: 'abc123', password: 'abc123' },
      'hi',
    )
    log.warn(`saw Bearer ${jwt}`)
    log.error(new Failure('unauthenticated', {}, { cause: new Error(`bad token ${jwt}`) }))
  })
  expect(text).not.toContain('eyJ')
  expect(text).not.toContain('abc123')
  expect(text).toContain('*/*')
})

test('the cause of a failure is logged', () => {
  const text = logged({}, log => {
    log.error(new Failure('internal', {}, { cause: new Error('disk full') }), 'stopped')
  })
  expect(JSON.parse(text)).toMatchObject({
    level: 'error',
    msg: 'stopped',
    err: { code: 'internal', cause: { message: 'disk full' } },
  })
})

test('SQL text is logged only where configuration says so', () => {
  const write = (log: ReturnType<typeof openLog>) => log.info({ query: { sql: "SELECT 'secret'" } })
  expect(logged({}, write)).not.toContain('secret')
  const asked = (log: ReturnType<typeof openLog>) => log.info({ asked: { sql: "SELECT 'secret'" } })
  expect(logged({ unsafeLogSqlText: true }, asked)).toContain('secret')
})
