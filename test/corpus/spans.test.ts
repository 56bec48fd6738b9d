import { describe, expect, test } from 'vitest'
import type { Node } from '../../src/googlesql/ast/node.ts'
import { parseGoogleSql } from '../../src/googlesql/parse/parse.ts'
import { children, sameTree } from '../../src/googlesql/walk.ts'
import { parsed } from '../measure/acceptance.ts'
import { acceptedCases, hasCorpus } from '../measure/language-cases.ts'

type Place = { readonly id: number; readonly sql: string; readonly node: Node; readonly parent: Node | undefined }

const textOf = ({ sql, node }: Place) => sql.slice(node.at.start, node.at.end)
const show = (place: Place) => `${place.id} ${place.node.kind}: ${textOf(place).slice(0, 200)}`

describe.skipIf(!hasCorpus())('the place of every node in the corpus', async () => {
  const cases = await acceptedCases()
  const places = cases.flatMap(({ id, sql }) => {
    const tree = parsed(sql)
    return tree === undefined ? [] : tree.statements.flatMap(statement => placesIn(id, sql, statement, undefined))
  })

  test('lies within the place of the node around it', () => {
    const outside = places.filter(
      ({ node, parent }) =>
        parent !== undefined && (node.at.start < parent.at.start || node.at.end > parent.at.end),
    )
    expect(outside.map(show)).toEqual([])
  })

  test('begins and ends with a token', () => {
    expect(places.filter(place => !/^\S$|^\S[^]*\S$/.test(textOf(place))).map(show)).toEqual([])
  })

  test('of a name holds that name', () => {
    const wrong = places.filter(place => {
      if (place.node.kind !== 'Identifier' || place.node.quoted) return false
      return textOf(place).toUpperCase() !== place.node.text.toUpperCase()
    })
    expect(wrong.map(show)).toEqual([])
  })

  test('of a query holds a text that means that query', () => {
    const queries = places.filter(({ node }) => node.kind === 'Query')
    const wrong = queries.filter(place => {
      const [statement] = parseGoogleSql(textOf(place)).statements
      return statement?.kind !== 'QueryStatement' || !sameTree(statement.query, place.node)
    })
    expect(wrong.map(show)).toEqual([])
  })

  test('of an expression holds a text that means that expression', () => {
    const wrong = places.filter(place => isOperation(place.node) && !sameTree(expressionIn(textOf(place)), place.node))
    expect(wrong.map(show)).toEqual([])
  })
})

/** Not recursive: expressions of the corpus are wide, and their places are many. */
function placesIn(id: number, sql: string, root: Node, above: Node | undefined): readonly Place[] {
  const found: Place[] = [{ id, sql, node: root, parent: above }]
  for (let index = 0; index < found.length; index++) {
    const { node } = found[index] as Place
    for (const child of children(node)) found.push({ id, sql, node: child, parent: node })
  }
  return found
}

const operations = ['And', 'Or', 'Not', 'Binary', 'Comparison', 'Between', 'In', 'Is', 'Like', 'FunctionCall', 'Case', 'Cast', 'Tuple']

function isOperation({ kind }: Node): boolean {
  return operations.includes(kind)
}

function expressionIn(text: string): Node {
  const [statement] = parseGoogleSql(`SELECT ${text}`).statements
  const body = statement?.kind === 'QueryStatement' ? statement.query.body : undefined
  const item = body?.kind === 'Select' ? body.items[0] : undefined
  if (item?.kind !== 'ExpressionItem') throw new Error(`no expression: ${text}`)
  return item.value
}
