import { isDeepStrictEqual } from 'node:util'
import { type LoadedPolicy, loadPolicy } from '@open-policy-agent/opa-wasm'
import { Failure } from '../model/failure.ts'
import { dumpJson, neededBuiltins } from './wasm-memory.ts'

/** The one rule that is asked. */
export const entrypoint = 'sluice/decision/decision'

export type JsonObject = { readonly [key: string]: unknown }

export type EvaluatorOptions = { readonly maxInputBytes: number; readonly timeoutMs: number }

export type Evaluator = {
  /** The result set of the entrypoint: the empty list where the rule is undefined. */
  readonly evaluate: (input: JsonObject) => Promise<unknown>
}

const pageBytes = 65_536
/** Parsed JSON takes about this many times its text; memory that must grow meanwhile grows a page at a time. */
const parsedFactor = 14
const baseBytes = 1_048_576
const maxDataBytes = 8_388_608

/** Makes a compiled policy ready to be asked. Throws where the module or its data cannot be trusted to answer. */
export async function openEvaluator(
  module: WebAssembly.Module,
  facts: JsonObject,
  options: EvaluatorOptions,
): Promise<Evaluator> {
  let instance = openInstance(module, facts, options)
  await instance
  return {
    async evaluate(input) {
      const document = encoded(input, options.maxInputBytes)
      const policy = await instance.catch(unavailable)
      try {
        return withinTime(() => policy.evaluate(document, entrypoint), options.timeoutMs)
      } catch (thrown) {
        if (thrown instanceof Failure) throw thrown
        // A trap leaves the stack of the module where it was; such an instance is not asked again.
        instance = openInstance(module, facts, options)
        instance.catch(() => undefined)
        return unavailable(thrown)
      }
    },
  }
}

async function openInstance(
  module: WebAssembly.Module,
  facts: JsonObject,
  options: EvaluatorOptions,
): Promise<LoadedPolicy> {
  const factBytes = Buffer.byteLength(JSON.stringify(facts))
  if (factBytes > maxDataBytes) throw new Error(`the policy's data has ${factBytes} bytes, more than ${maxDataBytes}`)
  const initial = Math.ceil((baseBytes + parsedFactor * (factBytes + options.maxInputBytes)) / pageBytes)
  const policy = await loadPolicy(module, { initial })
  refuseMissingBuiltins(policy)
  if (!(entrypoint in policy.entrypoints)) throw new Error(`the policy has no entrypoint ${entrypoint}`)
  setFacts(policy, facts)
  return policy
}

/** None is provided: what JavaScript has of them either throws on null or differs from opa. */
function refuseMissingBuiltins(policy: LoadedPolicy): void {
  const missing = neededBuiltins(policy)
  if (missing.length > 0) throw new Error(`the policy needs builtins that WASM does not have: ${missing.join(', ')}`)
}

/** Data that failed to load would be silently undefined, so it is read back. */
function setFacts(policy: LoadedPolicy, facts: JsonObject): void {
  policy.setData(facts)
  const loaded = dumpJson(policy, policy.dataAddr)
  if (!isDeepStrictEqual(loaded, JSON.parse(JSON.stringify(facts)))) throw new Error("the policy's data did not load")
}

const encoder = new TextEncoder()

/** The input as the bytes that the module reads: an `ArrayBuffer` is taken to be JSON, and every other kind of bytes is not. */
function encoded(input: JsonObject, maxInputBytes: number): ArrayBufferLike {
  // Anything but a plain object evaluates to undefined, without an error.
  if (Object.getPrototypeOf(input) !== Object.prototype) unavailable(new Error('the input is not a plain object'))
  const { buffer, byteLength } = encoder.encode(JSON.stringify(input))
  if (byteLength > maxInputBytes) {
    throw new Failure('request_too_large', {
      detail: `The policy would have to judge ${byteLength} bytes; it judges at most ${maxInputBytes}.`,
      next: 'Shorten the query, or read fewer tables and columns in it.',
    })
  }
  return buffer.slice(0, byteLength)
}

/** Evaluation cannot be interrupted, but an answer that came too late does not count. */
function withinTime<T>(evaluate: () => T, timeoutMs: number): T {
  const began = performance.now()
  const evaluated = evaluate()
  const elapsedMs = performance.now() - began
  if (elapsedMs > timeoutMs) unavailable(new Error(`the policy took ${Math.round(elapsedMs)} ms`))
  return evaluated
}

/** The module throws strings and objects as well as errors. */
function unavailable(thrown: unknown): never {
  const cause =
    thrown instanceof Error ? thrown : new Error(typeof thrown === 'string' ? thrown : JSON.stringify(thrown))
  throw new Failure('policy_unavailable', {}, { cause })
}
