import { expect, test } from 'vitest'
import { Failure, type FailureCode, failures } from '../../model/failure.ts'
import { errorEnvelope, errorOfFailure, errorOfRefusal } from './error-envelope.ts'

/** What clients send again by themselves, for minutes. */
const retried = ['backendError', 'internalError', 'rateLimitExceeded']

test('a denial says why and what to change, and is never sent again', () => {
  const reasons = [{ code: 'closed', message: 'hr is closed. Ask for crm.', policy: 'grants' }]
  const refusal = { state: 'denied', reasons, decision: { id: 'd-1' } } as unknown as Parameters<
    typeof errorOfRefusal
  >[0]
  const error = errorOfRefusal(refusal)
  const message = 'Access Denied by policy: hr is closed. Ask for crm. (rule grants) [decision d-1]'
  expect(errorEnvelope(error)).toEqual({
    error: {
      code: 403,
      message,
      errors: [{ message, domain: 'global', reason: 'accessDenied' }],
      status: 'PERMISSION_DENIED',
    },
  })
})

test.each(Object.keys(failures) as FailureCode[])('%s is sent again only where it may pass by itself', code => {
  const { status, reason } = errorOfFailure(new Failure(code))
  const mayPass = /_unavailable$|^overloaded$|^internal$|^warehouse_(failed|rate_limit)$/.test(code)
  expect(retried.includes(reason) || status === 429 || (status >= 500 && status !== 501)).toBe(mayPass)
})

test('an error in a query says where it is and which names are meant', () => {
  const failure = new Failure('unknown_name', {
    detail: 'There is no column nme.',
    line: 1,
    column: 8,
    suggestions: ['name'],
  })
  expect(errorOfFailure(failure).message).toContain('There is no column nme. at [1:8] Did you mean name?')
})
