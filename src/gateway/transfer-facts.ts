import { Failure } from '../model/failure.ts'
import type { Access, StatementClass, TableAccess, TransferFacts } from '../model/statement.ts'
import { type TableRef, tableId } from '../model/table-ref.ts'
import type { Transfer } from '../model/transfer.ts'
import { describeText, parseQuery } from '../sql/analyze.ts'
import { destinationAccess, withTable } from '../sql/statement/destination.ts'
import { idOf } from '../sql/statement/named-accesses.ts'
import type { Ports } from './ports.ts'
import type { Visit } from './query.ts'
import { understand } from './understand.ts'

type Description = {
  readonly statement: TransferFacts
  /** The same by the names alone, whatever stands behind them. */
  readonly named: TransferFacts
  /** What is wrong with it, for those whom policy lets know. */
  readonly failure?: Failure
}

const kinds: Readonly<Record<Transfer['kind'], string>> = {
  load: 'LOAD_DATA',
  copy: 'COPY',
  extract: 'EXTRACT',
  insert_rows: 'INSERT_ROWS',
  alter_table: 'ALTER_TABLE',
  alter_dataset: 'ALTER_SCHEMA',
}

/** A transfer as policy sees it: what it reads whole, what it writes, and the files outside. */
export async function describeTransfer(transfer: Transfer, visit: Visit, ports: Ports): Promise<Description> {
  const { kind, sources, destination, altered, uris } = transfer
  const readAs: readonly Access[] = kind === 'extract' ? ['export', 'read'] : ['read']
  const read = await Promise.all(sources.map(source => readWhole(source, visit, ports)))
  const failure = read.find(one => one.failure !== undefined)?.failure
  const changed = [
    ...(destination === undefined ? [] : [destinationAccess(destination)]),
    ...(altered === undefined ? [] : [alteration(altered)]),
  ]
  const access = kind === 'extract' ? ('write' as const) : ('read' as const)
  const factsWith = (tables: readonly TableAccess[]): TransferFacts => ({
    ...{ text: visit.asked.text, fingerprint: ports.digest(JSON.stringify(transfer)), kind: kinds[kind] },
    ...{ class: classOf(transfer), functions: [], features: [], outputs: [], transfer },
    tables: [...tables.map(table => ({ ...table, access: readAs })), ...changed].reduce<readonly TableAccess[]>(
      withTable,
      [],
    ),
    files: uris.map(uri => ({ uri, access })),
  })
  const statement = factsWith(read.flatMap(({ tables }) => tables))
  const named = factsWith(read.flatMap(source => source.named))
  return { statement, named, ...(failure === undefined ? {} : { failure }) }
}

function alteration(ref: TableRef): TableAccess {
  const kind = ref.table === '' ? 'dataset' : 'table'
  return { id: idOf(ref), ref, kind, access: ['alter'], via: [], columns: [], etag: '', labels: {} }
}

/** Copying over a table, or to a new one, defines it. */
function classOf({ kind, destination }: Transfer): StatementClass {
  switch (kind) {
    case 'load':
      return 'load'
    case 'extract':
      return 'export'
    case 'insert_rows':
      return 'write'
    case 'alter_table':
    case 'alter_dataset':
      return 'ddl'
    case 'copy':
      return destination?.write === 'append' ? 'write' : 'ddl'
  }
}

/** Every column of a table is read, and with a view all that is behind it. A table that is not there is what it is called. */
async function readWhole(
  ref: TableRef,
  visit: Visit,
  ports: Ports,
): Promise<{
  readonly tables: readonly TableAccess[]
  readonly named: readonly TableAccess[]
  readonly failure?: Failure
}> {
  const draft = parseQuery(`SELECT * FROM \`${tableId(ref)}\``)
  const settings = { project: ref.project, parameters: [], digest: ports.digest }
  const named = describeText(draft, settings).tables
  try {
    const { statement } = await understand(draft, settings, ports, visit.signal)
    return { tables: statement.tables, named }
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown
    return { tables: named, named, failure: thrown }
  }
}
