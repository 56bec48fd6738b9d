import type { Decision, DecisionFacts } from '../../src/model/decision.ts'
import { Failure } from '../../src/model/failure.ts'
import type { GovernedSql, MaskKey } from '../../src/model/governed.ts'
import type { QueryParameter } from '../../src/model/parameter.ts'
import type { Cell } from '../../src/model/result.ts'
import type { Analyzed } from '../../src/sql/analyze.ts'
import { govern } from '../../src/sql/govern.ts'
import type { Answer } from './evaluator.ts'
import { secretKey } from './mask-cell.ts'

const blockBytes = 64

/** The key's blocks, made as RFC 2104 says. */
export const maskKey: MaskKey = { innerPad: padded(0x36), outerPad: padded(0x5c) }

function padded(mask: number): string {
  const block = Buffer.alloc(blockBytes)
  secretKey.copy(block)
  return Buffer.from(block.map(byte => byte ^ mask)).toString('base64')
}

export function governAs(analyzed: Analyzed, decision: DecisionFacts): GovernedSql | Failure {
  try {
    return govern(analyzed, decision as Decision, maskKey)
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown
    throw thrown
  }
}

/** The governed text as the evaluator takes it: with values in place of parameters, and without a past. */
export function evaluable({ text, parameters }: GovernedSql): string {
  const values = new Map(parameters.map(parameter => [parameter.name?.toLowerCase(), parameter]))
  const present = text.replace(/ FOR SYSTEM_TIME AS OF TIMESTAMP '[^']*'/g, '')
  // Literals of text come whole, so that an address in one is no parameter.
  return present.replace(/'(?:[^'\\]|\\.)*'|@(\w+)/g, (found, name: string | undefined) => {
    if (name === undefined) return found
    const parameter = values.get(name.toLowerCase())
    if (parameter === undefined) throw new Error(`the governed text has no value for @${name}`)
    return valueText(parameter)
  })
}

/** A parameter's value as an expression that is no literal: what literals may stand for, parameters may not. */
export function valueText({ type, value }: QueryParameter): string {
  const name = type.kind === 'scalar' ? type.name : 'STRING'
  return name === 'BYTES' ? `FROM_BASE64('${String(value)}')` : `CAST('${String(value)}' AS ${name})`
}

export type Verdict = 'equal' | 'both_fail' | 'not_evaluable' | 'differs'

/** The evaluator's own gaps: what it does not run, what it refuses to check again, and keys that it makes up for a change. */
const beyond =
  /^(Unimplemented feature|Invalid.*resolved AST|Statement kind|Cannot modify a primary key)|the evaluator broke|is not supported yet/

function isBeyondEvaluator(answer: Answer): boolean {
  return answer.state === 'error' && beyond.test(answer.message)
}

/** What the governed text yields, against what the query itself yields over what may be seen. */
export function compareAnswers(given: Answer, wanted: Answer, { isOrdered }: { readonly isOrdered: boolean }): Verdict {
  if ([given, wanted].some(isBeyondEvaluator)) return 'not_evaluable'
  if (given.state === 'error' && wanted.state === 'error') return 'both_fail'
  const isEqual = given.state === 'rows' && wanted.state === 'rows' && sameRows(given.rows, wanted.rows, isOrdered)
  return isEqual ? 'equal' : 'differs'
}

type CellRows = readonly (readonly Cell[])[]

function sameRows(one: CellRows, other: CellRows, isOrdered: boolean): boolean {
  if (one.length !== other.length) return false
  const [left, right] = [one, other].map(rows => {
    const texts = rows.map(row => JSON.stringify(row))
    return isOrdered ? texts : texts.sort()
  })
  return left?.every((text, at) => text === right?.[at]) ?? false
}
