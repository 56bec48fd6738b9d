import type { Command } from 'commander'
import { configCommand } from './config.ts'
import { demoCommand } from './demo.ts'
import { sessionsCommand } from './sessions.ts'
import { startCommand } from './start.ts'
import { tokenCommand } from './token.ts'
import { doctorCommand, setupCommand } from './tools.ts'

/** Every command of `sluice`, one row each. */
export const commands: readonly (() => Command)[] = [
  startCommand,
  demoCommand,
  () => tokenCommand(),
  () => sessionsCommand(),
  configCommand,
  setupCommand,
  doctorCommand,
]
