import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Ran, runCommand } from '../../src/tools/run-command.ts'
import type { Check } from './python-tools.ts'

const timeoutMs = 120_000
const secrets = /canary\.example|900-\d\d-\d{4}/
const sql = '--nouse_legacy_sql'

type Command = readonly [name: string, words: readonly string[], said: RegExp]

/** What each command of alice must say; none of them may say a secret. */
const commands: readonly Command[] = [
  ['query', ['query', sql, 'SELECT id, name, email, ssn FROM crm.users ORDER BY id'], /Alice Archer .*REDACTED/],
  ['query at once', ['--format=json', 'query', '--rpc', sql, 'SELECT [1, 2] AS a'], /\[\{"a":\["1","2"\]\}\]/],
  ['parameters', ['--format=json', 'query', sql, '--parameter=n:INT64:41', 'SELECT @n + 1 AS n'], /\[\{"n":"42"\}\]/],
  ['legacy SQL', ['query', 'SELECT 1'], /--nouse_legacy_sql/],
  ['denial', ['query', sql, 'SELECT * FROM hr.salaries'], /Access Denied by policy.*Datasets you may read/],
  ['dry run', ['query', sql, '--dry_run', 'SELECT id FROM crm.users'], /successfully validated/],
  ['datasets', ['ls'], /crm\s+public_data/],
  ['tables', ['ls', 'crm'], /orders\s+TABLE/],
  ['closed dataset', ['ls', 'hr'], /Not found: Dataset/],
  ['table', ['show', 'crm.orders'], /region: string/],
  ['rows', ['head', '-n', '1', 'crm.users'], /REDACTED/],
  ['jobs', ['ls', '-j', '-n', '3'], /SUCCESS/],
  ['load', ['load', '--autodetect', 'crm.orders', 'FILE'], /Agents may only read/],
  ['making a table', ['mk', '-t', 'crm.made', 'id:INTEGER'], /Agents may only read/],
  ['deleting a table', ['rm', '-f', '-t', 'crm.orders'], /Agents may only read/],
  ['copy', ['cp', '-f', 'crm.orders', 'crm.copied'], /COPY statements are not open/],
  ['extract', ['extract', 'crm.orders', 'gs://acme-lab/orders.csv'], /EXTRACT statements are not open/],
  ['streamed rows', ['insert', 'crm.orders', 'ROWS'], /Agents may only read/],
  ['describing a table', ['update', '--description', 'mine', 'crm.orders'], /Agents may only read/],
  ['a format that is a table', ['--format=sparse', 'query', sql, 'SELECT 1 AS one'], /one ----- 1/],
  ['a format for machines', ['--format=prettyjson', 'query', sql, 'SELECT 1 AS one'], /\[ \{ "one": "1" \} \]/],
  ['a format of files', ['--format=csv', 'query', sql, 'SELECT "a,b" AS one'], /one "a,b"/],
]

/** The same for dana, who may write to one dataset. */
const writing: readonly Command[] = [
  ['making a dataset', ['mk', '-f', '--dataset', 'lab'], /(successfully|already)/],
  ['load', ['load', '--replace', '--skip_leading_rows=1', 'lab.bq', 'FILE', 'id:INTEGER'], /DONE|Upload complete/],
  ['loaded rows', ['query', sql, 'SELECT COUNT(*) AS n FROM lab.bq'], /\| 1 \|/],
  ['copy', ['cp', '-f', 'lab.bq', 'lab.bq_copied'], /successfully copied/],
  ['copy of a masked table', ['cp', '-f', 'crm.users', 'lab.people'], /is masked for you/],
  ['extract', ['extract', 'lab.bq', 'gs://acme-lab/bq.csv'], /DONE/],
  ['extract elsewhere', ['extract', 'lab.bq', 'gs://elsewhere/bq.csv'], /rule cloud_storage/],
  ['load of a file', ['load', '--replace', '--autodetect', 'lab.bq_back', 'gs://acme-lab/bq.csv'], /DONE/],
  ['streamed rows', ['insert', 'lab.bq', 'ROWS'], /^\s*$/],
  [
    'columns and words',
    ['update', '--description=numbers', 'lab.bq', 'id:INTEGER,said:STRING'],
    /successfully updated/,
  ],
  ['labels', ['update', '--set_label=team:lab', 'lab.bq'], /successfully updated/],
  ['what a table is now', ['--format=json', 'show', 'lab.bq'], /"team":"lab".*said.*numbers/],
  ['words of a dataset', ['update', '--description=notes', '--set_label=team:lab', 'lab'], /successfully updated/],
  ['what a dataset is now', ['--format=json', 'show', 'lab'], /"team":"lab".*notes/],
  ['making a view', ['mk', '--use_legacy_sql=false', '--view=SELECT id FROM lab.bq', 'lab.bq_seen'], /successfully/],
  ['deleting a view', ['rm', '-f', '-t', 'lab.bq_seen'], /^\s*$/],
  [
    'making a function',
    ['query', sql, 'CREATE OR REPLACE TABLE FUNCTION lab.bq_top() AS SELECT 1 AS one'],
    /^\s*$|DONE/,
  ],
  ['functions', ['ls', '--routines', 'lab'], /bq_top TABLE_VALUED_FUNCTION SQL/],
  ['a function', ['show', '--routine', 'lab.bq_top'], /bq_top TABLE_VALUED_FUNCTION SQL/],
  ['deleting a function', ['rm', '-f', '--routine', 'lab.bq_top'], /^\s*$/],
  ['destination', ['query', sql, '--replace', '--destination_table=lab.bq_stored', 'SELECT 7 AS id'], /\| 7 \|/],
]

/** Runs Google's command line tool against a gateway; undefined where it is not installed. */
export async function checkBq(
  url: string,
  tokens: { readonly alice: string; readonly dana: string },
): Promise<readonly Check[] | undefined> {
  const home = await mkdtemp(join(tmpdir(), 'sluice-bq-'))
  const file = join(home, 'rows.csv')
  await writeFile(file, 'id\n1\n')
  const rows = join(home, 'rows.json')
  await writeFile(rows, '{"id": 2}\n')
  const env = { HOME: home }
  const bq = (token: string, words: readonly string[]) => {
    const flags = ['--api', url, `--oauth_access_token=${token}`, '--project_id=acme-prod']
    const places: Readonly<Record<string, string>> = { FILE: file, ROWS: rows }
    return runCommand('bq', [...flags, ...words.map(word => places[word] ?? word)], { env, timeoutMs })
  }
  try {
    if ((await runCommand('bq', ['version'], { env, timeoutMs })).code !== 0) return undefined
    const checks: Check[] = []
    const all = [
      ...commands.map(one => [tokens.alice, one] as const),
      ...writing.map(one => [tokens.dana, one] as const),
    ]
    for (const [token, [name, words, said]] of all) {
      const began = Date.now()
      const ran = await bq(token, words)
      checks.push({ check: name, ms: Date.now() - began, failure: faultOf(ran, said) })
    }
    return checks
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

/** `bq` breaks its lines at eighty columns. */
function faultOf({ stdout, stderr }: Ran, said: RegExp): string | null {
  const text = `${stdout}${stderr}`.replaceAll(/\s+/g, ' ')
  if (secrets.test(text)) return `it shows a secret: ${text.slice(-500)}`
  return said.test(text) ? null : text.slice(-500)
}
