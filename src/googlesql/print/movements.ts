import type { Grant, MovementNode } from '../ast/movement.ts'
import type { Printer, PrintersOf } from './printer.ts'
import { destination, elements, layout } from './storage.ts'
import { quoted, quotedPath, stringText, word } from './words.ts'

export const movementPrinters: PrintersOf<MovementNode['kind']> = {
  Grant: (n, p) => `GRANT ${privileges(n, p)} TO ${p.list(n.grantees)}`,
  Revoke: (n, p) => `REVOKE ${privileges(n, p)} FROM ${p.list(n.grantees)}`,
  Privilege: (n, p) => `${word(n.name)}${p.some('(', n.columns, ')')}`,
  ExportData: (n, p) => `EXPORT DATA${destination(n, p)} AS ${p.node(n.query)}`,
  ExportModel: (n, p) => `EXPORT MODEL ${quotedPath(n.name)}${destination(n, p)}`,
  ExportMetadata: (n, p) => `EXPORT ${n.object} METADATA FROM ${quotedPath(n.name)}${destination(n, p)}`,
  LoadData: (n, p) => {
    const parts = [
      `LOAD DATA ${n.mode}${n.temporary ? ' TEMP TABLE' : ''} ${quotedPath(n.name)}`,
      elements(n, p),
      p.optional('', n.partitions),
      layout(n, p),
      p.optional('OPTIONS', n.options),
      p.optional('FROM FILES', n.files),
      p.optional('', n.partitionColumns),
      p.optional('', n.connection),
    ]
    return parts.join('')
  },
  LoadPartitions: (n, p) => `${n.overwrite ? 'OVERWRITE ' : ''}PARTITIONS (${p.node(n.condition)})`,
  Call: (n, p) => `CALL ${quotedPath(n.name)}(${p.list(n.args)})`,
  // Some servers know these names without quotes only.
  ExecuteImmediate: (n, p) =>
    `EXECUTE IMMEDIATE ${p.node(n.sql)}${given('INTO', n.into.map(word))}${p.some('USING ', n.using)}`,
  ExecuteArgument: (n, p) => `${p.node(n.value)}${given('AS', n.alias === undefined ? [] : [word(n.alias)])}`,
  Assert: (n, p) => `ASSERT ${p.node(n.condition)}${n.message === undefined ? '' : ` AS ${stringText(n.message)}`}`,
  BeginTransaction: (n, p) => `BEGIN TRANSACTION${p.some('', n.modes)}`,
  SetTransaction: (n, p) => `SET TRANSACTION ${p.list(n.modes)}`,
  TransactionMode: (n, p) => `${n.mode}${n.level.map(part => ` ${p.node(part)}`).join('')}`,
  CommitTransaction: () => 'COMMIT TRANSACTION',
  RollbackTransaction: () => 'ROLLBACK TRANSACTION',
}

function given(keyword: string, names: readonly string[]): string {
  return names.length === 0 ? '' : ` ${keyword} ${names.join(', ')}`
}

function privileges({ privileges: list, object, otherObject, name }: Omit<Grant, 'kind'>, p: Printer): string {
  const what = list.length === 0 ? 'ALL PRIVILEGES' : p.list(list)
  const kind = object ?? otherObject?.map(quoted).join(' ')
  return `${what} ON ${kind === undefined ? '' : `${kind} `}${quotedPath(name)}`
}
