import { parseArgs } from 'node:util'
import { askWithToken, hasOtherToken } from './auth-door.ts'
import { isBrokenPolicy } from './broken-policies.ts'
import { type AttackCase, type ControlCase, readCases } from './cases.ts'
import { callStorage } from './grpc-door.ts'
import { sendHttp } from './http-door.ts'
import { type Answer, indistinguishable, judge, type Verdict } from './judge.ts'
import { whyLeftOut } from './left-out-attacks.ts'
import { type McpAnswer, type McpDoor, openMcpDoor } from './mcp-door.ts'
import { type OwnGateways, openOwnGateways } from './own-gateways.ts'
import { sameRows } from './render-rows.ts'
import { askOverRest, makeJobs, ownTextOf, servedRequest } from './rest-door.ts'
import { openSandboxUnderTest, type SandboxUnderTest } from './sandbox-under-test.ts'

const usage = `Runs the attack corpus and its honest queries through the real front doors.

usage: npm run attacks -- [--cases F] [--controls F] [--world F] [--ready-file F] [--json]
  --ready-file  use the running sandbox that this file describes, instead of starting one`

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: 'test/corpus/attacks/attacks.jsonl' },
    controls: { type: 'string', default: 'test/corpus/attacks/controls.jsonl' },
    world: { type: 'string', default: 'test/corpus/attacks/fixture_world.json' },
    'ready-file': { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

type Tally = { safe: number; total: number }
type Honest = { served: number; total: number; failures: { id: string; why: string }[] }

if (values.help) {
  console.log(usage)
} else {
  process.exitCode = await run()
}

async function run(): Promise<number> {
  const sandbox = await openSandboxUnderTest(values['ready-file'], values.world)
  const door = await openMcpDoor(sandbox.mcpUrl, sandbox.tokens.alice)
  await makeJobs(new URL(sandbox.restUrl), sandbox.tokens)
  const own = await openOwnGateways(values.world)
  try {
    const attacks = await runAttacks(await readCases<AttackCase>(values.cases), { mcp: door, sandbox, own })
    const honest = await runControls(await readCases<ControlCase>(values.controls), door)
    const report = { ...attacks, honest }
    console.log(values.json ? JSON.stringify(report) : table(report))
    return attacks.unsafe.length === 0 && honest.failures.length === 0 ? 0 : 1
  } finally {
    await own.close()
    await door.close()
    await sandbox.stop()
  }
}

async function runAttacks(cases: readonly AttackCase[], doors: Doors) {
  const byCategory: Record<string, Tally> = {}
  const unsafe: { id: string; leaked: string }[] = []
  const leftOut: { id: string; why: string }[] = []
  for (const attack of cases) {
    const why = whyLeftOut(attack)
    if (why !== undefined) {
      leftOut.push({ id: attack.id, why })
      continue
    }
    const verdict = await attempt(attack, doors)
    byCategory[attack.category] ??= { safe: 0, total: 0 }
    const tally = byCategory[attack.category] as Tally
    tally.total++
    if (verdict.safe) tally.safe++
    else unsafe.push({ id: attack.id, leaked: verdict.leaked })
  }
  const total = cases.length - leftOut.length
  const counts = { safe: total - unsafe.length, total, skipped: leftOut.length }
  return { ...counts, by_category: byCategory, unsafe, left_out: leftOut }
}

type Doors = { readonly mcp: McpDoor; readonly sandbox: SandboxUnderTest; readonly own: OwnGateways }

/** One attack, through whichever door it is for. */
async function attempt(attack: AttackCase, { mcp, sandbox, own }: Doors): Promise<Verdict> {
  const { id, channel, sql, request = {} } = attack
  if (isBrokenPolicy(id) || id === 'AUT-020') return judge(attack, await own.ask(attack), sql ?? '')
  if (request.token !== undefined || hasOtherToken(attack)) {
    return judgeAll(attack, await askWithToken(attack, sandbox))
  }
  const base = new URL(sandbox.restUrl)
  if (channel === 'sql' && sql !== undefined) {
    if (isAskedAgain(attack)) await askOverRest(base, sandbox.tokens.bob, attack, sql)
    if (argumentsFor(attack) !== undefined) return attemptSql(attack, sql, mcp)
    return judge(attack, await askOverRest(base, sandbox.tokens.alice, attack, sql), sql)
  }
  const { grpc, message } = request
  if (grpc !== undefined && message !== undefined) {
    const answer = await callStorage(sandbox.storageEndpoint, sandbox.tokens.alice, { grpc, message })
    return judge(attack, answer, JSON.stringify(message))
  }
  const asked = servedRequest(attack)
  return judge(attack, await sendHttp(base, sandbox.tokens.alice, asked), ownTextOf(asked))
}

/** A decision that was made for somebody else, of the very same text, is nobody's. */
function isAskedAgain({ id }: AttackCase): boolean {
  return id === 'POL-025'
}

function judgeAll(attack: AttackCase, answers: readonly Answer[]): Verdict {
  const verdicts = answers.map(answer => judge(attack, answer, ''))
  return verdicts.find(({ safe }) => !safe) ?? { safe: true }
}

async function attemptSql(attack: AttackCase, sql: string, door: McpDoor): Promise<Verdict> {
  const args = argumentsFor(attack) ?? {}
  const answer = await door.executeSql({ ...args, query: sql })
  const verdict = judge(attack, answer, sql)
  if (!verdict.safe || attack.pair_sql === undefined) return verdict
  const pair = await door.executeSql({ ...args, query: attack.pair_sql })
  return judgePair(answer, sql, pair, attack.pair_sql)
}

function judgePair(first: Answer, firstSql: string, second: Answer, secondSql: string): Verdict {
  return indistinguishable(first, firstSql, second, secondSql)
    ? { safe: true }
    : { safe: false, leaked: 'the two queries of the pair can be told apart' }
}

/** The tool's arguments for a case; job settings that only the REST API has are not expressible. */
function argumentsFor({ fixture }: AttackCase): Record<string, unknown> | undefined {
  const { dryRun, ...restOnly } = fixture.job_options ?? {}
  if (Object.keys(restOnly).length > 0 || fixture.query_parameters !== undefined) return undefined
  return {
    ...(dryRun === true ? { dry_run: true } : {}),
    ...(fixture.default_dataset ? { default_dataset: fixture.default_dataset } : {}),
  }
}

async function runControls(cases: readonly ControlCase[], door: McpDoor): Promise<Honest> {
  const failures: Honest['failures'] = []
  for (const control of cases) {
    const why = whyNotServed(control, await door.executeSql({ query: control.sql }))
    if (why !== undefined) failures.push({ id: control.id, why })
  }
  return { served: cases.length - failures.length, total: cases.length, failures }
}

function whyNotServed(control: ControlCase, answer: McpAnswer): string | undefined {
  if (answer.state === 'refused') {
    // The sandbox's warehouse has no history to travel to; that it was accepted and forwarded is what counts.
    const forwarded = /FOR SYSTEM_TIME/i.test(control.sql) && answer.code?.startsWith('warehouse_') === true
    return forwarded ? undefined : answer.visible.slice(0, 300)
  }
  if (control.expected_rows === undefined) return undefined
  const ordered = /ORDER BY/i.test(control.sql)
  const types = answer.columns.map(column => column.type)
  if (sameRows(answer.rows, types, control.expected_rows, ordered)) return undefined
  return `rows ${JSON.stringify(answer.rows).slice(0, 200)}`
}

function table(report: Awaited<ReturnType<typeof runAttacks>> & { honest: Honest }): string {
  const categories = Object.entries(report.by_category).map(
    ([name, { safe, total }]) => `  ${name.padEnd(24)} ${String(safe).padStart(4)} of ${String(total).padStart(4)}`,
  )
  return [
    `attacks safe             ${report.safe} of ${report.total} `,
    ...categories,
    `  left out               ${String(report.skipped).padStart(4)}`,
    ...report.left_out.map(({ id, why }) => `    ${id}: ${why}`),
    ...report.unsafe.map(({ id, leaked }) => `  UNSAFE ${id}: ${leaked}`),
    `honest queries served    ${report.honest.served} of ${report.honest.total}`,
    ...report.honest.failures.map(({ id, why }) => `  NOT SERVED ${id}: ${why}`),
  ].join('\n')
}
