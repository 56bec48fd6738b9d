import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { generatedExpressions } from '../../../test/fakes/generated-queries.ts'
import { statementTexts } from '../../../test/fakes/statement-texts.ts'
import type { Expression } from '../ast/expression.ts'
import type { Kind, Node } from '../ast/node.ts'
import { parseGoogleSql, parseWholeExpression } from '../parse/parse.ts'
import { rewrite } from '../rewrite.ts'
import { eachChild, sameTree } from '../walk.ts'
import { print } from './print.ts'

/** Every kind that a file of the tree declares. */
const kinds = new Set<string>(
  readdirSync(join(import.meta.dirname, '../ast')).flatMap(file => {
    const text = readFileSync(join(import.meta.dirname, '../ast', file), 'utf8')
    return [...text.matchAll(/kind: '(\w+)'/g)].map(([, kind = '']) => kind)
  }),
)

test('every kind of node is in one of the texts', () => {
  const found = new Set<Kind>()
  const walk = (node: Node): void => {
    found.add(node.kind)
    eachChild(node, walk)
  }
  for (const text of statementTexts) walk(parseGoogleSql(text))
  expect(kinds.size).toBeGreaterThan(200)
  expect([...kinds].filter(kind => !found.has(kind as Kind))).toEqual([])
})

/** One expression of each precedence, which parentheses must keep together in some places. */
const precedences = [
  'a OR b',
  'a AND b',
  'NOT a',
  'a = b',
  'a BETWEEN b AND c',
  'a IN (b)',
  'a | b',
  'a + b',
  '-a',
  'a',
]

test.each(statementTexts)('prints as a text that means the same tree, whatever expressions stand in it: %s', text => {
  const tree = parseGoogleSql(text)
  for (const expression of precedences.map(parseWholeExpression)) expectSame(fill(tree, () => expression))
  fc.assert(
    fc.property(fc.infiniteStream(generatedExpressions), expressions => {
      expectSame(fill(tree, () => expressions.next().value))
    }),
    { numRuns: 10 },
  )
})

function expectSame(tree: Node): void {
  const printed = print(tree)
  const read = parseGoogleSql(printed)
  expect(sameTree(read, tree), printed).toBe(true)
  expect(print(read)).toBe(printed)
}

/** The tree with an expression in place of each `hole`. */
function fill(tree: Node, expression: () => Expression): Node {
  return rewrite(tree, {
    PathExpression: node => (node.parts.length === 1 && node.parts[0].text === 'hole' ? expression() : node),
  })
}
