import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { demoScript } from './demo-script.ts'

type Content = {
  columns?: { name: string }[]
  rows?: unknown[][]
  notices?: { message: string }[]
  error?: { message: string; next?: string; try?: string; reasons?: { message: string; policy: string }[] }
}

/**
 * Plays the script against a running gateway, as an agent would, and prints what the agent saw.
 * Returns when the last answer is in; what is on record is read back by the caller.
 */
export async function playDemo(
  mcpUrl: string,
  token: string,
  sessionKey: string,
  print: (line: string) => void,
): Promise<void> {
  const client = new Client({ name: 'demo-agent', version: '1.0.0' })
  const headers = { authorization: `Bearer ${token}`, 'sluice-session': sessionKey }
  await client.connect(new StreamableHTTPClientTransport(new URL(mcpUrl), { requestInit: { headers } }))
  try {
    for (const [index, { title, query }] of demoScript.entries()) {
      print(`\n${index + 1}. ${title}\n   > ${query}`)
      const result = await client.callTool({
        name: 'execute_sql',
        arguments: { query, purpose: 'Sluice demo' },
      })
      for (const line of describeAnswer(result.structuredContent as Content)) print(`   ${line}`)
    }
  } finally {
    await client.close()
  }
}

function describeAnswer({ columns = [], rows = [], notices = [], error }: Content): string[] {
  if (error !== undefined) {
    const reasons = (error.reasons ?? []).map(reason => `- ${reason.message} (rule ${reason.policy})`)
    const next = error.next === undefined ? [] : [`next: ${error.next}`]
    const repair = error.try === undefined ? [] : [`try: ${error.try}`]
    return [`refused: ${error.message}`, ...reasons, ...next, ...repair]
  }
  const cells = rows.map(row => row.map(cell => (typeof cell === 'string' ? cell : JSON.stringify(cell))))
  return [
    ...textTable(
      columns.map(column => column.name),
      cells,
    ),
    ...notices.map(notice => `notice: ${notice.message}`),
  ]
}

/** Columns padded to their widest cell, long cells cut. */
export function textTable(header: readonly string[], rows: readonly (readonly string[])[], widest = 40): string[] {
  const cut = (cell: string) => (cell.length > widest ? `${cell.slice(0, widest - 1)}…` : cell)
  const all = [header, ...rows].map(row => row.map(cut))
  const widths = header.map((_, column) => Math.max(...all.map(row => row[column]?.length ?? 0)))
  const lines = all.map(row =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  const [first = '', ...rest] = lines
  return [first, widths.map(width => '-'.repeat(width)).join('  '), ...rest]
}
