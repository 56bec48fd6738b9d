import type { LoadedPolicy } from '@open-policy-agent/opa-wasm'
import { z } from 'zod'

const nameToId = z.record(z.string(), z.number())

/** Builtins that the module calls out for; those it has inside are not among them. */
export function neededBuiltins(policy: LoadedPolicy): string[] {
  return Object.keys(nameToId.parse(dumpJson(policy, callExport(policy, 'builtins')))).sort()
}

/** The JSON value that lies at an address of the module's memory. */
export function dumpJson(policy: LoadedPolicy, address: number): unknown {
  const start = callExport(policy, 'opa_json_dump', address)
  const memory = new Uint8Array(policy.mem.buffer)
  const end = memory.indexOf(0, start)
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(memory.subarray(start, end)))
}

function callExport({ wasmInstance }: LoadedPolicy, name: string, ...args: readonly number[]): number {
  const { exports } = 'instance' in wasmInstance ? wasmInstance.instance : wasmInstance
  const callable = exports[name]
  if (typeof callable !== 'function') throw new Error(`the policy's module does not export ${name}`)
  return z.number().parse(callable(...args))
}
