import { copyFile, cp, mkdir, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { buildDecision, opaPath } from '../../test/fakes/rego.ts'
import type { Question } from '../model/decision.ts'
import type { Principal } from '../model/principal.ts'
import type { PolicyHealth } from './hot-swap.ts'
import { openPolicy, type PolicyDecisionPoint } from './open-policy.ts'
import { policyOptions } from './options.ts'
import { smokeQuestion } from './smoke.ts'

const example = resolve(import.meta.dirname, '../../policies')
const denyAll = (code: string) => `decision := {
	"effect": "deny",
	"reasons": [{"code": "${code}", "message": "no", "policy": "all"}],
	"masks": {}, "row_filters": {}, "limits": {}, "approvals": [],
	"needs": [], "obligations": [], "redact": [], "policies": [],
}`

let folder: string
let loads: PolicyHealth[]
let opened: PolicyDecisionPoint | undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-swap-'))
  loads = []
})
afterEach(async () => {
  opened?.close()
  await rm(folder, { recursive: true, force: true })
})

async function open(source: object): Promise<PolicyDecisionPoint> {
  const options = policyOptions.parse({ source, opaPath: await opaPath(), pollIntervalMs: 600_000 })
  opened = await openPolicy(options, {
    environment: 'test',
    now: () => new Date(),
    newId: () => 'd1',
    onLoad: health => loads.push(health),
  })
  return opened
}

async function codes(policy: PolicyDecisionPoint): Promise<string[]> {
  // The stranger of the smoke test was never authenticated; the policy cannot tell.
  const { reasons } = await policy.decide(smokeQuestion as Question & { principal: Principal })
  return reasons.map(({ code }) => code)
}

describe('a policy in a directory', () => {
  const grants = () => join(folder, 'data/grants/data.json')

  beforeEach(() => cp(example, folder, { recursive: true }))

  test('is compiled, tried and asked', async () => {
    const policy = await open({ kind: 'directory', path: folder })
    expect(await codes(policy)).toContain('table_not_granted')
    expect(policy.health().revision).toMatch(/^example-/)
    expect(policy.health().failure).toBeUndefined()
  })

  test('is swapped when a file changes', async () => {
    const policy = await open({ kind: 'directory', path: folder })
    const before = policy.health().revision
    await writeFile(grants(), '{"groups":{},"members":{"statements":["read"]}}')
    await policy.refresh()
    expect(policy.health().revision).not.toBe(before)
    expect(loads).toHaveLength(2)
  })

  const rules = (rego: string) => `package sluice.rules.x\n\n${rego}\n`
  const letIn = denyAll('x')
    .replace('"deny"', '"allow"')
    .replace(/\[\{.*\}\]/, '[]')
  test.each([
    ['does not parse', 'sluice/rules/x/x.rego', rules('needs contains {'), /rego_parse_error/],
    [
      'misspells the input',
      'sluice/rules/x/x.rego',
      rules('needs contains t if some t in input.query.tabels'),
      /"tabels"/,
    ],
    [
      'uses a builtin that WASM lacks',
      'sluice/rules/x/x.rego',
      rules('limits := {"n": time.now_ns()}'),
      /time\.now_ns/,
    ],
    ['gives an answer of the wrong form', 'sluice/rules/x/x.rego', rules('limits := {"max_rows": "ten"}'), /max_rows/],
    ['lets strangers in', 'sluice/decision/decision.rego', `package sluice.decision\n\n${letIn}\n`, /lets a stranger/],
    ['has data that is not JSON', 'data/grants/data.json', '{"groups":', /data\.json/],
  ])('that %s leaves the last good one in place, and shows', async (_, path, text, failure) => {
    const policy = await open({ kind: 'directory', path: folder })
    const before = policy.health().revision
    await mkdir(join(folder, 'sluice/rules/x'))
    await writeFile(join(folder, path), text)
    await policy.refresh()
    expect(policy.health().revision).toBe(before)
    expect(policy.health().failure).toMatch(failure)
    expect(loads.at(-1)).toEqual(policy.health())
    expect(await codes(policy)).toContain('table_not_granted')
  })

  test('that was broken and is mended serves again without a failure', async () => {
    const policy = await open({ kind: 'directory', path: folder })
    await writeFile(grants(), '{')
    await policy.refresh()
    await copyFile(join(example, 'data/grants/data.json'), grants())
    await policy.refresh()
    expect(policy.health().failure).toBeUndefined()
  })

  test('that cannot be compiled at start refuses every question and says why', async () => {
    await writeFile(grants(), '{')
    const policy = await open({ kind: 'directory', path: folder })
    await expect(codes(policy)).rejects.toMatchObject({ code: 'policy_unavailable' })
    expect(policy.health()).toEqual({ failure: expect.stringMatching(/data\.json/) })
  })
})

describe('a policy in a bundle file', () => {
  const path = () => join(folder, 'bundle.tar.gz')

  test('is loaded, and swapped when the file is replaced', async () => {
    await writeFile(path(), await buildDecision(denyAll('first')))
    const policy = await open({ kind: 'bundle', path: path() })
    expect(await codes(policy)).toEqual(['first'])
    await writeFile(join(folder, 'new'), await buildDecision(denyAll('second')))
    await rename(join(folder, 'new'), path())
    await policy.refresh()
    expect(await codes(policy)).toEqual(['second'])
  })

  test('that is half written or gone leaves the last good one in place, until it is back', async () => {
    const bundle = await buildDecision(denyAll('first'))
    await writeFile(path(), bundle)
    const policy = await open({ kind: 'bundle', path: path() })
    await truncate(path(), 5_000)
    await policy.refresh()
    expect(policy.health().failure).toBeDefined()
    await rm(path())
    await policy.refresh()
    expect(policy.health().failure).toMatch(/ENOENT/)
    expect(await codes(policy)).toEqual(['first'])
    await writeFile(path(), bundle)
    await policy.refresh()
    expect(policy.health().failure).toBeUndefined()
  })

  test('that was moved away and back has not failed any more', async () => {
    await writeFile(path(), await buildDecision(denyAll('first')))
    const policy = await open({ kind: 'bundle', path: path() })
    await rename(path(), join(folder, 'aside'))
    await policy.refresh()
    await rename(join(folder, 'aside'), path())
    await policy.refresh()
    expect(policy.health().failure).toBeUndefined()
    expect(loads).toHaveLength(3)
  })

  test('answers questions while it is swapped', async () => {
    await writeFile(path(), await buildDecision(denyAll('first')))
    const policy = await open({ kind: 'bundle', path: path() })
    await writeFile(path(), await buildDecision(denyAll('second')))
    const swapped = policy.refresh()
    const answers = await Promise.all(Array.from({ length: 50 }, () => codes(policy)))
    await swapped
    expect(new Set(answers.flat()).size).toBeLessThanOrEqual(2)
    expect(await codes(policy)).toEqual(['second'])
  })

  test('whose answers are no answers is refused at load', async () => {
    await writeFile(path(), await buildDecision('allow := true\n\ndecision := {"allow": "true"}'))
    const policy = await open({ kind: 'bundle', path: path() })
    await expect(codes(policy)).rejects.toMatchObject({ code: 'policy_unavailable' })
  })

  test('that is not there at start refuses every question', async () => {
    const policy = await open({ kind: 'bundle', path: path() })
    await expect(codes(policy)).rejects.toMatchObject({ code: 'policy_unavailable' })
  })
})
