import { readFile } from 'node:fs/promises'
import { parseDocument } from 'yaml'
import type { z } from 'zod'
import { type Config, configSchema } from './config.ts'
import { listItem, type Setting, settingsOf } from './settings.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Variables that are not settings: where tools and files are, and what Kubernetes adds for a service called sluice. */
const otherVariables = /^SLUICE_(CONFIG|TOOLS|PYTHON|STATE|SERVICE_.*|PORT(_.*)?)$/

/** Everything that is wrong with a configuration, at once. */
export class ConfigProblems extends Error {
  override readonly name = 'ConfigProblems'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`The configuration has ${problems.length} problem(s):\n${problems.map(text => `  - ${text}`).join('\n')}`)
    this.problems = problems
  }
}

/** Reads the configuration file, if there is one, and the environment. Throws `ConfigProblems`. */
export async function loadConfig(path: string | undefined, environment: Environment): Promise<Config> {
  return readConfig(path === undefined ? {} : await readDocument(path), environment)
}

/** The same for a document that is already read. */
export function readConfig(document: unknown, environment: Environment): Config {
  const settings = settingsOf(configSchema)
  const problems: string[] = []
  const merged = withEnvironment(document, environment, settings, problems)
  const parsed = configSchema.safeParse(merged)
  problems.push(...(parsed.error?.issues.flatMap(issue => problemsOf(issue, settings)) ?? []))
  if (parsed.success && problems.length === 0) return parsed.data
  throw new ConfigProblems(problems)
}

async function readDocument(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((cause: Error) => {
    throw new ConfigProblems([`${path} cannot be read: ${cause.message}`])
  })
  // JSON is YAML too, and a key that comes twice is an error in both.
  const document = parseDocument(text, { strict: true, uniqueKeys: true, version: '1.2' })
  if (document.errors.length > 0) throw new ConfigProblems(document.errors.map(({ message }) => `${path}: ${message}`))
  return document.toJS({ maxAliasCount: 0 }) ?? {}
}

function withEnvironment(
  document: unknown,
  environment: Environment,
  settings: readonly Setting[],
  problems: string[],
): unknown {
  let merged = document
  const byVariable = new Map(settings.map(setting => [setting.variable, setting]))
  for (const [variable, value] of Object.entries(environment)) {
    if (!variable.startsWith('SLUICE_') || value === undefined) continue
    const setting = byVariable.get(variable)
    if (setting !== undefined) merged = withValue(merged, setting.path, valueOfVariable(value, setting))
    else if (!otherVariables.test(variable)) problems.push(`${variable} is no setting; its name may be misspelt`)
  }
  return merged
}

/** Text is taken as it is; everything else is JSON. */
function valueOfVariable(value: string, { isText }: Setting): unknown {
  if (isText) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

function withValue(document: unknown, path: readonly string[], value: unknown): unknown {
  const [name, ...rest] = path
  if (name === undefined) return value
  const members = typeof document === 'object' && document !== null && !Array.isArray(document) ? document : {}
  const member = Object.entries(members).find(([key]) => key === name)?.[1]
  return { ...members, [name]: withValue(member, rest, value) }
}

function problemsOf(issue: z.core.$ZodIssue, settings: readonly Setting[]): string[] {
  const path = issue.path.map(String).join('.')
  const general = issue.path.map(part => (typeof part === 'number' ? listItem : String(part)))
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      key => `${[path, key].filter(part => part !== '').join('.')} is no setting; ${neighbours(general, settings)}`,
    )
  }
  const setting = settings.find(candidate => candidate.path.join('.') === general.join('.'))
  const variable = setting?.variable === undefined ? '' : `; or set ${setting.variable}`
  const allowed = setting === undefined ? '' : ` (allowed: ${setting.allowed}${variable})`
  return [`${path === '' ? 'the document' : path}: ${issue.message}${allowed}`]
}

function neighbours(path: readonly string[], settings: readonly Setting[]): string {
  const inside = settings.filter(setting => path.every((part, index) => setting.path[index] === part))
  const names = [...new Set(inside.map(setting => setting.path[path.length]))].filter(name => name !== undefined)
  return names.length === 0 ? 'nothing can be set there' : `there are ${names.join(', ')}`
}
