import { parseArgs } from 'node:util'
import { type App, openApp } from './app.ts'
import { boundHeap } from './bound-heap.ts'
import { ConfigProblems, loadConfig } from './config/load-config.ts'
import { type Log, openLog } from './telemetry/log.ts'
import { telemetryOptions } from './telemetry/options.ts'

const usage = `usage: node dist/main.js [--config FILE]

Runs the gateway. FILE is YAML or JSON (or SLUICE_CONFIG); SLUICE_ variables win over it.
exit codes: 0 stopped as asked, 1 broken, 2 wrong arguments or configuration`

const broken = 1
const wronglyStarted = 2

await main()

async function main(): Promise<void> {
  const path = configPath()
  if (path === null) return
  boundHeap()
  try {
    const config = await loadConfig(path, process.env)
    const log = openLog(config.telemetry)
    stopWhenTold(await openApp(config, log), log)
  } catch (thrown) {
    if (thrown instanceof ConfigProblems) return end(wronglyStarted, thrown.message)
    openLog(telemetryOptions.parse({})).fatal({ err: thrown }, 'Sluice could not start')
    end(broken)
  }
}

/** Null where there is nothing to start. */
function configPath(): string | undefined | null {
  try {
    const options = { config: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const
    const { values } = parseArgs({ options })
    if (values.help !== true) return values.config ?? process.env['SLUICE_CONFIG']
    console.log(usage)
  } catch (thrown) {
    end(wronglyStarted, `${thrown instanceof Error ? thrown.message : thrown}\n\n${usage}`)
  }
  return null
}

/** The first signal stops in order; a second one at once. What is in the spool is safe in either case. */
function stopWhenTold(app: App, log: Log): void {
  let isStopping = false
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping) return end(broken)
    isStopping = true
    log.info({ signal }, 'Sluice stops')
    app.close().then(
      () => end(0),
      err => {
        log.error({ err }, 'Sluice did not stop in order')
        end(broken)
      },
    )
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop)
}

function end(code: number, message?: string): void {
  if (message !== undefined) console.error(message)
  process.exit(code)
}
