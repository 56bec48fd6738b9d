import { parseStatement, parseWholeExpression } from '../../googlesql/parse/parse.ts'
import { print } from '../../googlesql/print/print.ts'
import { rewrite } from '../../googlesql/rewrite.ts'

/** Governed text as it would have read its tables at that time. In it tables have all three names, and nothing else has. */
export function asOf(governedSql: string, at: Date): string {
  const systemTime = parseWholeExpression(`TIMESTAMP '${at.toISOString()}'`)
  const rewritten = rewrite(parseStatement(governedSql), {
    TableReference: table =>
      table.systemTime === undefined && isTable(print(table.path)) ? { ...table, systemTime } : table,
  })
  return print(rewritten)
}

/** `project.dataset.table`, quoted in one or in parts. Views of INFORMATION_SCHEMA have no past. */
function isTable(path: string): boolean {
  const names = path.replaceAll('`', '').split('.')
  return names.length === 3 && !names.some(name => name.toUpperCase() === 'INFORMATION_SCHEMA')
}
