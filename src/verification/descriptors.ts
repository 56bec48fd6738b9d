import { createFileRegistry, type DescMessage, type FileRegistry, fromBinary } from '@bufbuild/protobuf'
import { protoCamelCase } from '@bufbuild/protobuf/reflect'
import {
  type DescriptorProto,
  FileDescriptorSetSchema,
  file_google_protobuf_descriptor,
  file_google_protobuf_empty,
  file_google_protobuf_timestamp,
} from '@bufbuild/protobuf/wkt'

const wellKnown = [file_google_protobuf_descriptor, file_google_protobuf_empty, file_google_protobuf_timestamp]

/** The analyzer's own message definitions. Google's well-known files and the JSON names are not in the file. */
export function readDescriptors(bytes: Uint8Array): FileRegistry {
  const set = fromBinary(FileDescriptorSetSchema, bytes)
  const known = wellKnown.map(file => file.proto)
  const own = set.file.filter(file => known.every(other => other.name !== file.name))
  for (const file of own) file.messageType.forEach(nameFields)
  set.file = [...known, ...own]
  return createFileRegistry(set)
}

export function messageOf(registry: FileRegistry, typeName: string): DescMessage {
  const found = registry.getMessage(typeName)
  if (found === undefined) throw new Error(`The descriptors of the analyzer have no message ${typeName}.`)
  return found
}

/** The values of an enum by name. */
export function enumOf(registry: FileRegistry, typeName: string): ReadonlyMap<string, number> {
  const found = registry.getEnum(typeName)
  if (found === undefined) throw new Error(`The descriptors of the analyzer have no enum ${typeName}.`)
  return new Map(found.values.map(value => [value.name, value.number]))
}

function nameFields(message: DescriptorProto): void {
  for (const field of message.field) field.jsonName = protoCamelCase(field.name)
  message.nestedType.forEach(nameFields)
}
