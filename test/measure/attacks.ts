import { parseArgs } from 'node:util'
import { type AttackCase, type ControlCase, readCases } from './cases.ts'
import { callStorage } from './grpc-door.ts'
import { sendHttp } from './http-door.ts'
import { type Answer, indistinguishable, judge, type Verdict } from './judge.ts'
import { type McpAnswer, type McpDoor, openMcpDoor } from './mcp-door.ts'
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
  try {
    const attacks = await runAttacks(await readCases<AttackCase>(values.cases), door, sandbox)
    const honest = await runControls(await readCases<ControlCase>(values.controls), door)
    const report = { ...attacks, honest }
    console.log(values.json ? JSON.stringify(report) : table(report))
    return attacks.unsafe.length === 0 && honest.failures.length === 0 ? 0 : 1
  } finally {
    await door.close()
    await sandbox.stop()
  }
}

async function runAttacks(cases: readonly AttackCase[], door: McpDoor, sandbox: SandboxUnderTest) {
  const byCategory: Record<string, Tally> = {}
  const unsafe: { id: string; leaked: string }[] = []
  let skipped = 0
  for (const attack of cases) {
    const verdict = await attempt(attack, door, sandbox)
    if (verdict === undefined) {
      skipped++
      continue
    }
    byCategory[attack.category] ??= { safe: 0, total: 0 }
    const tally = byCategory[attack.category] as Tally
    tally.total++
    if (verdict.safe) tally.safe++
    else unsafe.push({ id: attack.id, leaked: verdict.leaked })
  }
  const total = cases.length - skipped
  return { safe: total - unsafe.length, total, skipped, by_category: byCategory, unsafe }
}

/** A policy that is broken in the way the case says is loaded by the tests beside `src/policy`, not by a running sandbox. */
function needsOtherPolicy({ category, fixture }: AttackCase): boolean {
  return category === 'policy-engine' && (fixture.setup?.length ?? 0) > 0
}

/** Undefined where the case needs a door, a job setting or a policy that the sandbox does not have. */
async function attempt(attack: AttackCase, door: McpDoor, sandbox: SandboxUnderTest): Promise<Verdict | undefined> {
  if (needsOtherPolicy(attack)) return undefined
  const base = new URL(sandbox.restUrl)
  if (attack.channel === 'sql' && attack.sql !== undefined) {
    if (argumentsFor(attack) !== undefined) return attemptSql(attack, attack.sql, door)
    return judge(attack, await askOverRest(base, sandbox.tokens.alice, attack, attack.sql), attack.sql)
  }
  const { grpc, message } = attack.request ?? {}
  if (grpc !== undefined && message !== undefined) {
    const call = { grpc, message }
    return judge(
      attack,
      await callStorage(sandbox.storageEndpoint, sandbox.tokens.alice, call),
      JSON.stringify(message),
    )
  }
  const request = servedRequest(attack)
  if (request === undefined) return undefined
  const answer = await sendHttp(base, sandbox.tokens.alice, request)
  return judge(attack, answer, ownTextOf(request))
}

async function attemptSql(attack: AttackCase, sql: string, door: McpDoor): Promise<Verdict | undefined> {
  const args = argumentsFor(attack)
  if (args === undefined) return undefined
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
    `attacks safe             ${report.safe} of ${report.total} (${report.skipped} skipped: the sandbox has no such door, job setting or policy)`,
    ...categories,
    ...report.unsafe.map(({ id, leaked }) => `  UNSAFE ${id}: ${leaked}`),
    `honest queries served    ${report.honest.served} of ${report.honest.total}`,
    ...report.honest.failures.map(({ id, why }) => `  NOT SERVED ${id}: ${why}`),
  ].join('\n')
}
