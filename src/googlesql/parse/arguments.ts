import type { Argument, DescriptorArgument, Lambda } from '../ast/call.ts'
import type { Expression } from '../ast/expression.ts'
import type { Cursor } from './cursor.ts'
import { parseAsAlias, parseIdentifiers, parsePath, parseTablePath } from './names.ts'

/** One argument of a function, a table function or a procedure. */
export function parseArgument(c: Cursor): Argument {
  const { start } = c
  if (c.isIdentifier() && c.isAt(1, '=>')) {
    const name = c.identifier()
    c.expect('=>')
    return { kind: 'NamedArgument', name, value: parsePlainArgument(c), at: c.span(start) }
  }
  return parsePlainArgument(c)
}

function parsePlainArgument(c: Cursor): Argument {
  const { start } = c
  const special = parseObjectArgument(c)
  if (special !== undefined) return special
  if (c.are('(', ')', '->')) {
    c.expectAll('(', ')')
    return parseLambdaBody(c, { parameters: [] }, start)
  }
  if (c.is('SELECT'))
    throw c.failure('an argument', 'A query as an argument needs parentheses of its own: f((SELECT …)).')
  const value = c.expression()
  if (c.is('->')) return parseLambdaBody(c, lambdaParameters(c, value), start)
  const alias = parseAsAlias(c)
  return alias === undefined ? value : { kind: 'AliasedArgument', value, alias, at: c.span(start) }
}

function parseObjectArgument(c: Cursor): Argument | undefined {
  const { start } = c
  if (c.is('DESCRIPTOR') && c.isAt(1, '(')) return parseDescriptor(c)
  if (c.is('CONNECTION') && c.isAt(1, 'DEFAULT')) {
    c.expectAll('CONNECTION', 'DEFAULT')
    return { kind: 'ConnectionArgument', path: undefined, at: c.span(start) }
  }
  if (c.takeAll('INPUT', 'TABLE')) {
    c.lacks('inputTable', start)
    return { kind: 'InputTableArgument', at: c.span(start) }
  }
  if (!c.isIdentifier(1)) return undefined
  if (c.take('TABLE')) return parseTableArgument(c, start)
  if (c.take('MODEL')) return { kind: 'ModelArgument', path: parseTablePath(c, 'a model name'), at: c.span(start) }
  if (c.take('CONNECTION')) return { kind: 'ConnectionArgument', path: parsePath(c), at: c.span(start) }
  return undefined
}

function parseTableArgument(c: Cursor, start: number): Argument {
  const path = parseTablePath(c)
  if (!c.is('(')) return { kind: 'TableArgument', path, at: c.span(start) }
  c.lacks('tableCall', start)
  const call = c.productions.tableCall(c, path)
  return { kind: 'TableCallArgument', call, at: c.span(start) }
}

function parseDescriptor(c: Cursor): DescriptorArgument {
  const { start } = c
  c.expect('DESCRIPTOR')
  return { kind: 'DescriptorArgument', columns: parseIdentifiers(c), at: c.span(start) }
}

type LambdaParameters = Pick<Lambda, 'parameters' | 'patterns'>

function parseLambdaBody(c: Cursor, parameters: LambdaParameters, start: number): Lambda {
  c.expect('->')
  return { kind: 'Lambda', ...parameters, body: c.expression(), at: c.span(start) }
}

/** `x` or `(x, y)` was read as an expression before the arrow showed that it is a list of parameters. */
function lambdaParameters(c: Cursor, value: Expression): LambdaParameters {
  const given = value.kind === 'Tuple' ? value.elements : [value]
  const parameters = given.flatMap(name =>
    name.kind === 'PathExpression' && name.parts.length === 1 ? [name.parts[0]] : [],
  )
  if (parameters.length === given.length) return { parameters }
  const isList = value.kind === 'Tuple' || value.kind === 'PathExpression'
  if (!isList) throw c.failureAt(value.at.start, 'the parameters of a lambda', 'an expression')
  c.lacks('lambdaParameter', value.at.start)
  return { parameters: [], patterns: given }
}
