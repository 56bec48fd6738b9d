import { parseArgs } from 'node:util'
import { checkBq } from './bq-client.ts'
import { type Check, checkPythonClient } from './python-client.ts'
import { openSandboxUnderTest } from './sandbox-under-test.ts'

const usage = `Runs Google's client for Python, and bq where it is installed, against Sluice. (The client for Node is among the tests.)

usage: npm run clients -- [--world F] [--ready-file F] [--json]
  --ready-file  use the running sandbox that this file describes, instead of starting one`

const { values } = parseArgs({
  options: {
    world: { type: 'string', default: 'test/corpus/attacks/fixture_world.json' },
    'ready-file': { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  console.log(usage)
} else {
  process.exitCode = await run()
}

async function run(): Promise<number> {
  const sandbox = await openSandboxUnderTest(values['ready-file'], values.world)
  try {
    const { restUrl, tokens } = sandbox
    const clients = {
      Python: await checkPythonClient(restUrl, tokens),
      bq: await checkBq(restUrl, tokens.alice),
    }
    console.log(values.json ? JSON.stringify(clients) : Object.entries(clients).map(report).join('\n'))
    return Object.values(clients).every(checks => (checks ?? []).every(hasWorked)) ? 0 : 1
  } finally {
    await sandbox.stop()
  }
}

function report([client, checks]: [string, readonly Check[] | undefined]): string {
  if (checks === undefined) return `${client}: not installed, so not checked`
  const lines = checks.map(
    check => `${hasWorked(check) ? 'ok    ' : 'FAILED'} ${check.check} (${check.ms} ms) ${check.failure ?? ''}`,
  )
  return [...lines, `${client}: ${checks.filter(hasWorked).length} of ${checks.length} work`].join('\n')
}

function hasWorked({ failure }: Check): boolean {
  return failure === null
}
