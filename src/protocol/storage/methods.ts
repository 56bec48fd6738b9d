import { type Method, refusedMethod } from './method.ts'
import { createReadSession } from './methods/create-read-session.ts'
import { readRows } from './methods/read-rows.ts'
import { splitReadStream } from './methods/split-read-stream.ts'

const writing = 'writing rows without a statement'

/** Everything of Google's Storage API that is known here; what is not gets gRPC's own answer, that it is not implemented. */
export const methods: readonly Method[] = [
  createReadSession,
  readRows,
  splitReadStream,
  refusedMethod('BigQueryWrite', 'AppendRows', writing, true),
  ...['CreateWriteStream', 'GetWriteStream', 'FinalizeWriteStream', 'BatchCommitWriteStreams', 'FlushRows'].map(name =>
    refusedMethod('BigQueryWrite', name, writing),
  ),
]
