import type { Expression } from '../../googlesql/ast/expression.ts'
import type { OptionEntry } from '../../googlesql/ast/name.ts'
import type { Statement } from '../../googlesql/ast/statement.ts'
import { nodesOf } from '../../googlesql/walk.ts'
import { Failure } from '../../model/failure.ts'
import type { FileAccess } from '../../model/statement.ts'

/** Options that name files: what is done to them, where the statement is no export. */
const fileOptions: Readonly<Record<string, FileAccess['access']>> = {
  uri: 'read',
  uris: 'read',
  library: 'read',
  storage_uri: 'write',
}

/** The files outside of BigQuery that a statement names in its options. Throws `cannot_govern` where they are not written out. */
export function filesOf(statement: Statement): readonly FileAccess[] {
  // Most texts are queries, and one that exports in a pipe is refused.
  if (statement.kind === 'QueryStatement') return []
  const isExport = statement.kind === 'ExportData'
  const files = nodesOf(statement, 'OptionEntry').flatMap(entry => {
    const access = fileOptions[entry.name.text.toLowerCase()]
    if (access === undefined) return []
    return urisIn(entry.value, entry).map((uri): FileAccess => ({ uri, access: isExport ? 'write' : access }))
  })
  if (isExport && files.length === 0) throw notWrittenOut('uri')
  return files
}

function urisIn(value: Expression, entry: OptionEntry): readonly string[] {
  switch (value.kind) {
    case 'StringLiteral':
      return [value.value]
    case 'ArrayConstructor':
      return value.elements.flatMap(element => urisIn(element, entry))
    default:
      throw notWrittenOut(entry.name.text)
  }
}

function notWrittenOut(option: string): Failure {
  return new Failure('cannot_govern', {
    detail: `The option ${option} must name its files as string literals, so that policy can tell whether they are open.`,
  })
}
