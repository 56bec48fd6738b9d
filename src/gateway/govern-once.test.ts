import { expect, test } from 'vitest'
import { cities } from '../../test/fakes/gateway-ports.ts'
import { sampleDecision } from '../../test/fakes/sample-events.ts'
import { understandText } from '../../test/measure/understand-text.ts'
import type { Decision, DecisionFacts } from '../model/decision.ts'
import { Failure } from '../model/failure.ts'
import { governOnce } from './govern-once.ts'

const id = 'acme-prod.public_data.cities'
const maskKey = (innerPad: string) => ({ innerPad, outerPad: innerPad })
const analyzed = understandText('SELECT name FROM public_data.cities', [cities], { project: 'acme-prod' })
if (analyzed instanceof Failure) throw analyzed

const none = { masks: new Map(), rowFilters: new Map() }
const decision = (facts: Partial<DecisionFacts> = {}) => sampleDecision({ ...none, ...facts }) as Decision
const masked = (kind: 'sha256' | 'hmac_sha256' | 'always_null') =>
  decision({ masks: new Map([[id, new Map([['name', { kind }]])]]) })
const filtered = (value: string, guard = false) => {
  const condition = { type: 'field', operator: 'eq', field: 'name', value } as const
  return decision({ rowFilters: new Map([[id, [{ condition, guard }]]]) })
}

test('two decisions that differ in nothing but their ids share one governed text', () => {
  const [one, other] = [filtered('Rome'), filtered('Rome')]
  expect(one.id).not.toBe(other.id)
  expect(governOnce(analyzed, other, undefined)).toBe(governOnce(analyzed, one, undefined))
})

test('what differs in a mask, its key, a filter, its guard, a limit or a revision is governed by itself', () => {
  const ways = [
    () => governOnce(analyzed, decision(), undefined),
    () => governOnce(analyzed, masked('sha256'), undefined),
    () => governOnce(analyzed, masked('always_null'), undefined),
    () => governOnce(analyzed, masked('hmac_sha256'), maskKey('a')),
    () => governOnce(analyzed, masked('hmac_sha256'), maskKey('b')),
    () => governOnce(analyzed, filtered('Rome'), undefined),
    () => governOnce(analyzed, filtered('Rome', true), undefined),
    () => governOnce(analyzed, decision({ limits: { maxRows: 7 } }), undefined),
    () => governOnce(analyzed, decision({ revision: 'r2' }), undefined),
  ]
  expect(new Set(ways.map(way => way())).size).toBe(ways.length)
  const parameters = ways.slice(3, 5).map(way => JSON.stringify(way().parameters))
  expect(parameters[0]).not.toBe(parameters[1])
})

test('a mask that needs a key is refused without one, also after it was governed with one', () => {
  governOnce(analyzed, masked('hmac_sha256'), maskKey('a'))
  expect(() => governOnce(analyzed, masked('hmac_sha256'), undefined)).toThrow(Failure)
})
