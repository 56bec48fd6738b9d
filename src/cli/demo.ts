import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Command } from 'commander'
import { keyedSessionId } from '../recording/session-book.ts'
import { readyFile } from '../sandbox/announce.ts'
import { demoScript } from '../sandbox/demo-script.ts'
import { sessionsCommand } from './sessions.ts'
import { printProgress, stateOption } from './state-option.ts'

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
  if (readyPath !== undefined) {
    const { mcp_url, tokens, state: runningState } = readyFile.parse(JSON.parse(await readFile(readyPath, 'utf8')))
    return play(mcp_url, tokens['alice'] ?? '', runningState)
  }
  const { openSandbox } = await import('../sandbox/sandbox.ts')
  const sandbox = await openSandbox({ statePath: state, print: printProgress })
  try {
    await play(sandbox.mcpUrl, sandbox.tokens['alice'] ?? '', state)
  } finally {
    await sandbox.stop()
  }
}

async function play(mcpUrl: string, token: string, statePath: string): Promise<void> {
  const { playDemo } = await import('../sandbox/demo.ts')
  const key = `demo-${randomUUID()}`
  console.log('== What the agent saw')
  await playDemo(mcpUrl, token, key, line => console.log(line))
  console.log('\n== What is on record\n')
  console.log(await timeline(statePath, keyedSessionId(key)))
  console.log(`Read it again: npm run --silent sluice -- sessions show ${keyedSessionId(key)} --state ${statePath}`)
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
