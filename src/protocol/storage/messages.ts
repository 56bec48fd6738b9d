import { create, createFileRegistry, type DescMessage } from '@bufbuild/protobuf'
import {
  type FieldDescriptorProto,
  FieldDescriptorProtoSchema,
  FieldDescriptorProto_Type as FieldType,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
  file_google_protobuf_timestamp,
  FieldDescriptorProto_Label as Label,
} from '@bufbuild/protobuf/wkt'

export const apiPackage = 'google.cloud.bigquery.storage.v1'

/** A field's number and type; `[]` before the type where it repeats. */
type Fields = Readonly<Record<string, readonly [number: number, type: string]>>

/** Google's messages as far as they are read or written here. A field that is not among them is unknown. */
const messages = {
  CreateReadSessionRequest: {
    parent: [1, 'string'],
    readSession: [2, 'ReadSession'],
    maxStreamCount: [3, 'int32'],
    preferredMinStreamCount: [4, 'int32'],
  },
  ReadSession: {
    name: [1, 'string'],
    expireTime: [2, 'Timestamp'],
    dataFormat: [3, 'DataFormat'],
    avroSchema: [4, 'AvroSchema'],
    arrowSchema: [5, 'ArrowSchema'],
    table: [6, 'string'],
    tableModifiers: [7, 'TableModifiers'],
    readOptions: [8, 'TableReadOptions'],
    streams: [10, '[]ReadStream'],
    estimatedTotalBytesScanned: [12, 'int64'],
    traceId: [13, 'string'],
    estimatedRowCount: [14, 'int64'],
  },
  TableModifiers: { snapshotTime: [1, 'Timestamp'] },
  TableReadOptions: {
    selectedFields: [1, '[]string'],
    rowRestriction: [2, 'string'],
    arrowSerializationOptions: [3, 'ArrowSerializationOptions'],
    avroSerializationOptions: [4, 'AvroSerializationOptions'],
    samplePercentage: [5, 'double'],
    responseCompressionCodec: [6, 'ResponseCompressionCodec'],
  },
  ArrowSerializationOptions: {
    bufferCompression: [2, 'CompressionCodec'],
    picosTimestampPrecision: [3, 'PicosTimestampPrecision'],
  },
  AvroSerializationOptions: {
    enableDisplayNameAttribute: [1, 'bool'],
    picosTimestampPrecision: [2, 'PicosTimestampPrecision'],
  },
  ReadStream: { name: [1, 'string'] },
  AvroSchema: { schema: [1, 'string'] },
  ArrowSchema: { serializedSchema: [1, 'bytes'] },
  ReadRowsRequest: {
    readStream: [1, 'string'],
    offset: [2, 'int64'],
    arrowSerializationOptions: [5, 'ArrowSerializationOptions'],
  },
  ReadRowsResponse: {
    stats: [2, 'StreamStats'],
    avroRows: [3, 'AvroRows'],
    arrowRecordBatch: [4, 'ArrowRecordBatch'],
    rowCount: [6, 'int64'],
    avroSchema: [7, 'AvroSchema'],
    arrowSchema: [8, 'ArrowSchema'],
  },
  AvroRows: { serializedBinaryRows: [1, 'bytes'], rowCount: [2, 'int64'] },
  ArrowRecordBatch: { serializedRecordBatch: [1, 'bytes'], rowCount: [2, 'int64'] },
  StreamStats: { progress: [2, 'Progress'] },
  Progress: { atResponseStart: [1, 'double'], atResponseEnd: [2, 'double'] },
  SplitReadStreamRequest: { name: [1, 'string'], fraction: [2, 'double'] },
  SplitReadStreamResponse: { primaryStream: [1, 'ReadStream'], remainderStream: [2, 'ReadStream'] },
} as const satisfies Readonly<Record<string, Fields>>
export type MessageName = keyof typeof messages

/** The values of each enum, from 0. */
const enums: Readonly<Record<string, readonly string[]>> = {
  DataFormat: ['DATA_FORMAT_UNSPECIFIED', 'AVRO', 'ARROW'],
  CompressionCodec: ['COMPRESSION_UNSPECIFIED', 'LZ4_FRAME', 'ZSTD'],
  PicosTimestampPrecision: ['UNSPECIFIED', 'MICROS', 'NANOS', 'PICOS'],
  ResponseCompressionCodec: ['RESPONSE_UNSPECIFIED', 'RESPONSE_SNAPPY', 'RESPONSE_LZ4'],
}

const scalars: Readonly<Record<string, FieldType>> = {
  string: FieldType.STRING,
  bytes: FieldType.BYTES,
  bool: FieldType.BOOL,
  double: FieldType.DOUBLE,
  int32: FieldType.INT32,
  int64: FieldType.INT64,
}

/** The definition of a message, for reading and writing it. */
export function messageNamed(name: MessageName): DescMessage {
  const found = registry.getMessage(`${apiPackage}.${name}`)
  if (found === undefined) throw new Error(`There is no message ${name}.`)
  return found
}

const registry = createFileRegistry(
  create(FileDescriptorSetSchema, {
    file: [
      file_google_protobuf_timestamp.proto,
      create(FileDescriptorProtoSchema, {
        name: 'storage.proto',
        package: apiPackage,
        syntax: 'proto3',
        dependency: [file_google_protobuf_timestamp.proto.name],
        messageType: Object.entries(messages).map(([name, fields]) => ({
          name,
          field: Object.entries(fields).map(([fieldName, [number, type]]) => fieldOf(fieldName, number, type)),
        })),
        enumType: Object.entries(enums).map(([name, values]) => ({
          name,
          value: values.map((value, number) => ({ name: value, number })),
        })),
      }),
    ],
  }),
)

function fieldOf(name: string, number: number, written: string): FieldDescriptorProto {
  const label = written.startsWith('[]') ? Label.REPEATED : Label.OPTIONAL
  const type = written.replace('[]', '')
  const scalar = scalars[type]
  const field = { name, jsonName: name, number, label }
  if (scalar !== undefined) return create(FieldDescriptorProtoSchema, { ...field, type: scalar })
  const typeName = type === 'Timestamp' ? '.google.protobuf.Timestamp' : `.${apiPackage}.${type}`
  return create(FieldDescriptorProtoSchema, {
    ...field,
    typeName,
    type: type in enums ? FieldType.ENUM : FieldType.MESSAGE,
  })
}
