import { randomUUID } from 'node:crypto'
import { Failure } from '../../model/failure.ts'
import type { PrincipalClaims } from '../../model/principal.ts'
import type { StatementFacts } from '../../model/statement.ts'
import { readBundle } from '../../policy/bundle.ts'
import { compileDirectory } from '../../policy/compile.ts'
import { policyOptions } from '../../policy/options.ts'
import { type TriedPolicy, tryBundle } from '../../policy/try-bundle.ts'
import { readWorldTables } from '../../sandbox/world-tables.ts'
import { googlesqlReferenceFiles } from '../../tools/googlesql-reference.ts'
import { setUpTools } from '../../tools/set-up.ts'
import type { Print } from '../../tools/tool.ts'
import { tools } from '../../tools/tools.ts'
import { judge, mistakeIn, openOracle } from '../../verification/oracle.ts'
import type { ExplainOptions } from '../explain.ts'
import { type Surroundings, viewColumns } from './explain-text.ts'
import { readPerson } from './person.ts'

/** Everything that a text is explained against, from files. */
export async function openSurroundings(options: ExplainOptions, progress: Print): Promise<Surroundings> {
  const principal = await readPerson(options.as)
  const { project, relations, routines } = await readWorldTables(options.catalog, viewColumns)
  const policy = await openDirectory(options.policies, progress)
  return {
    defaults: { project, ...datasetOf(options.defaultDataset, project) },
    ...{ relations, routines },
    decide: facts => policy.decide(questionOf(facts, principal, project)),
    objection: await openObjection(),
  }
}

function datasetOf(text: string | undefined, home: string) {
  if (text === undefined) return {}
  const [first = '', second, third] = text.split('.')
  if (first === '' || second === '' || third !== undefined)
    throw new Error(`${text} is no dataset; write project.dataset.`)
  return {
    defaultDataset: second === undefined ? { project: home, dataset: first } : { project: first, dataset: second },
  }
}

async function openDirectory(path: string, progress: Print): Promise<TriedPolicy> {
  const { opa } = await setUpTools(['opa'], progress)
  const { timeoutMs: _, ...settings } = policyOptions.parse({ source: { kind: 'directory', path }, opaPath: opa.path })
  const bundle = await readBundle(await compileDirectory(path, opa.path), { keys: [] })
  // Somebody waits at a terminal, and laptops are busy.
  return tryBundle(bundle, { ...settings, timeoutMs: 10_000, environment: 'sandbox', newId: randomUUID })
}

function questionOf(statement: StatementFacts, principal: PrincipalClaims, project: string) {
  const client = { protocol: 'mcp', name: 'sluice-explain', version: '1', ip: '127.0.0.1', userAgent: '' } as const
  return {
    ...{ phase: 'parse' as const, principal, statement, parameters: [], project, location: 'US', now: new Date() },
    origin: { sessionId: 'explain', requestId: 'explain', client },
  }
}

async function openObjection(): Promise<Surroundings['objection']> {
  if ((await tools['googlesql-reference'].find()) === undefined) return undefined
  const oracle = await openOracle(googlesqlReferenceFiles())
  return governed => {
    const found = judge(oracle, governed)
    if (found === undefined) return undefined
    const mistake = mistakeIn(oracle, governed)
    if (mistake !== undefined) return new Failure('query_invalid', { detail: `${mistake}.` })
    return new Failure('readers_disagree', { detail: found })
  }
}
