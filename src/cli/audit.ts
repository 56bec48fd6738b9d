import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import { type AuditReport, audit } from '../recording/proof/audit.ts'
import { publicKeysOf } from '../recording/proof/check-checkpoints.ts'
import { checkpoint } from '../recording/proof/checkpoint.ts'
import { findingKinds } from '../recording/proof/finding.ts'
import { segmentSource } from '../recording/proof/segment-source.ts'
import { storeSource } from '../recording/proof/store-source.ts'
import { printable, rowTable } from '../recording/read/row-table.ts'
import { askRecords } from './ask-records.ts'
import { type GatewayOptions, gatewayOf, withGateway } from './gateway-option.ts'
import { parseTime } from './parse-argument.ts'
import { type Print, printToStdout } from './print.ts'
import { withReader } from './recorded-store.ts'

type Options = GatewayOptions & {
  readonly segments?: string
  readonly key: readonly string[]
  readonly anchor: readonly string[]
  readonly since?: Date
  readonly until?: Date
  readonly json?: true
}

const shownFindings = 100

/** `sluice audit verify` */
export function auditCommand(print: Print = printToStdout): Command {
  const command = new Command('audit').description('Prove that records are what they were.')
  withGateway(command.command('verify'))
    .description('Follow every chain of records and name the first of what is missing, changed or moved. Exits with 1.')
    .option('--segments <directory>', "read a spool's segments instead of ClickHouse")
    .option('--key <file>', 'public key of checkpoints, in PEM; may be given again', collect, [])
    .option('--anchor <file>', 'checkpoints that were kept elsewhere, JSON lines; may be given again', collect, [])
    .option('--since <when>', 'a time, or 30m, 12h, 7d ago', parseTime)
    .option('--until <when>', 'a time, or 30m, 12h, 7d ago', parseTime)
    .option('--json', 'print JSON')
    .action(async (options: Options) => {
      const report = await verify(options)
      print(options.json ? `${JSON.stringify(report, null, 2)}\n` : printable(reportText(report), '\n'))
      if (report.findings.length > 0) process.exitCode = 1
    })
  return command
}

async function verify({ segments, key, anchor, since, until, ...gateway }: Options): Promise<AuditReport> {
  const pems = await Promise.all(
    (await keyPaths(key, segments ?? join(gateway.state, 'spool'))).map(path => readFile(path, 'utf8')),
  )
  const evidence = { keys: publicKeysOf(pems), anchored: (await Promise.all(anchor.map(readAnchor))).flat() }
  if (segments !== undefined) return audit(segmentSource(segments), evidence)
  const question = { ask: 'proof' as const, ...(since && { since }), ...(until && { until }) }
  for await (const _ of askRecords(await gatewayOf(gateway), question))
    throw new Error('A proof has no rows of its own.')
  return withReader(gateway.state, async reader =>
    audit(await storeSource(reader, { since, until }, new Date()), evidence),
  )
}

// Beside the records the key proves little against who may write there; it is better given.
async function keyPaths(given: readonly string[], spoolPath: string): Promise<readonly string[]> {
  if (given.length > 0) return given
  const path = join(spoolPath, 'signing-key.pem.pub')
  return access(path).then(
    () => [path],
    () => [],
  )
}

async function readAnchor(path: string) {
  const lines = (await readFile(path, 'utf8')).split('\n').filter(line => line.trim() !== '')
  return lines.map(line => checkpoint.parse(JSON.parse(line)))
}

function reportText(report: AuditReport): string {
  const { writers, events, rows, checkpoints, unsealed, expired, findings } = report
  const signatures = report.areSignaturesChecked ? 'signatures checked' : 'signatures were not checked: give --key'
  const summary =
    `${events} events and ${rows} rows of ${writers} writers, ${checkpoints} checkpoints (${signatures}), ` +
    `${unsealed} events not yet signed, ${expired} expired.\n`
  if (findings.length === 0) return `${summary}Nothing is missing and nothing was changed.\n`
  const shown = findings.slice(0, shownFindings).map(({ kind, writer, seq, toSeq, eventId, detail }) => {
    const place = toSeq === undefined || toSeq === seq ? String(seq ?? '') : `${seq}-${toSeq}`
    return [kind, writer, place, eventId ?? '', detail]
  })
  const more = findings.length > shown.length ? `… and ${findings.length - shown.length} more\n` : ''
  const kinds = [...new Set(findings.map(({ kind }) => kind))].map(kind => `${kind}: ${findingKinds[kind]}\n`).join('')
  return `${summary}${rowTable(['finding', 'writer', 'events', 'id', 'detail'], shown)}\n${more}${kinds}`
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}
