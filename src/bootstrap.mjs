// Runs a TypeScript entry on a fresh clone: installs npm's packages where they are missing or stale, then loads the entry in
// this same process, so that signals and exit codes are the program's own.
//
// usage: node src/bootstrap.mjs ENTRY [ARGUMENT ...]
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const stamp = join(root, 'node_modules', '.sluice-lock')
const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex')

if (!isInstalled()) install()

const [entry, ...args] = process.argv.slice(2)
if (entry === undefined) throw new Error('usage: node src/bootstrap.mjs ENTRY [ARGUMENT ...]')
const path = resolve(root, entry)
process.argv = [process.argv[0], path, ...args]
const { register } = await import('tsx/esm/api')
register()
await import(pathToFileURL(path).href)

/** npm writes node_modules/.package-lock.json last; packages that npm installed by itself count too. */
function isInstalled() {
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === lock
  const written = join(root, 'node_modules', '.package-lock.json')
  return existsSync(written) && statSync(written).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs
}

function install() {
  console.error('Installing npm packages (once) …')
  const { status } = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) {
    console.error('npm install failed: see its message above. Sluice needs Node 20 to 24 and the npm registry.')
    process.exit(1)
  }
  writeFileSync(stamp, lock)
}
