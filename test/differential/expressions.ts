import type { ColumnType, ScalarType } from '../../src/model/column-type.ts'
import { isGroupable, isScalar, leavesOf, type Maker, quoted, type Scope, scalar } from './scope.ts'

export const commonTypes = ['INT64', 'STRING', 'BOOL', 'NUMERIC', 'FLOAT64', 'DATE', 'TIMESTAMP'] as const
type CommonType = (typeof commonTypes)[number]

const values: Readonly<Record<CommonType, readonly string[]>> = {
  INT64: ['0', '1', '2', '3', '101', '-1', '2024'],
  STRING: ['EU', 'US', 'Paris', 'a', '', 'REDACTED', 'login', '1'],
  BOOL: ['TRUE', 'FALSE'],
  NUMERIC: ['10.5', '0', '7777.77'],
  FLOAT64: ['0.5', '1.0', '1e2'],
  DATE: ['1990-01-02', '2024-12-31'],
  TIMESTAMP: ['2024-01-02 00:00:00+00', '2024-01-04T00:00:00Z'],
}

/** What literals of a type have around their value. */
const spellings: Readonly<Record<CommonType, (value: string) => string>> = {
  INT64: value => value,
  STRING: value => `'${value}'`,
  BOOL: value => value,
  NUMERIC: value => `NUMERIC '${value}'`,
  FLOAT64: value => value,
  DATE: value => `DATE '${value}'`,
  TIMESTAMP: value => `TIMESTAMP '${value}'`,
}

/** An expression of a type over what is in scope. */
export function expression(maker: Maker, scope: Scope, type: ScalarType, depth: number): string {
  const { random } = maker
  const fitting = leavesOf(scope, random).filter(leaf => isScalar(leaf.type, type))
  if (fitting.length > 0 && (depth <= 0 || random.chance(0.45))) return random.pick(fitting).text
  if (depth <= 0 || random.chance(0.15)) return literal(maker, type)
  if (random.chance(0.15)) return anyTyped(maker, scope, type, depth - 1)
  return operations[type as CommonType]?.(maker, scope, depth - 1) ?? literal(maker, type)
}

function literal(maker: Maker, type: ScalarType): string {
  const known = values[type as CommonType]
  if (known === undefined || maker.random.chance(0.1)) return `CAST(NULL AS ${type})`
  const value = maker.random.pick(known)
  return maker.parameter(type, value) ?? spellings[type as CommonType](value)
}

/** Forms that every type has. */
function anyTyped(maker: Maker, scope: Scope, type: ScalarType, depth: number): string {
  const { random } = maker
  const inner = () => expression(maker, scope, type, depth)
  const condition = () => expression(maker, scope, 'BOOL', depth)
  return random.pick([
    () => `IF(${condition()}, ${inner()}, ${inner()})`,
    () => `COALESCE(${inner()}, ${inner()})`,
    () => `CASE WHEN ${condition()} THEN ${inner()} ELSE ${inner()} END`,
    () => `IFNULL(${inner()}, ${inner()})`,
    () => scalarSubquery(maker, scope, type),
    () => `[${inner()}, ${inner()}][SAFE_OFFSET(${random.below(3)})]`,
    () => `STRUCT(${inner()} AS a, ${inner()} AS b).a`,
    () => `WITH(a AS ${inner()}, IF(a IS NULL, ${inner()}, a))`,
  ])()
}

/** A subquery with one row, which may name what is around it. */
function scalarSubquery(maker: Maker, scope: Scope, type: ScalarType): string {
  if (scope.depth <= 0) return literal(maker, type)
  const { text, columns } = maker.query({ ...scope, depth: scope.depth - 1 })
  const fitting = columns.filter(column => isScalar(column.type, type))
  if (fitting.length === 0) return literal(maker, type)
  const alias = maker.alias()
  return `(SELECT MAX(${alias}.${quoted(maker.random.pick(fitting).name)}) FROM (${text}) AS ${alias})`
}

type Operation = (maker: Maker, scope: Scope, depth: number) => string

const operations: Readonly<Record<CommonType, Operation>> = {
  INT64: (maker, scope, depth) => {
    const of = (type: ScalarType) => expression(maker, scope, type, depth)
    return maker.random.pick([
      () => `(${of('INT64')} ${maker.random.pick(['+', '-'])} ${of('INT64')})`,
      () => `MOD(${of('INT64')}, 7)`,
      () => `LENGTH(${of('STRING')})`,
      () => `EXTRACT(${maker.random.pick(['YEAR', 'MONTH'])} FROM ${of('DATE')})`,
      () => `SAFE_CAST(${of('STRING')} AS INT64)`,
      () => `ARRAY_LENGTH(${array(maker, scope)})`,
      () => unnested(maker, scope),
      () => arrayOfRows(maker, scope),
      () => `SIGN(${of('INT64')})`,
    ])()
  },
  STRING: (maker, scope, depth) => {
    const of = (type: ScalarType) => expression(maker, scope, type, depth)
    return maker.random.pick([
      () => `UPPER(${of('STRING')})`,
      () => `CONCAT(${of('STRING')}, ${of('STRING')})`,
      () => `(${of('STRING')} || ${of('STRING')})`,
      () => `SUBSTR(${of('STRING')}, 1, ${maker.random.below(5)})`,
      () => `CAST(${of(maker.random.pick(['INT64', 'DATE', 'NUMERIC', 'BOOL'] as const))} AS STRING)`,
      () => `TO_JSON_STRING(${wholeRow(maker, scope)})`,
      () => `FORMAT('%T', ${wholeRow(maker, scope)})`,
      () => `TO_HEX(SHA256(${of('STRING')}))`,
      () => `ARRAY_TO_STRING(${textArray(maker, scope)}, ',')`,
    ])()
  },
  BOOL: (maker, scope, depth) => predicate(maker, scope, depth),
  NUMERIC: (maker, scope, depth) => {
    const of = (type: ScalarType) => expression(maker, scope, type, depth)
    return maker.random.pick([
      () => `(${of('NUMERIC')} ${maker.random.pick(['+', '-'])} ${of('NUMERIC')})`,
      () => `ROUND(${of('NUMERIC')}, 1)`,
      () => `CAST(${of('INT64')} AS NUMERIC)`,
      () => `ABS(${of('NUMERIC')})`,
    ])()
  },
  FLOAT64: (maker, scope, depth) => {
    const of = (type: ScalarType) => expression(maker, scope, type, depth)
    return maker.random.pick([() => `(${of('FLOAT64')} + ${of('INT64')})`, () => `SAFE_DIVIDE(${of('INT64')}, 4)`])()
  },
  DATE: (maker, scope, depth) => {
    const of = (type: ScalarType) => expression(maker, scope, type, depth)
    const part = maker.random.pick(['DAY', 'MONTH', 'YEAR'])
    return maker.random.pick([
      () => `DATE_ADD(${of('DATE')}, INTERVAL 1 ${part})`,
      () => `DATE_TRUNC(${of('DATE')}, ${part})`,
      () => `DATE(${of('TIMESTAMP')})`,
    ])()
  },
  TIMESTAMP: (maker, scope, depth) => `TIMESTAMP_TRUNC(${expression(maker, scope, 'TIMESTAMP', depth)}, HOUR)`,
}

export function predicate(maker: Maker, scope: Scope, depth: number): string {
  const { random } = maker
  const type = random.pick(commonTypes)
  const of = (wanted: ScalarType) => expression(maker, scope, wanted, depth)
  return random.pick([
    () => `(${of(type)} ${random.pick(['=', '!=', '<', '<=', '>', '>=', '<>'])} ${of(type)})`,
    () => `(${of('BOOL')} ${random.pick(['AND', 'OR'])} ${of('BOOL')})`,
    () => `(NOT ${of('BOOL')})`,
    () => `(${of(type)} IS ${random.pick(['', 'NOT '])}NULL)`,
    () => `(${of('STRING')} ${random.pick(['', 'NOT '])}LIKE ${random.pick(["'%a%'", "'E_'", "'%'", "'%@%'"])})`,
    () => `(${of(type)} ${random.pick(['', 'NOT '])}IN (${of(type)}, ${of(type)}))`,
    () => `(${of(type)} BETWEEN ${of(type)} AND ${of(type)})`,
    () => `(${of(type)} IS ${random.pick(['', 'NOT '])}DISTINCT FROM ${of(type)})`,
    () => `(${of('STRING')} IN UNNEST(${textArray(maker, scope)}))`,
    () => `STARTS_WITH(${of('STRING')}, ${of('STRING')})`,
    () => subqueryPredicate(maker, scope, depth),
  ])()
}

function subqueryPredicate(maker: Maker, scope: Scope, depth: number): string {
  if (scope.depth <= 0) return literal(maker, 'BOOL')
  const { random } = maker
  const { text, columns } = maker.query({ ...scope, depth: scope.depth - 1 })
  const [only, second] = columns
  const isOne = only !== undefined && second === undefined && isGroupable(only.type)
  if (!isOne || random.chance(0.4)) return `${random.pick(['', 'NOT '])}EXISTS(${text})`
  const name = only.type.kind === 'scalar' ? only.type.name : 'INT64'
  return `(${expression(maker, scope, name, depth)} ${random.pick(['', 'NOT '])}IN (${text}))`
}

/** A subquery over an array of what is around it, by its path or unnested. */
function unnested(maker: Maker, scope: Scope): string {
  const { random } = maker
  const arrays = leavesOf({ ...scope, isBare: false }, random).filter(({ type }) => type.kind === 'array')
  if (arrays.length === 0) return 'ARRAY_LENGTH([1, 2])'
  const { text, type } = random.pick(arrays)
  const alias = maker.alias()
  const fields = type.kind === 'array' && type.element.kind === 'struct' ? type.element.fields : []
  const scalars = fields.filter(field => isScalar(field.type, 'STRING'))
  const where =
    scalars.length === 0
      ? ''
      : ` WHERE ${alias}.${quoted(random.pick(scalars).name)} ${random.pick(['IS NULL', "< 'c'"])}`
  return `(SELECT COUNT(*) FROM ${random.pick([text, `UNNEST(${text})`])} AS ${alias}${where})`
}

/** As many rows as a correlated query finds. */
function arrayOfRows(maker: Maker, scope: Scope): string {
  if (scope.depth <= 0) return '0'
  const { text } = maker.query({ ...scope, depth: scope.depth - 1 })
  return `ARRAY_LENGTH(ARRAY(SELECT AS STRUCT * FROM (${text})))`
}

/** A whole row, a struct or any column: what carries more than it shows. */
export function wholeRow(maker: Maker, scope: Scope): string {
  const { random } = maker
  const leaves = leavesOf(scope, random).map(({ text }) => text)
  const rows = scope.sources.map(({ alias }) => quoted(alias))
  const all = random.chance(0.4) ? rows : leaves
  return all.length === 0 ? "STRUCT(1 AS a, 'x' AS b)" : random.pick(all)
}

function array(maker: Maker, scope: Scope): string {
  const arrays = leavesOf(scope, maker.random).filter(({ type }) => type.kind === 'array')
  return arrays.length === 0 ? '[1, 2]' : maker.random.pick(arrays).text
}

function textArray(maker: Maker, scope: Scope): string {
  const { random } = maker
  const leaves = leavesOf(scope, random)
  const lists = leaves
    .filter(({ type }) => type.kind === 'array' && isScalar(type.element, 'STRING'))
    .map(({ text }) => text)
  const inner = leaves.flatMap(({ text, type }) => {
    if (type.kind !== 'array' || type.element.kind !== 'struct') return []
    return type.element.fields
      .filter(field => isScalar(field.type, 'STRING'))
      .map(field => {
        return `ARRAY(SELECT e.${field.name} FROM UNNEST(${text}) AS e WITH OFFSET AS p ORDER BY p)`
      })
  })
  const all = [...lists, ...inner]
  return all.length === 0 || random.chance(0.2) ? "['EU', 'Paris']" : random.pick(all)
}

/** Something to select: any leaf as it is, or an expression of a type. */
export function selectable(maker: Maker, scope: Scope): { readonly text: string; readonly type: ColumnType } {
  const { random } = maker
  const leaves = leavesOf(scope, random)
  if (leaves.length > 0 && random.chance(0.55)) return random.pick(leaves)
  const type = random.pick(commonTypes)
  return { text: expression(maker, scope, type, 2), type: scalar(type) }
}
