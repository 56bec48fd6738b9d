import type { Argument } from '../../googlesql/ast/call.ts'
import type { Expression, PathExpression } from '../../googlesql/ast/expression.ts'
import type { Identifier } from '../../googlesql/ast/name.ts'
import type { Block } from '../../googlesql/ast/script.ts'
import { rewrite } from '../../googlesql/rewrite.ts'
import { nodesOf } from '../../googlesql/walk.ts'
import { type CatalogRoutine, routineName } from '../../model/catalog.ts'
import { Failure } from '../../model/failure.ts'
import { identifier, path } from '../govern/build.ts'
import { replaceVariables } from '../govern/replace-variables.ts'
import { isNamed } from '../resolve/lookup.ts'
import { type Column, noReads } from '../resolve/relation.ts'
import { ownCopy, type ScriptState } from './state.ts'

/** Reads the statements of a block in a state of their own. */
export type ReadBlock = (block: Block, inner: ScriptState) => void
type Names = ReadonlyMap<string, string>

/** The statements of a procedure and the names of its variables, of which its caller has none. */
export type OwnNames = { readonly body: Block; readonly nameOf: (name: string) => string }

/** Each level of calls reads its statements once more than the one around it. */
const maxDepth = 4

/** BigQuery knows no two variables of one name in a block and those around it, so that those of a procedure get other names. */
export function withOwnNames(body: Block, routine: CatalogRoutine, state: ScriptState, read: ReadBlock): OwnNames {
  const declared = [...routine.parameters.map(({ name }) => name), ...declaredIn(body)]
  const isTaken = (name: string) => state.variables.some(variable => isNamed(variable, name))
  const shared = declared.filter(isTaken)
  const [first] = shared
  if (first === undefined) return { body, nameOf: name => name }
  if (state.calling.length >= maxDepth || nodesOf(body, 'CreateProcedure').length > 0) throw unrenamed(first, routine)
  const names = new Map(shared.map(name => [name.toLowerCase(), freeName(name, isTaken)]))
  const uses = variableUses(body, routine, state, read)
  return { body: renamed(body, names, uses), nameOf: name => names.get(name.toLowerCase()) ?? name }
}

function declaredIn(body: Block): readonly string[] {
  const identifiers = [
    ...nodesOf(body, 'Declare').flatMap(({ names }) => names),
    ...nodesOf(body, 'ForIn').map(({ variable }) => variable),
  ]
  return identifiers.map(({ text }) => text)
}

function freeName(name: string, isTaken: (name: string) => boolean): string {
  let free = `_sl_${name}`
  while (isTaken(free)) free = `_sl_${free}`
  return free
}

/** Which names in the statements are variables and not columns: as they are read with nothing of the caller's around them. */
function variableUses(
  body: Block,
  routine: CatalogRoutine,
  state: ScriptState,
  read: ReadBlock,
): Map<PathExpression, Column> {
  const alone: ScriptState = {
    ...{ ...state, variables: routine.parameters.map(({ name, type }) => ({ name, type, reads: noReads })) },
    ...{ snapshot: ownCopy(state.snapshot), made: new Map(state.made), temporary: new Map(state.temporary) },
    ...{ accounts: [], parts: [], expansions: new Map(), calling: [...state.calling, routineName(routine)] },
  }
  read(body, alone)
  return new Map(alone.parts.flatMap(({ context }) => [...context.variableUses]))
}

function renamed(body: Block, names: Names, uses: Map<PathExpression, Column>): Block {
  const other = (name: Identifier): Identifier => {
    const text = names.get(name.text.toLowerCase())
    return text === undefined ? name : identifier(text)
  }
  // An argument that is answered in is no value, and is read by nobody.
  const otherArgument = (argument: Argument): Argument => {
    const isName = argument.kind === 'PathExpression' && argument.parts.length === 1
    return isName ? { ...argument, parts: [other(argument.parts[0])] } : argument
  }
  const values = [...uses.values()].flatMap((column): [Column, Expression][] => {
    const name = names.get(column.name?.toLowerCase() ?? '')
    return name === undefined ? [] : [[column, path(name)]]
  })
  return rewrite(replaceVariables(body, new Map(values), uses), {
    Declare: node => ({ ...node, names: node.names.map(other) as typeof node.names }),
    SetVariable: node => ({
      ...node,
      targets: node.targets.map(target => (target.kind === 'Identifier' ? other(target) : target)),
    }),
    ForIn: node => ({ ...node, variable: other(node.variable) }),
    ExecuteImmediate: node => ({ ...node, into: node.into.map(other) }),
    Call: node => ({ ...node, args: node.args.map(otherArgument) }),
  })
}

function unrenamed(name: string, routine: CatalogRoutine): Failure {
  return new Failure('cannot_govern', {
    detail: `${routineName(routine)} has a variable ${name}, as the script has that calls it.`,
    next: 'Give the variable of the script another name.',
  })
}
