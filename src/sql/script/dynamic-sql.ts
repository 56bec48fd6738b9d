import type { ExecuteImmediate } from '../../googlesql/ast/movement.ts'
import type { Script } from '../../googlesql/ast/script.ts'
import type { Statement } from '../../googlesql/ast/statement.ts'
import { parseStatement } from '../../googlesql/parse/parse.ts'
import { rewrite } from '../../googlesql/rewrite.ts'
import { SyntaxFailure } from '../../googlesql/syntax-failure.ts'
import { Failure } from '../../model/failure.ts'
import type { QueryParameter } from '../../model/parameter.ts'
import { nameParameters } from '../parameters.ts'
import { type PartRead, readExpressionPart } from '../part.ts'
import { noReads } from '../resolve/relation.ts'
import { settled } from '../resolve/rows.ts'
import { screen } from '../screen.ts'
import { openPart, type ScriptState } from './state.ts'
import { assign } from './variables.ts'

type ReadStatement = (place: Statement, state: ScriptState, written: Statement) => PartRead

/** The statement in a literal; undefined where the text is made when the script runs, or is none that parses. */
export function dynamicStatement({ sql }: ExecuteImmediate): Statement | undefined {
  if (sql.kind !== 'StringLiteral') return undefined
  screen(sql.value)
  try {
    return parseStatement(sql.value)
  } catch (thrown) {
    if (thrown instanceof SyntaxFailure) return undefined
    throw thrown
  }
}

/** The script as it runs: with the statements that stand in literals, each in place of its EXECUTE IMMEDIATE. */
export function withDynamic<N extends Script | Statement>(tree: N): N {
  return rewrite(tree, {
    ExecuteImmediate: execute => {
      const written = dynamicStatement(execute)
      return written === undefined ? execute : withDynamic(written)
    },
  })
}

/** EXECUTE IMMEDIATE of a literal is the statement in it: it sees no variables, and its parameters are what USING gives it. */
export function readDynamic(execute: ExecuteImmediate, state: ScriptState, read: ReadStatement): void {
  const written = dynamicStatement(execute)
  if (written === undefined) throw new Failure('statement_unsupported', { detail: 'Dynamic SQL is not served.' })
  const given = execute.using.map(argument => readArgument(argument, state))
  const { tree, parameters } = nameParameters(written, given)
  const { columns } = read(execute, { ...state, variables: [], parameters }, tree)
  for (const [at, name] of execute.into.entries()) assign(name, columns[at]?.reads ?? noReads, state)
}

function readArgument({ value, alias }: ExecuteImmediate['using'][number], state: ScriptState): QueryParameter {
  const { part, value: read } = readExpressionPart(value, openPart(state), 'select')
  state.parts.push(part)
  const { type } = settled({ ...read, name: undefined })
  if (type === undefined) {
    throw new Failure('cannot_govern', {
      detail: 'The type of a value behind USING is not known to Sluice.',
      next: 'CAST the value to its type.',
    })
  }
  return { type, value: null, ...(alias === undefined ? {} : { name: alias.text }) }
}
