import { parseArgs } from 'node:util'
import { checkPythonClient } from './python-client.ts'
import { openSandboxUnderTest } from './sandbox-under-test.ts'

const usage = `Runs Google's own Python client against Sluice. (The client for Node is among the tests: test/journeys.)

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
    const checks = await checkPythonClient(sandbox.restUrl, sandbox.tokens)
    const failed = checks.filter(({ failure }) => failure !== null)
    const lines = checks.map(
      ({ check, ms, failure }) => `${failure === null ? 'ok    ' : 'FAILED'} ${check} (${ms} ms) ${failure ?? ''}`,
    )
    console.log(values.json ? JSON.stringify(checks) : lines.join('\n'))
    console.log(`Python client: ${checks.length - failed.length} of ${checks.length} work`)
    return failed.length === 0 ? 0 : 1
  } finally {
    await sandbox.stop()
  }
}
