import { parseArgs } from 'node:util'
import { checkBq } from './bq-client.ts'
import { checkDbt } from './dbt-client.ts'
import { checkGoClient } from './go-client.ts'
import { checkPythonClient } from './python-client.ts'
import type { Check } from './python-tools.ts'
import { openSandboxUnderTest } from './sandbox-under-test.ts'
import { checkSqlAlchemy } from './sqlalchemy-client.ts'
import { checkStorageClient } from './storage-client.ts'
import { checkToolbox } from './toolbox-client.ts'

const usage = `Runs other people's clients against Sluice: Google's for Python (over REST, and by the Storage Read API) and for Go,
SQLAlchemy, dbt, Google's MCP Toolbox, and bq where it is installed. (The client for Node is among the tests.)

usage: npm run clients -- [--world F] [--ready-file F] [--only NAME] [--json]
  --only        one of Python, Storage, bq, SQLAlchemy, dbt, Go, Toolbox
  --ready-file  use the running sandbox that this file describes, instead of starting one
  --json        {passed, failed, by_client}; a client that is not installed has no checks`

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
      Storage: () => checkStorageClient(sandbox),
      bq: () => checkBq(restUrl, tokens),
      SQLAlchemy: () => checkSqlAlchemy(restUrl, tokens.dana),
      dbt: () => checkDbt(restUrl, tokens.dana),
      Go: () => checkGoClient(sandbox),
      Toolbox: () => checkToolbox(sandbox),
    }
    const clients: Record<string, readonly Check[] | undefined> = {}
    for (const [name, check] of Object.entries(all)) {
      if (values.only === undefined || values.only === name) clients[name] = await check()
    }
    const report = tally(clients)
    console.log(values.json ? JSON.stringify(report) : text(clients))
    return report.failed === 0 ? 0 : 1
  } finally {
    await sandbox.stop()
  }
}

type Clients = Readonly<Record<string, readonly Check[] | undefined>>

function tally(clients: Clients) {
  const checks = Object.values(clients).flatMap(checks => checks ?? [])
  const passed = checks.filter(hasWorked).length
  const by_client = Object.fromEntries(Object.entries(clients).map(([name, own]) => [name, own ?? []]))
  return { passed, failed: checks.length - passed, by_client }
}

function text(clients: Clients): string {
  return Object.entries(clients).map(reportOf).join('\n')
}

function reportOf([client, checks]: [string, readonly Check[] | undefined]): string {
  if (checks === undefined) return `${client}: not installed, so not checked`
  const lines = checks.map(
    check => `${hasWorked(check) ? 'ok    ' : 'FAILED'} ${check.check} (${check.ms} ms) ${check.failure ?? ''}`,
  )
  return [...lines, `${client}: ${checks.filter(hasWorked).length} of ${checks.length} work`].join('\n')
}

function hasWorked({ failure }: Check): boolean {
  return failure === null
}
