import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newJobKey, writeSettings } from '../sandbox/settings.ts'
import { commands } from './commands.ts'
import { configCommand } from './config.ts'
import { tokenCommand } from './token.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-cli-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('every command has a name of its own and says what it does', () => {
  const made = commands.map(command => command())
  expect(new Set(made.map(command => command.name())).size).toBe(made.length)
  for (const command of made) expect(command.description(), command.name()).toMatch(/^[A-Z].*\.$/)
})

test('token prints one token for the sandbox of a state directory, whether it runs or not', async () => {
  await writeSettings(folder, { port: 8_080, issuer_port: 4_000, job_key: newJobKey() })
  const printed: string[] = []
  await tokenCommand(line => printed.push(line)).parseAsync(['alice', '--state', folder], { from: 'user' })
  expect(printed).toHaveLength(1)
  expect(decodeJwt(printed[0] ?? '')).toMatchObject({
    ...{ sub: 'alice', iss: 'http://127.0.0.1:4000', aud: 'http://127.0.0.1:8080/mcp' },
    groups: ['analysts'],
  })
})

test('token says who there is, and that a sandbox must have been started', async () => {
  const run = (...words: string[]) => tokenCommand(() => {}).parseAsync(words, { from: 'user' })
  await expect(run('eve', '--state', folder)).rejects.toThrow('alice, bob, mallory')
  await expect(run('alice', '--state', join(folder, 'elsewhere'))).rejects.toThrow('npm start')
})

test('config check names every problem of a file', async () => {
  const path = join(folder, 'sluice.yaml')
  await writeFile(path, 'http: {port: x}\nwarehouse: {projekt: p}\n')
  const checked = configCommand().parseAsync(['check', path], { from: 'user' })
  await expect(checked).rejects.toThrow(/http\.port[\s\S]*warehouse\.projekt is no setting/)
})
