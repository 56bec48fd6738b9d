import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const patienceMs = 120_000

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-explain-'))
})
afterAll(() => rm(folder, { recursive: true }))

type Ran = { readonly code: number | null; readonly out: string; readonly err: string }

/** The command as a user runs it. */
function explain(query: string, ...args: readonly string[]): Promise<Ran> {
  return new Promise((done, reject) => {
    const child = spawn(process.execPath, ['src/bootstrap.mjs', 'src/cli/sluice.ts', 'explain', '-', ...args], {
      cwd: root,
    })
    let [out, err] = ['', '']
    child.stdout.on('data', part => {
      out += part
    })
    child.stderr.on('data', part => {
      err += part
    })
    child.on('error', reject)
    child.on('close', code => done({ code, out, err }))
    child.stdin.end(query)
  })
}

describe('sluice explain', { timeout: patienceMs }, () => {
  test('shows what the functions that a query calls read, and their bodies in the place of the calls', async () => {
    const { code, out } = await explain('select crm.orders_of(id), crm.email_domain(email) from crm.users')
    expect(code).toBe(0)
    expect(out).toContain('acme-prod.crm.orders_of  read (routine)')
    expect(out).toMatch(/acme-prod\.crm\.orders {2}read \(table, through acme-prod\.crm\.orders_of\)/)
    expect(out).toContain('acme-prod.crm.email_domain (sql_udf)')
    expect(out).toMatch(/^\+.*SPLIT\(`email`, '@'\)/m)
    expect(out).toContain("Google's analyzer: agrees")
  })

  test('shows what a query reads, what the policy puts on it, and what would be sent', async () => {
    const { code, out } = await explain('select email, profile.phone from crm.v_users join crm.orders o using (id)')
    expect(code).toBe(0)
    expect(out).toMatch(
      /acme-prod\.crm\.users {2}read \(table, through acme-prod\.crm\.v_users\)\n(.*\n)*? {4}email {2}select/,
    )
    expect(out).toContain('mask   acme-prod.crm.users.email: sha256')
    expect(out).toContain('filter acme-prod.crm.orders:')
    expect(out).toMatch(/^\+.*TO_HEX\(SHA256\(`email`\)\)/m)
    expect(out).toMatch(/^- FROM `crm`\.`v_users`/m)
    expect(out).not.toContain('\u001b')
  })

  test('ends with 1 where the policy says no, and says why, also to a program', async () => {
    const { code, out } = await explain('select * from `acme-prod.hr.salaries`', '--json')
    expect(code).toBe(1)
    const document = JSON.parse(out)
    expect(document).toMatchObject({
      kind: 'SELECT',
      decision: { effect: 'deny' },
      statement: { tables: [{ id: 'acme-prod.hr.salaries' }] },
    })
    expect(document.decision.reasons.length).toBeGreaterThan(0)
    expect(document.governed_sql).toBeUndefined()
  })

  test('asks for somebody else by a file of claims, and completes names', async () => {
    const path = join(folder, 'claims.json')
    await writeFile(path, JSON.stringify({ subject: 'carol', groups: ['pii-admins'], kind: 'human' }))
    const { code, out } = await explain('select email from users', '--as', path, '--default-dataset', 'acme-prod.crm')
    expect(code).toBe(0)
    expect(out).not.toContain('SHA256')
    expect(out).toContain('`acme-prod.crm.users`')
  })

  test('tells what the text alone tells where there is no catalog', async () => {
    const { code, out } = await explain('create table a.b as select x from c.d', '--catalog', 'none')
    expect(code).toBe(0)
    expect(out).toContain('CREATE_TABLE_AS_SELECT (ddl)')
    expect(out).toMatch(/a\.b {2}create table/)
    expect(out).toMatch(/c\.d {2}read/)
  })

  test('ends with 2 where a text cannot be read or somebody is not known, and says what is wrong', async () => {
    const broken = await explain('select from', '--catalog', 'none')
    expect([broken.code, broken.out]).toEqual([2, ''])
    expect(broken.err).toMatch(/^syntax_error: .*line 1/)
    const stranger = await explain('select 1', '--as', 'eve')
    expect(stranger.code).toBe(2)
    expect(stranger.err).toContain('There is no eve: name one of alice, bob, mallory')
  })
})
