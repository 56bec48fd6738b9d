import { describe, expect, test } from 'vitest'
import { buildDecision, type PolicyFiles } from '../../test/fakes/rego.ts'
import { readBundle } from './bundle.ts'
import { type Evaluator, type JsonObject, openEvaluator } from './evaluate.ts'

const options = { maxInputBytes: 262_144, timeoutMs: 1_000 }

async function open(rego: string, files?: PolicyFiles, more: Partial<typeof options> = {}): Promise<Evaluator> {
  const { module, facts } = await readBundle(await buildDecision(rego, files), { keys: [] })
  return openEvaluator(await WebAssembly.compile(module), facts, { ...options, ...more })
}

describe('an evaluation', () => {
  test('gives the value of the entrypoint', async () => {
    const evaluator = await open('decision := {"seen": input.a}')
    expect(await evaluator.evaluate({ a: 1 })).toEqual([{ result: { seen: 1 } }])
  })

  test('of an undefined rule is the empty list', async () => {
    const evaluator = await open('decision := {"seen": input.a}')
    expect(await evaluator.evaluate({ b: 1 })).toEqual([])
  })

  test('sees the data of the bundle', async () => {
    const evaluator = await open('decision := data.data.fruit', { 'data/fruit/data.json': '["pear"]' })
    expect(await evaluator.evaluate({})).toEqual([{ result: ['pear'] }])
  })

  test('of many questions at once answers each with its own', async () => {
    const evaluator = await open('decision := {"seen": input.a}')
    const answers = await Promise.all(Array.from({ length: 200 }, (_, a) => evaluator.evaluate({ a })))
    expect(answers).toEqual(Array.from({ length: 200 }, (_, seen) => [{ result: { seen } }]))
  })

  test('that throws is refused, and the next one is answered by a fresh instance', async () => {
    const evaluator = await open('decision := value if some value in input.values')
    for (let round = 0; round < 50; round++) {
      await expect(evaluator.evaluate({ values: [1, 2] })).rejects.toMatchObject({ code: 'policy_unavailable' })
    }
    expect(await evaluator.evaluate({ values: [3] })).toEqual([{ result: 3 }])
  })

  test('names what was thrown in the cause, though it is no error', async () => {
    const evaluator = await open('decision := value if some value in input.values')
    const refused = await evaluator.evaluate({ values: [1, 2] }).catch((failure: Error) => failure)
    expect(refused).toHaveProperty('cause.message', expect.stringMatching(/conflict/))
  })

  test.each([
    ['a list', []],
    ['bytes', new Uint8Array([123, 125])],
    ['a buffer', new ArrayBuffer(2)],
    ['a map', new Map()],
  ])('of %s is refused, since it would be undefined', async (_, input) => {
    const evaluator = await open('decision := 1')
    await expect(evaluator.evaluate(input as unknown as JsonObject)).rejects.toMatchObject({
      code: 'policy_unavailable',
    })
  })

  test('of more than the cap is refused and never cut', async () => {
    const evaluator = await open('decision := count(input.a)', {}, { maxInputBytes: 5_000 })
    expect(await evaluator.evaluate({ a: 'x'.repeat(4_990) })).toEqual([{ result: 4_990 }])
    await expect(evaluator.evaluate({ a: 'x'.repeat(5_000) })).rejects.toMatchObject({ code: 'request_too_large' })
  })

  test('of the largest input fits the memory', async () => {
    const evaluator = await open('decision := count(input.a)')
    const a = Array.from({ length: 20_000 }, (_, index) => `item ${index % 9}`)
    expect(await evaluator.evaluate({ a })).toEqual([{ result: 20_000 }])
  })

  test('that takes too long is refused', async () => {
    const slow = 'decision := count([1 | some x in numbers.range(1, 600); some y in numbers.range(1, 600); x == y])'
    const evaluator = await open(slow, {}, { timeoutMs: 1 })
    const refused = await evaluator.evaluate({}).catch((failure: Error) => failure)
    expect(refused).toHaveProperty('code', 'policy_unavailable')
    expect(refused).toHaveProperty('cause.message', expect.stringMatching(/took \d+ ms/))
  })
})

describe('a policy is refused before it serves', () => {
  test.each(['time.now_ns()', 'sprintf("%d", [1])', 'crypto.sha256("a")', 'regex.replace("a", "b", "c")'])(
    'when it needs %s, which WASM does not have',
    async call => {
      await expect(open(`decision := ${call} if input.rare`)).rejects.toThrow(/builtins that WASM does not have/)
    },
  )

  test('when its data is too large', async () => {
    const large = JSON.stringify(['x'.repeat(8_500_000)])
    await expect(open('decision := 1', { 'data/large/data.json': large })).rejects.toThrow(/more than 8388608/)
  })

  test('when its data does not arrive whole', async () => {
    const { module } = await readBundle(await buildDecision('decision := data.data'), { keys: [] })
    const compiled = await WebAssembly.compile(module)
    const facts = { data: { broken: '\ud800' } }
    await expect(openEvaluator(compiled, facts, options)).rejects.toBeDefined()
  })
})
