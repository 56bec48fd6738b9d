import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Command } from 'commander'
import { keyedSessionId } from '../recording/session-book.ts'
import { readyFile } from '../sandbox/announce.ts'
import { demoScript } from '../sandbox/demo-script.ts'
import { sessionsCommand } from './sessions.ts'
import { stateFileName } from './state-file.ts'
import { printProgress, stateOption } from './state-option.ts'
import { tokenFor } from './token.ts'

type DemoOptions = { readonly state: string; readonly readyFile?: string }

/** `sluice demo`: an agent's visit, as the agent sees it and as it is on record. */
export function demoCommand(): Command {
  return new Command('demo')
    .description("Play an agent's visit, and show what it saw beside what is on record.")
    .addOption(stateOption())
    .option('--ready-file <path>', 'use the running sandbox that this file describes, instead of starting one')
    .action(demo)
}

async function demo({ state, readyFile: readyPath }: DemoOptions): Promise<void> {
  const running = readyPath === undefined ? await findRunning(state) : await readReady(readyPath)
  if (running !== undefined) return play(running)
  const { openSandbox } = await import('../sandbox/sandbox.ts')
  const sandbox = await openSandbox({ statePath: state, print: printProgress })
  try {
    await play({ mcpUrl: sandbox.mcpUrl, token: sandbox.tokens['alice'] ?? '', state })
  } finally {
    await sandbox.stop()
  }
}

type Running = { readonly mcpUrl: string; readonly token: string; readonly state: string }

async function readReady(path: string): Promise<Running> {
  const { mcp_url, tokens, state } = readyFile.parse(JSON.parse(await readFile(path, 'utf8')))
  return { mcpUrl: mcp_url, token: tokens['alice'] ?? '', state }
}

/** The sandbox that runs on a state directory, if one does. */
async function findRunning(state: string): Promise<Running | undefined> {
  const text = await readFile(join(state, stateFileName), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const { mcp_url, rest_url } = readyFile.pick({ mcp_url: true, rest_url: true }).parse(JSON.parse(text))
  const answers = await fetch(new URL('/healthz', rest_url)).catch(() => undefined)
  return answers?.ok === true ? { mcpUrl: mcp_url, token: await tokenFor('alice', state), state } : undefined
}

async function play({ mcpUrl, token, state }: Running): Promise<void> {
  const { playDemo } = await import('../sandbox/demo.ts')
  const key = `demo-${randomUUID()}`
  console.log('== What the agent saw')
  await playDemo(mcpUrl, token, key, line => console.log(line))
  console.log('\n== What is on record\n')
  console.log(await timeline(state, keyedSessionId(key)))
  console.log(`Read it again: npm run --silent sluice -- sessions show ${keyedSessionId(key)} --state ${state}`)
}

const recordPollMs = 250
const recordTries = 40

/** The store gets its events a moment after the spool; the last one is the repaired query's. */
async function timeline(statePath: string, sessionId: string): Promise<string> {
  let text = ''
  for (let tries = 0; tries < recordTries; tries++) {
    text = ''
    const command = sessionsCommand(part => {
      text += part
    })
    await command.parseAsync(['show', sessionId, '--state', statePath], { from: 'user' })
    if (isWhole(text)) return text
    await sleep(recordPollMs)
  }
  return text
}

/** Every question of the script is closed, one way or the other. */
function isWhole(text: string): boolean {
  const closed = text.match(/ {2}(FINISHED|DENIED|HELD|FAILED)\b/g) ?? []
  return closed.length >= demoScript.length
}
