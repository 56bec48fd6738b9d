import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setUpForTests } from './set-up.ts'

type Tally = { readonly passed: number; readonly failed: number; readonly skipped?: number }
type Step = { readonly name: string; readonly run: () => Promise<Tally> }

const root = resolve(import.meta.dirname, '..')
const bin = (name: string) => join(root, 'node_modules', '.bin', name)
/** `npm test -- src/policy` runs the tests of one folder beside the other steps. */
const filters = process.argv.slice(2)
const scratch = mkdtempSync(join(tmpdir(), 'sluice-test-'))

const policyFlags = ['--schema', 'policies/schemas', '--capabilities', 'policies/capabilities.json']
const { opa } = await setUpForTests()

/** The whole test command, cheapest first. Every step runs, whatever the others said. */
const steps: readonly Step[] = [
  { name: 'types', run: () => check(bin('tsc'), ['-p', 'tsconfig.json']) },
  { name: 'lint and format', run: () => check(bin('biome'), ['ci', '--reporter=summary', '.']) },
  { name: 'policy format', run: () => check(opa, ['fmt', '--fail', '--list', 'policies']) },
  { name: 'policy types', run: () => check(opa, ['check', '--strict', ...policyFlags, '--bundle', 'policies']) },
  { name: 'policy tests', run: runPolicyTests },
  { name: 'unit tests, architecture, corpora, journeys', run: runVitest },
]

process.exitCode = await runAll()

async function runAll(): Promise<number> {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const { name, run } of steps) {
    console.log(`\n== ${name}`)
    const began = Date.now()
    const { passed, failed, skipped = 0 } = await run()
    total.passed += passed
    total.failed += failed
    total.skipped += skipped
    console.log(`== ${name}: ${passed} passed, ${failed} failed, ${((Date.now() - began) / 1000).toFixed(1)} s`)
  }
  rmSync(scratch, { recursive: true, force: true })
  const skipped = total.skipped === 0 ? '' : `, ${total.skipped} skipped`
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`)
  return total.failed === 0 ? 0 : 1
}

/** One command that passes or fails as a whole. */
async function check(command: string, args: readonly string[]): Promise<Tally> {
  const { code } = await execute(command, args, 'inherit')
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

async function runPolicyTests(): Promise<Tally> {
  const { code, stdout } = await execute(opa, ['test', '--timeout=60s', '--format=json', 'policies'], 'pipe')
  const results = JSON.parse(stdout === '' ? '[]' : stdout) as { name: string; fail?: boolean; error?: unknown }[]
  const failures = results.filter(result => result.fail === true || result.error !== undefined)
  for (const { name } of failures) console.log(`FAILED ${name}`)
  if (code !== 0 && failures.length === 0) console.log(stdout)
  const failed = code !== 0 && failures.length === 0 ? 1 : failures.length
  return { passed: results.length - failures.length, failed }
}

async function runVitest(): Promise<Tally> {
  const report = join(scratch, 'vitest.json')
  const { code } = await execute(
    bin('vitest'),
    ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`, ...filters],
    'inherit',
  )
  // A run that broke before its end wrote no report.
  if (!existsSync(report)) return { passed: 0, failed: 1 }
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'))
  // A file that could not be loaded fails the run without a failed test.
  return { passed: numPassedTests, failed: Math.max(numFailedTests, code === 0 ? 0 : 1), skipped: numPendingTests }
}

function execute(
  command: string,
  args: readonly string[],
  output: 'inherit' | 'pipe',
): Promise<{ code: number; stdout: string }> {
  return new Promise((resolveRun, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', output, 'inherit'] })
    let stdout = ''
    child.stdout?.on('data', chunk => {
      stdout += chunk
    })
    child.on('error', reject)
    child.on('close', code => resolveRun({ code: code ?? 1, stdout }))
  })
}
