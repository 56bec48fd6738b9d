import {
  create,
  type DescMessage,
  fromBinary,
  type JsonValue,
  type MessageInitShape,
  toBinary,
  toJson,
} from '@bufbuild/protobuf'
import { Failure } from '../../model/failure.ts'
import { type MessageName, messageNamed } from './messages.ts'

/** A message in JSON's form, with the fields that it has. One that is unknown here would ask for something: it is refused. */
export function readMessage(name: MessageName, bytes: Uint8Array): JsonValue {
  const definition = messageNamed(name)
  const message = read(definition, bytes)
  if (hasUnknown(message)) {
    throw new Failure('request_invalid', { detail: `${name} has a field that Sluice does not know.` })
  }
  return toJson(definition, message)
}

export function writeMessage(name: MessageName, fields: object): Buffer {
  const definition = messageNamed(name)
  const bytes = toBinary(definition, create(definition, fields as MessageInitShape<DescMessage>))
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function read(definition: DescMessage, bytes: Uint8Array) {
  try {
    return fromBinary(definition, bytes)
  } catch (cause) {
    throw new Failure('request_invalid', { detail: `${definition.name} could not be read.` }, { cause })
  }
}

function hasUnknown(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return false
  const { $unknown = [] } = value as { readonly $unknown?: readonly unknown[] }
  return $unknown.length > 0 || Object.entries(value).some(([key, inner]) => key !== '$unknown' && hasUnknown(inner))
}
