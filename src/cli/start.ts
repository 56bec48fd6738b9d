import { Command, InvalidArgumentError } from 'commander'
import type { SandboxOptions } from '../sandbox/sandbox.ts'
import { printProgress, stateFlag, stateOption } from './state-option.ts'

type StartOptions = {
  readonly state: string
  readonly port?: number
  readonly readyFile?: string
  readonly world?: string
  readonly policies?: string
}

/** `sluice start`: the sandbox, until it is told to stop. */
export function startCommand(): Command {
  return new Command('start')
    .description('Start the sandbox: a gateway with a warehouse, an issuer, a policy and a store of its own.')
    .addOption(stateOption())
    .option('--port <number>', 'port of the gateway on 127.0.0.1; 0 takes a free one', parsePort)
    .option('--ready-file <path>', 'write URLs and tokens there, as JSON, once everything runs')
    .option('--world <path>', 'tables to make, instead of the small world')
    .option('--policies <directory>', 'policy repository to compile, instead of the example')
    .action(start)
}

async function start({ state, port, readyFile, world, policies }: StartOptions): Promise<void> {
  // The sandbox brings half of the program with it; the other commands do without.
  const { openSandbox } = await import('../sandbox/sandbox.ts')
  const { welcomeText } = await import('../sandbox/welcome.ts')
  const options: SandboxOptions = {
    ...{ statePath: state, print: printProgress },
    ...(port === undefined ? {} : { port }),
    ...(world === undefined ? {} : { worldPath: world }),
    ...(policies === undefined ? {} : { policiesPath: policies }),
    ...(readyFile === undefined ? {} : { readyPath: readyFile }),
  }
  const sandbox = await openSandbox(options)
  const told = signalled()
  console.log(welcomeText(sandbox, stateFlag(state)))
  await told
  console.error('Stopping …')
  await sandbox.stop()
  console.error('Everything is stopped, and everything is on record.')
  process.exit(0)
}

/** The first signal resolves; the second ends the process at once. */
function signalled(): Promise<void> {
  return new Promise(resolve => {
    let signals = 0
    const onSignal = () => {
      signals += 1
      if (signals === 1) resolve()
      else process.exit(130)
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  })
}

function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.')
  return port
}
