import { people } from './people.ts'
import type { Sandbox } from './sandbox.ts'

const question = {
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name: 'execute_sql', arguments: { query: 'SELECT id, name, email, ssn FROM crm.users' } },
}

/** What a newcomer reads once everything runs. */
export function welcomeText(sandbox: Sandbox, stateFlag: string): string {
  const { mcpUrl, restUrl, storageEndpoint, issuerUrl, operationsUrl, logPath } = sandbox
  const sluice = (words: string) => `npm run --silent sluice -- ${words}${stateFlag}`
  const bearer = `"Authorization: Bearer $(${sluice('token alice')})"`
  return `
Sluice is ready.

  MCP       ${mcpUrl}
  BigQuery  ${restUrl} (its REST API, for any client of BigQuery)
  Storage   ${storageEndpoint} (its Storage Read API, gRPC)
  issuer    ${issuerUrl}
  metrics   ${operationsUrl}metrics
  log       ${logPath}

People who can sign in, and how to get a token for one of them:
${people.map(({ name, about }) => `  ${name.padEnd(9)} ${about.padEnd(46)} ${sluice(`token ${name}`)}`).join('\n')}

Connect Claude Code; the first form signs in by browser, the second is alice from the start:
  claude mcp add --transport http sluice ${mcpUrl}
  claude mcp add --transport http sluice ${mcpUrl} --header ${bearer}

One query by hand: e-mail addresses come as hashes, social security numbers do not come at all.
  curl -s ${mcpUrl} -H ${bearer} \\
    -H 'Content-Type: application/json' -H 'Accept: application/json, text/event-stream' \\
    -d '${JSON.stringify(question)}'

What is on record:
  ${sluice('sessions list')}

Ctrl-C stops everything; the next start goes on from here.
`
}
