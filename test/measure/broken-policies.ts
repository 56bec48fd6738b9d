import { spawnSync } from 'node:child_process'
import { cp, mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** A policy that lets analysts read what they like, and what some case changes in it. */
type Change = {
  /** Parts of the decision, in Rego. */
  readonly parts?: Readonly<Record<string, string>>
  /** The whole decision instead. */
  readonly whole?: string
  readonly effect?: string
}

const users = '"acme-prod.crm.users"'
const orders = '"acme-prod.crm.orders"'
const masks = (kinds: Readonly<Record<string, string>>) => {
  const each = Object.entries(kinds).map(([column, kind]) => `"${column}": {"kind": "${kind}"}`)
  return { masks: `{${users}: {${each.join(', ')}}}` }
}
const filters = (...values: readonly string[]) => {
  const each = values.map(value => `{"type": "field", "operator": "eq", "field": "region", "value": ${value}}`)
  return { row_filters: `{${orders}: [${each.join(', ')}]}` }
}

const changes: Readonly<Record<string, Change>> = {
  'POL-001': { whole: '{"effect": "allow"} if input.nothing' },
  'POL-002': { whole: '{"allow": "true"}' },
  'POL-003': { whole: '{"allow": true, "deny": ["x"]}' },
  'POL-005': { parts: filters('"EU"', '"US"') },
  'POL-006': { parts: masks({ Email: 'sha256' }) },
  'POL-007': { parts: masks({ emial: 'sha256' }) },
  'POL-008': { parts: masks({ 'profile.birth': 'email', 'profile.phone': 'redact' }) },
  'POL-009': { parts: filters('"EU\') OR (1=1"') },
  'POL-011': { parts: filters('input.identity.attributes.region') },
  'POL-012': { parts: filters('null') },
  'POL-013': { effect: 'default effect := "allow"' },
  'POL-021': { effect: 'effect := "allow" if time.now_ns() > 0' },
}

const sound: Change = {}

/** How a case breaks what a policy is loaded from. */
export const brokenSources = ['POL-027', 'POL-029', 'POL-032'] as const

export function isBrokenPolicy(id: string): boolean {
  return Object.hasOwn(changes, id) || brokenSources.some(known => known === id)
}

/** A policy repository that is broken as the case says; without a case, one that is not. */
export async function writeBrokenPolicy(directory: string, id?: string): Promise<string> {
  const path = join(directory, 'sluice/decision/decision.rego')
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, textOf(id === undefined ? sound : (changes[id] ?? sound)))
  await writeFile(join(directory, '.manifest'), JSON.stringify({ revision: 'r', roots: ['sluice'], rego_version: 1 }))
  await cp(join(import.meta.dirname, '../../policies/capabilities.json'), join(directory, 'capabilities.json'))
  return directory
}

/** A bundle file that is broken as the case says: not signed, half there, or not there at all. */
export async function writeBrokenBundle(directory: string, id: string, opaPath: string): Promise<string> {
  const path = join(directory, 'bundle.tar.gz')
  await writeBrokenPolicy(directory)
  const words = ['build', '--bundle', '.', '--target', 'wasm', '-O', '0', '--entrypoint', 'sluice/decision/decision']
  const { status, stderr } = spawnSync(opaPath, [...words, '--output', path], { cwd: directory, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  if (id === 'POL-029') await truncate(path, (await readFile(path)).length / 2)
  if (id === 'POL-032') await rm(path)
  return path
}

function textOf({ parts = {}, whole, effect }: Change): string {
  const decision = { ...empty, ...Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, when(text)])) }
  const lines = Object.entries(decision).map(([name, text]) => `\t"${name}": ${text},`)
  return `package sluice.decision

${effect ?? 'default effect := "deny"\n\neffect := "allow" if "analysts" in input.identity.groups'}

reasons := [{"code": "stranger", "message": "Nobody knows you.", "policy": "broken"} | effect == "deny"]

# METADATA
# entrypoint: true
decision := ${whole ?? `{\n${lines.join('\n')}\n}`}
`
}

/** A part that holds for those who may ask; the question of nobody, which every policy gets first, has none of it. */
function when(text: string): string {
  return `{"allow": ${text}, "deny": {}}[effect]`
}

const empty = {
  ...{ effect: 'effect', reasons: 'reasons', masks: '{}', row_filters: '{}', limits: '{}', approvals: '[]' },
  ...{ needs: '[]', obligations: '[]', redact: '[]', policies: '["broken"]' },
}
