import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const src = join(root, 'src')

/** What each folder may import from the others, as docs/architecture.md has it. `*` is everything. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  base: [],
  model: ['base'],
  googlesql: ['base'],
  sql: ['base', 'model', 'googlesql'],
  result: ['base', 'model'],
  gateway: ['base', 'model', 'sql', 'result'],
  identity: ['base', 'model', 'gateway/ports'],
  policy: ['base', 'model', 'gateway/ports'],
  warehouse: ['base', 'model', 'gateway/ports', 'gateway/jobs-port', 'gateway/transfer-port'],
  verification: ['base', 'model', 'gateway/ports'],
  recording: ['base', 'model', 'gateway/ports'],
  protocol: ['base', 'model', 'gateway'],
  telemetry: ['base', 'model', 'gateway'],
  http: ['base', 'model', 'gateway', 'protocol', 'telemetry'],
  config: ['*'],
  tools: ['base', 'model'],
  sandbox: ['*'],
  cli: ['*'],
  '.': ['*'],
}

const pureFolders = ['base', 'model', 'googlesql', 'sql', 'result', 'gateway']

/** The grammar and the tables of names may be long; everything else is a file one can read at a sitting. */
const mayBeLong: readonly string[] = []

/** Where each mark of evidence may be put on. */
const mintedIn: Readonly<Record<string, string>> = {
  Principal: 'identity/authenticate.ts',
  Statement: 'sql/analyze.ts',
  Decision: 'policy/answer.ts',
  GovernedSql: 'sql/govern.ts',
  'Verified<GovernedSql>': 'verification/verify.ts',
  'Recorded<E>': 'recording/record.ts',
  RunningJob: 'warehouse/execute.ts',
  RunningTransfer: 'warehouse/transfer.ts',
  RedactedPage: 'result/redact.ts',
}

const bannedInNames = /(^|[-/])(util|utils|helper|helpers|common|misc|manager|processor|info|handle|data|impl)([-.]|$)/

type SourceFile = { path: string; folder: string; text: string; imports: string[] }

const files = sourceFiles(src)
const shipped = files.filter(file => !/\.(test|types)\.ts$/.test(file.path))

describe('the layers', () => {
  test('every folder imports only what its level allows', () => {
    const wrong = shipped.flatMap(file => forbiddenImports(file).map(target => `${file.path} imports ${target}`))
    expect(wrong).toEqual([])
  })

  test('pure folders import nothing from node and no library', () => {
    const wrong = shipped
      .filter(file => pureFolders.includes(file.folder))
      .flatMap(file => file.imports.filter(target => !target.startsWith('.')).map(target => `${file.path}: ${target}`))
    expect(wrong).toEqual([])
  })

  test('no file is part of an import cycle', () => {
    expect(findCycle()).toBeUndefined()
  })
})

describe('the files', () => {
  test('none is longer than 400 lines', () => {
    const long = files.filter(file => file.text.split('\n').length > 401 && !mayBeLong.includes(file.path))
    expect(long.map(file => file.path)).toEqual([])
  })

  test('nine in ten have at most 200 lines, and half at most 80', () => {
    const lengths = shipped.map(file => file.text.split('\n').length - 1).sort((a, b) => a - b)
    expect(lengths[Math.floor(lengths.length * 0.9)]).toBeLessThanOrEqual(200)
    expect(lengths[Math.floor(lengths.length * 0.5)]).toBeLessThanOrEqual(80)
  })

  test('names are kebab-case and say what is inside', () => {
    const wrong = files.filter(
      ({ path }) => !/^([a-z0-9-]+\/)*[a-z0-9-]+(\.[a-z]+)*\.ts$/.test(path) || bannedInNames.test(path),
    )
    expect(wrong.map(file => file.path)).toEqual([])
  })

  test('none has a default export or re-exports another', () => {
    const wrong = shipped.filter(({ text }) => /^export (default|\* from|\{[^}]*\} from)/m.test(text))
    expect(wrong.map(file => file.path)).toEqual([])
  })
})

describe('the evidence', () => {
  test.each(Object.entries(mintedIn))('%s is minted in one file', (brand, only) => {
    const cast = new RegExp(`\\bas ${brand.replace(/[<>]/g, '\\$&')}(?![\\w.<])`)
    const minting = shipped.filter(file => cast.test(file.text)).map(file => file.path)
    expect(minting).toEqual([only])
  })
})

function sourceFiles(folder: string): SourceFile[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
    .map(entry => {
      const path = relative(src, join(entry.parentPath, entry.name)).split(sep).join('/')
      const text = readFileSync(join(src, path), 'utf8')
      const imports = [...text.matchAll(/^(?:import|export)\b[^'"]*?from '([^']+)'|^import '([^']+)'/gms)]
      const folder = path.includes('/') ? (path.split('/')[0] ?? '.') : '.'
      return { path, folder, text, imports: imports.map(match => match[1] ?? match[2] ?? '') }
    })
}

function targetOf(file: SourceFile, specifier: string): string {
  return relative(src, resolve(src, dirname(file.path), specifier))
    .split(sep)
    .join('/')
}

function forbiddenImports(file: SourceFile): string[] {
  const allowed = mayImport[file.folder]
  if (allowed === undefined) return [`(the folder ${file.folder} is in no layer)`]
  if (allowed.includes('*')) return []
  return file.imports
    .filter(specifier => specifier.startsWith('.'))
    .map(specifier => targetOf(file, specifier))
    .filter(target => !isAllowed(target, file.folder, allowed))
}

function isAllowed(target: string, folder: string, allowed: readonly string[]): boolean {
  const own = target.split('/')[0]
  return own === folder || allowed.includes(own ?? '') || allowed.includes(target.replace(/\.ts$/, ''))
}

function findCycle(): string[] | undefined {
  const done = new Set<string>()
  const byPath = new Map(shipped.map(file => [file.path, file]))
  const visit = (path: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path]
    const file = byPath.get(path)
    if (file === undefined || done.has(path)) return undefined
    for (const specifier of valueImports(file)) {
      const cycle = visit(targetOf(file, specifier), [...trail, path])
      if (cycle !== undefined) return cycle
    }
    done.add(path)
    return undefined
  }
  for (const file of shipped) {
    const cycle = visit(file.path, [])
    if (cycle !== undefined) return cycle
  }
  return undefined
}

/** Imports that are there at run time; types may refer to each other. */
function valueImports(file: SourceFile): string[] {
  const statements = [...file.text.matchAll(/^import (?!type\b)([^'"]*?)from '(\.[^']+)'/gms)]
  return statements
    .filter(([, names]) => !/^\{(\s*type [^,}]+,?)+\s*\}\s*$/.test(names ?? ''))
    .map(match => match[2] ?? '')
}
