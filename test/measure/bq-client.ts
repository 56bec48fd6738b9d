import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Ran, runCommand } from '../../src/tools/run-command.ts'
import type { Check } from './python-tools.ts'

const timeoutMs = 120_000
const secrets = /canary\.example|900-\d\d-\d{4}/
const sql = '--nouse_legacy_sql'

/** What each command must say; none of them may say a secret. */
const commands: readonly (readonly [name: string, words: readonly string[], said: RegExp])[] = [
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
  ['load', ['load', '--autodetect', 'crm.orders', 'FILE'], /uploading files is not granted/],
  ['making a table', ['mk', '-t', 'crm.made', 'id:INTEGER'], /Agents may only read/],
  ['deleting a table', ['rm', '-f', '-t', 'crm.orders'], /Agents may only read/],
  ['copy', ['cp', '-f', 'crm.orders', 'crm.copied'], /jobs other than queries are not granted/],
]

/** Runs Google's command line tool against a gateway; undefined where it is not installed. */
export async function checkBq(url: string, token: string): Promise<readonly Check[] | undefined> {
  const home = await mkdtemp(join(tmpdir(), 'sluice-bq-'))
  const file = join(home, 'rows.csv')
  await writeFile(file, 'id\n1\n')
  const flags = ['--api', url, `--oauth_access_token=${token}`, '--project_id=acme-prod']
  const bq = (words: readonly string[]) => runCommand('bq', [...flags, ...words], { env: { HOME: home }, timeoutMs })
  try {
    if ((await runCommand('bq', ['version'], { env: { HOME: home }, timeoutMs })).code !== 0) return undefined
    const checks: Check[] = []
    for (const [name, words, said] of commands) {
      const began = Date.now()
      const ran = await bq(words.map(word => (word === 'FILE' ? file : word)))
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
