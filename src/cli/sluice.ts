#!/usr/bin/env node
import { Command } from 'commander'
import { ZodError } from 'zod'
import { ToolMissing } from '../tools/tool.ts'
import { commands } from './commands.ts'

const program = new Command('sluice')
  .description('A policy gateway and session recorder between AI agents and Google BigQuery.')
  .showHelpAfterError()
for (const command of commands) program.addCommand(command())

// Whoever reads may have seen enough, as `head` does.
process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
  if (cause.code !== 'EPIPE') throw cause
  process.exit()
})

try {
  await program.parseAsync()
} catch (thrown) {
  console.error(complaint(thrown))
  process.exit(1)
}

function complaint(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  if (thrown instanceof ZodError) return `What was read is not as this version of Sluice writes it: ${thrown.message}`
  const cause = thrown instanceof ToolMissing && typeof thrown.cause === 'string' ? `\n${thrown.cause}` : ''
  return `${thrown.message}${cause}`
}
