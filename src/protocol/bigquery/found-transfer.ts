import type { z } from 'zod'
import type { FoundJob, FoundJobKind } from '../../model/found-job.ts'
import type { Transfer } from '../../model/transfer.ts'
import type { FoundTransfer } from './job-book.ts'
import { withoutNulls } from './spared.ts'
import {
  copyConfiguration,
  copyOf,
  extractConfiguration,
  extractOf,
  loadConfiguration,
  loadOf,
} from './transfer-config.ts'

type Kind = Exclude<FoundJobKind, 'query'>
type Read = (configuration: unknown, project: string) => Transfer | undefined

const readers: Readonly<Record<Kind, { readonly fields: object; readonly read: Read }>> = {
  load: readerOf(loadConfiguration, loadOf),
  copy: readerOf(copyConfiguration, copyOf),
  extract: readerOf(extractConfiguration, extractOf),
}

function readerOf<Shape extends z.core.$ZodLooseShape>(
  form: z.ZodObject<Shape, z.core.$strict>,
  transferOf: (configuration: z.infer<typeof form>, project: string) => Transfer,
) {
  const read: Read = (configuration, project) => {
    const known = form.safeParse(configuration)
    return known.success ? transferOf(known.data, project) : undefined
  }
  return { fields: form.shape, read }
}

/** What a job without SQL was told to do, out of what BigQuery says of it: the fields that a client may send. */
export function transferIn({ kind, configuration, ref }: FoundJob): Pick<FoundTransfer, 'transfer' | 'configuration'> {
  if (kind === 'query') throw new Error('a query is no transfer')
  const { fields, read } = readers[kind]
  const sent = Object.entries(configuration).filter(([name]) => Object.hasOwn(fields, name))
  const known = withoutNulls(Object.fromEntries(sent))
  const nothing: Transfer = { kind, sources: [], uris: [], options: {} }
  return {
    transfer: read(known, ref.project) ?? nothing,
    configuration: { [kind]: known, jobType: kind.toUpperCase() },
  }
}
