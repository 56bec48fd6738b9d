import type { Identifier } from '../googlesql/ast/name.ts'
import type { PipeOperator } from '../googlesql/ast/pipe.ts'

/** Names that a place of a statement sees, compared without regard to case: its own, then those of the places around it. */
export class NamesInScope {
  private readonly around: NamesInScope | undefined
  private readonly own = new Set<string>()

  constructor(around?: NamesInScope) {
    this.around = around
  }

  add(name: string): void {
    this.own.add(name.toLowerCase())
  }

  addAll(names: NamesInScope): void {
    for (const name of names.own) this.own.add(name)
  }

  has(name: string): boolean {
    const wanted = name.toLowerCase()
    for (let scope: NamesInScope | undefined = this; scope !== undefined; scope = scope.around) {
      if (scope.own.has(wanted)) return true
    }
    return false
  }
}

/** Common tables, and the aliases of the tables in FROM. */
export type Scope = { readonly tables: NamesInScope; readonly aliases: NamesInScope }

/** A place inside of another, which sees all that this one sees, and the table it begins with. */
export function withinScope({ tables, aliases }: Scope, alias?: Identifier): Scope {
  const within = { tables, aliases: new NamesInScope(aliases) }
  addAlias(within, alias)
  return within
}

export function withTables({ tables, aliases }: Scope, names: readonly Identifier[]): Scope {
  const more = new NamesInScope(tables)
  for (const { text } of names) more.add(text)
  return { tables: more, aliases }
}

export function addAlias({ aliases }: Scope, alias: Identifier | undefined): void {
  if (alias !== undefined) aliases.add(alias.text)
}

const keeping: ReadonlySet<PipeOperator['kind']> = new Set<PipeOperator['kind']>([
  ...(['PipeWhere', 'PipeExtend', 'PipeSet', 'PipeDrop', 'PipeRename', 'PipeLimit', 'PipeOrderBy'] as const),
  ...(['PipeDistinct', 'PipeWindow', 'PipeAssert', 'PipeTableSample'] as const),
])

/** Whether the tables by their names outlive an operator; others make a table that has no name. */
export function keepsTables({ kind }: PipeOperator): boolean {
  return keeping.has(kind)
}
