import { parseArgs } from 'node:util'
import { checkBq } from './bq-client.ts'
import { checkDbt } from './dbt-client.ts'
import { checkPythonClient } from './python-client.ts'
import type { Check } from './python-tools.ts'
import { openSandboxUnderTest } from './sandbox-under-test.ts'
import { checkSqlAlchemy } from './sqlalchemy-client.ts'

const usage = `Runs Google's client for Python, SQLAlchemy, dbt, and bq where it is installed, against Sluice. (The client for Node is among the tests.)

usage: npm run clients -- [--world F] [--ready-file F] [--only NAME] [--json]
  --only        one of Python, bq, SQLAlchemy, dbt
  --ready-file  use the running sandbox that this file describes, instead of starting one`

const { values } = parseArgs({
  options: {
    world: { type: 'string', default: 'test/corpus/attacks/fixture_world.json' },
    'ready-file': { type: 'string' },
    only: { type: 'string' },
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
    const all: Readonly<Record<string, () => Promise<readonly Check[] | undefined>>> = {
      Python: () => checkPythonClient(restUrl, tokens),
      bq: () => checkBq(restUrl, tokens.alice),
      SQLAlchemy: () => checkSqlAlchemy(restUrl, tokens.dana),
      dbt: () => checkDbt(restUrl, tokens.dana),
    }
    const clients: Record<string, readonly Check[] | undefined> = {}
    for (const [name, check] of Object.entries(all)) {
      if (values.only === undefined || values.only === name) clients[name] = await check()
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
