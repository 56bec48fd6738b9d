import type { CreateView } from '../googlesql/ast/definition.ts'
import type { Delete, Merge, NestedDml, Update } from '../googlesql/ast/dml.ts'
import type { Identifier, Path } from '../googlesql/ast/name.ts'
import type { Node } from '../googlesql/ast/node.ts'
import type { PipeOperator } from '../googlesql/ast/pipe.ts'
import type { Query, QueryBody, WithClause } from '../googlesql/ast/query.ts'
import type { CreateTableFunction } from '../googlesql/ast/routine.ts'
import type { Script } from '../googlesql/ast/script.ts'
import type { Join, JoinChain, ParenthesizedJoin, TableExpression } from '../googlesql/ast/table.ts'
import { eachChild } from '../googlesql/walk.ts'
import { type NamedPath, namedBy } from './named-by.ts'
import { addAlias, keepsTables, NamesInScope, type Scope, withinScope, withTables } from './names-in-scope.ts'

/** The tables that a script reads or changes, each once for each access: no common tables, no array paths, no targets of DDL. */
export function namedPaths(script: Script): readonly NamedPath[] {
  const reader = new Reader()
  reader.node(script, { tables: new NamesInScope(), aliases: new NamesInScope() })
  return [...reader.found.values()]
}

class Reader {
  readonly found = new Map<string, NamedPath>()

  node(node: Node, scope: Scope): void {
    for (const named of namedBy(node)) if (!isTemporary(named.path, scope)) this.name(named)
    switch (node.kind) {
      case 'Query':
        this.query(node, scope)
        break
      case 'TableArgument':
        // Unlike a path in FROM, it is never an array.
        if (!isTemporary(node.path, scope)) this.name({ path: node.path, access: 'read' })
        break
      case 'Update':
      case 'Delete':
        this.change(node, scope)
        break
      case 'Merge':
        this.merge(node, scope)
        break
      case 'NestedDml':
        this.nested(node, scope)
        break
      case 'Subpipeline':
        // It begins with the table so far.
        node.operators.reduce((seen, operator) => this.pipe(operator, seen, scope), scope)
        break
      case 'CreateTableFunction':
        this.below(node, withTables(scope, tableParameters(node)))
        break
      case 'CreateView':
        this.below(node, withTables(scope, ownName(node)))
        break
      case 'CreateTable':
        this.below(node, scope)
        // The statements behind it know it by its name.
        if (node.scope === 'TEMP') for (const part of node.name.parts) scope.tables.add(part.text)
        break
      default:
        this.below(node, scope)
    }
  }

  private below(node: Node, scope: Scope, except?: Node): void {
    eachChild(node, child => {
      if (child !== except) this.node(child, scope)
    })
  }

  private all(nodes: readonly Node[], scope: Scope): void {
    for (const node of nodes) this.node(node, scope)
  }

  private name(named: NamedPath): void {
    const key = JSON.stringify([named.access, ...named.path.parts.map(part => part.text)])
    if (!this.found.has(key)) this.found.set(key, named)
  }

  /** A path with two parts or more is never a common table, and one part is never an array path. */
  private table(path: Path, scope: Scope): void {
    const [first, ...rest] = path.parts
    const isLocal = isTemporary(path, scope) || (rest.length > 0 && scope.aliases.has(first.text))
    if (!isLocal) this.name({ path, access: 'read' })
  }

  /** DML nested in UPDATE changes an array of the row, so that its target names no table. */
  private nested({ statement }: NestedDml, scope: Scope): void {
    if (statement.kind === 'Insert') this.below(statement, scope)
    else this.change(statement, scope)
  }

  /** What UPDATE and DELETE read. The tables beside the target do not see it; what follows them does. */
  private change(node: Update | Delete, outer: Scope): void {
    const inner = withinScope(outer)
    const source = node.kind === 'Update' ? node.from : undefined
    if (source !== undefined) this.from(source, inner, outer)
    addAlias(inner, targetAlias(node))
    this.below(node, inner, source)
  }

  /** A row that has no match on one side cannot be correlated with that side. */
  private merge(node: Merge, outer: Scope): void {
    const source = withinScope(outer)
    this.from(node.source, source, outer)
    const target = withinScope(outer)
    addAlias(target, targetAlias(node))
    const both = withinScope(source)
    addAlias(both, targetAlias(node))
    this.node(node.on, both)
    const scopes = { MATCHED: both, 'NOT MATCHED BY TARGET': source, 'NOT MATCHED BY SOURCE': target }
    for (const clause of node.clauses) this.below(clause, scopes[clause.when])
  }

  private query(query: Query, outer: Scope): void {
    const scope = query.with === undefined ? outer : this.with(query.with, outer)
    const inner = this.body(query.body, scope)
    this.all(query.orderBy, inner)
    if (query.limit !== undefined) this.node(query.limit, inner)
    // Names of tables reach pipe operators only from a FROM that begins the query.
    let piped = query.body.kind === 'FromQuery' || query.body.kind === 'NestedQuery' ? inner : withinScope(scope)
    for (const pipe of query.pipes) piped = this.pipe(pipe, piped, scope)
  }

  /** Without RECURSIVE an entry sees only those before it; it never sees the tables of a query around it. */
  private with({ recursive, entries }: WithClause, outer: Scope): Scope {
    const tables = new NamesInScope(outer.tables)
    const scope = { tables, aliases: new NamesInScope() }
    if (recursive) for (const entry of entries) tables.add(entry.name.text)
    for (const entry of entries) {
      this.below(entry, scope)
      tables.add(entry.name.text)
    }
    return { tables, aliases: outer.aliases }
  }

  /** The scope that ORDER BY and pipe operators behind the body see. */
  private body(body: QueryBody, outer: Scope): Scope {
    const inner = withinScope(outer)
    switch (body.kind) {
      case 'Select':
        if (body.from !== undefined) this.from(body.from, inner, outer)
        this.below(body, inner, body.from)
        return inner
      case 'FromQuery':
        this.from(body.from, inner, outer)
        return inner
      case 'NestedQuery':
        this.query(body.query, outer)
        addAlias(inner, body.alias)
        return inner
      case 'SetOperation':
        this.body(body.first, outer)
        for (const step of body.steps) this.body(step.input, outer)
        return inner
    }
  }

  /** The scope that the next operator sees. */
  private pipe(pipe: PipeOperator, inner: Scope, outer: Scope): Scope {
    const around = { tables: inner.tables, aliases: outer.aliases }
    switch (pipe.kind) {
      case 'PipeWith':
        return { tables: this.with(pipe.with, inner).tables, aliases: inner.aliases }
      case 'PipeJoin':
        this.join(pipe.join, inner, around)
        return inner
      case 'PipeSetOperation':
        this.below(pipe, around)
        return withinScope(around)
      case 'PipeRecursiveUnion':
        this.below(pipe, withTables(around, pipe.alias === undefined ? [] : [pipe.alias]))
        return withinScope(around, pipe.alias)
      case 'PipeAs':
        return withinScope(around, pipe.alias)
      default:
        this.node(pipe, inner)
        return keepsTables(pipe) ? inner : withinScope(around)
    }
  }

  /** Each table of FROM sees the aliases to its left; a subquery sees only what is around the query, unless it is lateral. */
  private from(table: TableExpression, inner: Scope, outer: Scope): void {
    switch (table.kind) {
      case 'JoinChain':
        this.from(table.first, inner, outer)
        for (const join of table.joins) this.join(join, inner, outer)
        return
      case 'ParenthesizedJoin':
        this.parenthesized(table, inner, outer)
        return
      case 'TableReference':
        this.table(table.path, inner)
        if (table.systemTime !== undefined) this.node(table.systemTime, inner)
        break
      case 'SubqueryReference':
        this.query(table.query, table.lateral ? inner : outer)
        break
      case 'UnnestReference':
        this.all(table.arrays, inner)
        if (table.mode !== undefined) this.node(table.mode, inner)
        break
      case 'TableFunction':
        this.all(table.args, inner)
    }
    this.all(table.postfix, inner)
    addAlias(inner, aliasOf(table))
  }

  /** What stands in parentheses does not see what stands to the left of them. */
  private parenthesized({ join, postfix }: ParenthesizedJoin, inner: Scope, outer: Scope): void {
    const within = withinScope({ tables: inner.tables, aliases: outer.aliases })
    this.from(join, within, outer)
    this.all(postfix, within)
    inner.aliases.addAll(within.aliases)
  }

  private join(join: Join, inner: Scope, outer: Scope): void {
    this.from(join.right, inner, outer)
    if (join.on !== undefined) this.node(join.on, inner)
  }
}

/** A common table, or a table that ends with the script: what has one name. */
function isTemporary({ parts: [first, second] }: Path, { tables }: Scope): boolean {
  return second === undefined ? tables.has(first.text) : first.text.toUpperCase() === '_SESSION'
}

/** Inside a table function its table parameters are tables. */
function tableParameters({ parameters }: CreateTableFunction): readonly Identifier[] {
  return parameters.flatMap(({ name, type }) => {
    const isTable = type.kind === 'TableType' || (type.kind === 'TemplatedType' && type.of === 'TABLE')
    return isTable && name !== undefined ? [name] : []
  })
}

/** What a recursive view calls itself. With more parts its name is one that only a table can have. */
function ownName({ recursive, name }: CreateView): readonly Identifier[] {
  return recursive && name.parts.length === 1 ? name.parts : []
}

/** The name by which the rest of the query knows a table. What PIVOT and its like make of it is another table. */
function aliasOf(table: Exclude<TableExpression, JoinChain | ParenthesizedJoin>): Identifier | undefined {
  if (table.postfix.some(({ kind }) => kind !== 'TableSample')) return undefined
  return table.alias ?? (table.kind === 'TableReference' ? table.path.parts.at(-1) : undefined)
}

function targetAlias({ alias, target }: Update | Delete | Merge): Identifier | undefined {
  return alias ?? target.parts.at(-1)
}
