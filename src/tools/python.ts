import { readdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from './run-command.ts'

/** Finds a Python that really runs at one minor version, e.g. `3.13`; a version manager's shim may exist and fail. */
export async function findPython(minor: string): Promise<string | undefined> {
  for (const candidate of await candidates(minor)) {
    if (await isPython(candidate, minor)) return candidate
  }
  return fromUv(minor)
}

/** Any Python that can fetch a wheel: `minor` and newer. */
export async function findPythonWithPip(): Promise<string | undefined> {
  const named = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3.9']
  const installed = (await Promise.all(['3.13', '3.12', '3.11', '3.10', '3.9'].map(pyenvPythons))).flat()
  const given = process.env['SLUICE_PYTHON']
  for (const candidate of [...(given === undefined ? [] : [given]), ...named, ...installed]) {
    const check = 'import sys, pip; assert sys.version_info >= (3, 9)'
    const { code } = await runCommand(candidate, ['-c', check], { timeoutMs: 20_000 })
    if (code === 0) return candidate
  }
  return undefined
}

async function candidates(minor: string): Promise<string[]> {
  const given = process.env['SLUICE_PYTHON']
  return [...(given === undefined ? [] : [given]), `python${minor}`, ...(await pyenvPythons(minor))]
}

async function pyenvPythons(minor: string): Promise<string[]> {
  const versions = join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions')
  const names = await readdir(versions).catch(() => [])
  return names.filter(name => name.startsWith(`${minor}.`)).map(name => join(versions, name, 'bin', 'python'))
}

async function isPython(path: string, minor: string): Promise<boolean> {
  const print = 'import sys; print("%d.%d" % sys.version_info[:2])'
  const { code, stdout } = await runCommand(path, ['-c', print], { timeoutMs: 20_000 })
  return code === 0 && stdout.trim() === minor
}

async function fromUv(minor: string): Promise<string | undefined> {
  const { code } = await runCommand('uv', ['python', 'install', minor], { timeoutMs: 300_000 })
  if (code !== 0) return undefined
  const { stdout } = await runCommand('uv', ['python', 'find', minor], { timeoutMs: 30_000 })
  return stdout.trim() === '' ? undefined : stdout.trim()
}
