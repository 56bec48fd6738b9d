import type { Identifier } from '../googlesql/ast/name.ts'

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

export function withTables({ tables, aliases }: Scope, names: readonly Identifier[]): Scope {
  const more = new NamesInScope(tables)
  for (const { text } of names) more.add(text)
  return { tables: more, aliases }
}

export function addAlias({ aliases }: Scope, alias: Identifier | undefined): void {
  if (alias !== undefined) aliases.add(alias.text)
}
