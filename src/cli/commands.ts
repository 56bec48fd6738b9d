import type { Command } from 'commander'
import { auditCommand } from './audit.ts'
import { configCommand } from './config.ts'
import { demoCommand } from './demo.ts'
import { explainCommand } from './explain.ts'
import { reportCommand } from './report.ts'
import { sessionsCommand } from './sessions.ts'
import { startCommand } from './start.ts'
import { tokenCommand } from './token.ts'
import { doctorCommand, setupCommand } from './tools.ts'
import { whoExportedCommand } from './who-exported.ts'
import { whoReadCommand } from './who-read.ts'

/** Every command of `sluice`, one row each. */
export const commands: readonly (() => Command)[] = [
  startCommand,
  demoCommand,
  () => tokenCommand(),
  () => sessionsCommand(),
  () => whoReadCommand(),
  () => whoExportedCommand(),
  () => reportCommand(),
  () => auditCommand(),
  explainCommand,
  configCommand,
  setupCommand,
  doctorCommand,
]
