import type { Path } from '../googlesql/ast/name.ts'
import type { Query } from '../googlesql/ast/query.ts'
import type { Script } from '../googlesql/ast/script.ts'
import { synthetic as at } from '../googlesql/ast/span.ts'
import { nodesOf } from '../googlesql/walk.ts'
import type { CatalogRoutine, CatalogSnapshot, CatalogTable, Wanted } from '../model/catalog.ts'
import { type TableId, type TableRef, tableId } from '../model/table-ref.ts'
import { item, query, select } from './govern/build.ts'
import type { NamedPath } from './named-by.ts'
import { namedPaths } from './named-tables.ts'
import { viewQuery } from './resolve/view.ts'
import { namedRoutines } from './routine/named-routines.ts'
import { functionBody, procedureBody, tableFunctionBody } from './routine/routine-body.ts'
import { isScript } from './script/statements.ts'
import { completeName, isSchemaView, type NameDefaults, pathParts } from './table-name.ts'

/** What a text names, as it writes it: the tables that it reads or changes, and the routines that it calls. */
export type Names = { readonly tables: readonly NamedPath[]; readonly routines: readonly Path[] }

export function namesIn(script: Script): Names {
  const tables = namedPaths(script)
  const all = isScript(script.statements) ? [...tables, ...madeIn(script)] : tables
  return { tables: all, routines: namedRoutines(script) }
}

/** What a script makes; whatever was there before matters to the statements behind. */
function madeIn(script: Script): readonly NamedPath[] {
  const lasting = nodesOf(script, 'CreateTable').filter(({ scope }) => scope !== 'TEMP')
  const paths = [...lasting, ...nodesOf(script, 'CreateView')].map(({ name }) => name)
  return paths.map(path => ({ path, access: 'create' }))
}

/** What must still be asked of the catalog for a text, and for the views and routines it leads to; undefined when all is known. */
export function wantedFor(named: Names, snapshot: CatalogSnapshot, defaults: NameDefaults): Wanted | undefined {
  const reader = new Reader(snapshot)
  reader.names(named, defaults)
  const { tables, wildcards, routines } = reader.wanted
  return tables.length + wildcards.length + routines.length === 0 ? undefined : reader.wanted
}

class Reader {
  readonly wanted: { readonly [K in keyof Wanted]: TableRef[] } = { tables: [], wildcards: [], routines: [] }
  private readonly snapshot: CatalogSnapshot
  private readonly seen = { tables: new Set<TableId>(), routines: new Set<TableId>() }

  constructor(snapshot: CatalogSnapshot) {
    this.snapshot = snapshot
  }

  names({ tables, routines }: Names, defaults: NameDefaults): void {
    for (const { path } of tables) this.table(completeName(path, defaults))
    // A name of one part may be one that the text makes, and one of many parts is none at all.
    const complete = routines.filter(path => [2, 3].includes(pathParts(path).length))
    for (const path of complete) this.routine(completeName(path, defaults))
  }

  private table(ref: TableRef): void {
    const id = tableId(ref)
    if (this.seen.tables.has(id) || isSchemaView(ref)) return
    this.seen.tables.add(id)
    const kind = ref.table.endsWith('*') ? 'wildcards' : 'tables'
    if (!this.snapshot[kind].has(id)) this.wanted[kind].push(ref)
    const entry = this.snapshot.tables.get(id)
    if (entry?.state === 'found' && entry.table.viewQuery !== undefined) this.view(entry.table)
  }

  private view(view: CatalogTable): void {
    this.query(viewQuery(view), view.ref)
  }

  private routine(ref: TableRef): void {
    const id = tableId(ref)
    if (this.seen.routines.has(id)) return
    this.seen.routines.add(id)
    const entry = this.snapshot.routines.get(id)
    if (entry === undefined) this.wanted.routines.push(ref)
    if (entry?.state === 'found' && entry.routine.language === 'sql') this.body(entry.routine)
  }

  private body(routine: CatalogRoutine): void {
    if (routine.kind === 'table_function') this.query(tableFunctionBody(routine), routine.ref)
    if (routine.kind === 'procedure') this.procedure(routine)
    if (routine.kind === 'table_function' || routine.kind === 'procedure') return
    const value = functionBody(routine)
    this.query(query(select({ items: [item(value, '_')], from: undefined })), routine.ref)
  }

  /** Names of one part are those of temporary tables; where they are not, its call is refused. */
  private procedure(routine: CatalogRoutine): void {
    const statements = procedureBody(routine)
    const { tables, routines } = namesIn({ kind: 'Script', statements, at })
    const complete = tables.filter(({ path }) => pathParts(path).length > 1)
    this.names({ tables: complete, routines }, { project: routine.ref.project })
  }

  private query(tree: Query, { project }: TableRef): void {
    const statement = { kind: 'QueryStatement', query: tree, at: tree.at } as const
    this.names(namesIn({ kind: 'Script', statements: [statement], at: tree.at }), { project })
  }
}
