// Runs a TypeScript entry on a fresh clone: installs npm's packages where they are missing or stale, then loads the entry in
// this same process, so that signals and exit codes are the program's own.
//
// usage: node src/bootstrap.mjs ENTRY [ARGUMENT ...]
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
if (!isInstalled()) install()

const [entry, ...args] = process.argv.slice(2)
if (entry === undefined) throw new Error('usage: node src/bootstrap.mjs ENTRY [ARGUMENT ...]')
const path = resolve(root, entry)
process.argv = [process.argv[0], path, ...args]
const { register } = await import('tsx/esm/api')
register()
await import(pathToFileURL(path).href)

/** Whether what npm installed is what the lock names; an optional package may be absent, but not in another version. */
function isInstalled() {
  const present = packagesOf('node_modules/.package-lock.json')
  return Object.entries(packagesOf('package-lock.json')).every(([path, { version, optional = false }]) => {
    return path === '' || (present[path] === undefined ? optional : present[path].version === version)
  })
}

function packagesOf(lock) {
  const path = join(root, lock)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {}
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
}
