import { readFile } from 'node:fs/promises'
import { WASI } from 'node:wasi'
import {
  type DescMessage,
  type FileRegistry,
  fromBinary,
  fromJson,
  type JsonValue,
  type Message,
  toBinary,
} from '@bufbuild/protobuf'
import { z } from 'zod'
import { messageOf, readDescriptors } from './descriptors.ts'

export type ReferencePaths = { readonly wasmPath: string; readonly descriptorsPath: string }

/** What worker threads share: compiled code and the bytes of the message definitions. */
export type ReferenceCode = { readonly module: WebAssembly.Module; readonly descriptors: Uint8Array }

/** The analyzer read the text and says no. Anything else that is thrown means that the instance is broken. */
export class AnalyzerRefusal extends Error {
  override readonly name = 'AnalyzerRefusal'
}

/** What the analyzer says, without its place in a text that its reader has not seen. */
export function withoutPlace(message: string): string {
  return message.replace(/ \[at \d+:\d+\]/g, '')
}

/** One instance of Google's analyzer. Not re-entrant; after a trap it must be thrown away. */
export type Reference = {
  readonly registry: FileRegistry
  /** Bytes of a message, for requests that share a part: protobuf merges what is written one after the other. */
  readonly encode: (typeName: string, json: JsonValue) => Uint8Array
  readonly call: (method: string, request: readonly Uint8Array[], responseType: string) => Message
  readonly memoryBytes: () => number
}

/** The library's own limit, 100, is less than an ordinary sum of fifty columns needs. */
const recursionLimit = 5_000
const zoneinfo = '/usr/share/zoneinfo'
const statusText = /^Code: \d+, Message: /

export async function compileReference(paths: ReferencePaths): Promise<ReferenceCode> {
  const [wasm, descriptors] = await Promise.all([readFile(paths.wasmPath), readFile(paths.descriptorsPath)])
  return { module: await WebAssembly.compile(wasm), descriptors: new Uint8Array(descriptors) }
}

export function openReference(code: ReferenceCode): Reference {
  const registry = readDescriptors(code.descriptors)
  const wasm = instantiate(code.module)
  const encode = (typeName: string, json: JsonValue): Uint8Array => {
    const schema = messageOf(registry, typeName)
    return toBinary(schema, fromJson(schema, json, { registry }))
  }
  return {
    registry,
    encode,
    call: (method, request, responseType) =>
      decode(messageOf(registry, responseType), exchange(wasm, method, Buffer.concat(request))),
    memoryBytes: () => wasm.memory.buffer.byteLength,
  }
}

// A tree that is too deep to be read is a refusal of its text: the instance that sent it is well.
function decode(schema: DescMessage, bytes: Uint8Array): Message {
  try {
    return fromBinary(schema, bytes, { recursionLimit })
  } catch (cause) {
    throw new AnalyzerRefusal(`The analysis cannot be read: ${cause}`, { cause })
  }
}

type WasmFunction = (...args: number[]) => number
type Wasm = { readonly memory: WebAssembly.Memory; readonly function: (name: string) => WasmFunction }

const exportedFunction = z.custom<WasmFunction>(value => typeof value === 'function')
const exportedMemory = z.custom<WebAssembly.Memory>(value => value instanceof WebAssembly.Memory)

function instantiate(module: WebAssembly.Module): Wasm {
  const wasi = new WASI({ version: 'preview1', preopens: { [zoneinfo]: zoneinfo } })
  const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi.wasiImport })
  wasi.initialize(instance)
  return {
    memory: exportedMemory.parse(instance.exports['memory']),
    function: name => exportedFunction.parse(instance.exports[name]),
  }
}

function exchange(wasm: Wasm, method: string, request: Uint8Array): Uint8Array {
  const free = wasm.function('wasm_free')
  const at = wasm.function('wasm_malloc')(request.length)
  const lengthAt = wasm.function('wasm_malloc')(4)
  try {
    new Uint8Array(wasm.memory.buffer).set(request, at)
    const answerAt = wasm.function(`ZetaSqlLocalService_${method}`)(at, request.length, lengthAt)
    if (answerAt === 0) throw new AnalyzerRefusal(lastError(wasm))
    const length = new DataView(wasm.memory.buffer).getUint32(lengthAt, true)
    const answer = new Uint8Array(wasm.memory.buffer, answerAt, length).slice()
    free(answerAt)
    return answer
  } finally {
    free(at)
    free(lengthAt)
  }
}

function lastError(wasm: Wasm): string {
  const at = wasm.function('wasm_get_last_error')()
  const bytes = new Uint8Array(wasm.memory.buffer, at, wasm.function('wasm_get_last_error_size')())
  return new TextDecoder().decode(bytes.slice()).replace(statusText, '')
}
