import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { type Check, type PythonWith, pythonWith } from './python-tools.ts'

const version = '1.10.3'
const packages = [`dbt-bigquery==${version}`, 'dbt-core==1.10.23', 'google-cloud-bigquery==3.47.0']
const tool = { name: 'dbt-bigquery', version, packages }

const runResults = z.object({
  results: z.array(
    z.object({ unique_id: z.string(), status: z.string(), message: z.string().nullable(), execution_time: z.number() }),
  ),
})

/** Runs a small dbt project against a gateway, as somebody who may write to the dataset `lab`: anew, increment, and anew. */
export async function checkDbt(url: string, token: string): Promise<readonly Check[]> {
  const python = await pythonWith(tool)
  const project = await mkdtemp(join(tmpdir(), 'sluice-dbt-'))
  try {
    await cp(join(import.meta.dirname, 'dbt'), project, { recursive: true })
    const run = (...words: readonly string[]) =>
      runDbt(python, project, { SLUICE_URL: url, SLUICE_TOKEN: token }, words)
    const first = await run('build')
    const second = await run('build')
    const isIncrement = second.some(
      ({ name, message }) => name === 'model.lab.order_log' && message.startsWith('MERGE'),
    )
    const increment = { check: 'the second run merges', ms: 0, failure: isIncrement ? null : 'there was no MERGE' }
    const anew = await run('run', '--full-refresh')
    const closed = await run('run', '--vars', '{source: hr.salaries}', '--select', 'order_log')
    const isDenied = closed.some(({ message }) => message.includes('Access Denied by policy'))
    const denial = { check: 'a closed source is denied', ms: 0, failure: isDenied ? null : JSON.stringify(closed) }
    const described = await describedNodes(run, project)
    const isDescribed = described.includes('model.lab.large_regions') && described.includes('seed.lab.continents')
    const docs = { check: 'docs generate', ms: 0, failure: isDescribed ? null : JSON.stringify(described) }
    return [...checks('', first), ...checks(' again', second), increment, ...checks(' anew', anew), denial, docs]
  } finally {
    await rm(project, { recursive: true, force: true })
  }
}

const catalog = z.object({ nodes: z.record(z.string(), z.unknown()) })

/** What dbt finds in the warehouse when it writes its documentation. */
async function describedNodes(run: (...words: string[]) => Promise<unknown>, project: string): Promise<string[]> {
  await run('docs', 'generate')
  return Object.keys(catalog.parse(JSON.parse(await readFile(join(project, 'target/catalog.json'), 'utf8'))).nodes)
}

type Result = { readonly name: string; readonly status: string; readonly message: string; readonly ms: number }

async function runDbt(
  python: PythonWith,
  project: string,
  env: Readonly<Record<string, string>>,
  words: readonly string[],
): Promise<readonly Result[]> {
  const places = ['--profiles-dir', project, '--project-dir', project, '--target-path', join(project, 'target')]
  const started = ['-m', 'dbt.cli.main', ...words, ...places]
  const { code, stdout, stderr } = await python.run(started, { ...env, DO_NOT_TRACK: '1' }, project)
  const told = await readFile(join(project, 'target/run_results.json'), 'utf8').catch(() => undefined)
  if (told === undefined) throw new Error(`dbt ended early with ${code}: ${`${stdout}${stderr}`.slice(-2_000)}`)
  await rm(join(project, 'target/run_results.json'))
  return runResults.parse(JSON.parse(told)).results.map(({ unique_id: name, status, message, execution_time }) => ({
    ...{ name, status, message: message ?? '', ms: Math.round(execution_time * 1_000) },
  }))
}

function checks(when: string, results: readonly Result[]): readonly Check[] {
  return results.map(({ name, status, message, ms }) => {
    const hasWorked = status === 'success' || status === 'pass'
    return { check: `${name}${when}`, ms, failure: hasWorked ? null : message }
  })
}
