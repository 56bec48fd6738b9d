// Builds `dist`: the compiled sources, and beside them the files that the running program reads.
import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, rmSync } from 'node:fs'
import { dirname, extname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const src = dirname(fileURLToPath(import.meta.url))
const root = resolve(src, '..')
const dist = join(root, 'dist')
const readAtRunTime = ['.sql', '.py', '.json']
const compiler = join(root, 'node_modules/typescript/bin/tsc')

rmSync(dist, { recursive: true, force: true })
const { status } = spawnSync(process.execPath, [compiler, '-p', join(src, 'tsconfig.json')], { stdio: 'inherit' })
if (status !== 0) process.exit(status ?? 1)
for (const entry of readdirSync(src, { recursive: true })) {
  if (readAtRunTime.includes(extname(entry)) && entry !== 'tsconfig.json') cpSync(join(src, entry), join(dist, entry))
}
