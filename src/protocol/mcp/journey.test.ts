import type { CallToolResult, Client } from '@modelcontextprotocol/client'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { connectMcp, type McpWorld, openMcpWorld } from '../../../test/fakes/mcp-world.ts'
import type { OnProgress, Ports } from '../../gateway/ports.ts'
import { Failure } from '../../model/failure.ts'
import type { Page } from '../../model/result.ts'

const fields: Page['fields'] = [
  { name: 'id', type: { kind: 'scalar', name: 'INT64' }, nullable: false },
  { name: 'name', type: { kind: 'scalar', name: 'STRING' }, nullable: true },
]
const pages: Page[] = [
  {
    fields,
    rows: [
      ['1', 'Ada'],
      ['2', null],
    ],
    totalRows: 3,
    nextPageToken: 'p2',
    index: 0,
    statistics: { bytesBilled: 7 },
  },
  { fields, rows: [['9007199254740993', 'Cleo']], totalRows: 3, index: 1, statistics: {} },
]
const query = 'SELECT id, name FROM crm.users'

let world: McpWorld
let client: Client
/** What a test wants to happen when a page is read. */
let onPage: ((signal: AbortSignal, onProgress: OnProgress | undefined) => Promise<void>) | undefined

function script(): Partial<Ports> {
  return {
    warehouse: {
      estimate: async () => ({ bytesProcessed: 1_024, accuracy: 'precise' }),
      execute: async ({ event }) =>
        ({ ...event, ref: event.job, governed: event.governed.value, startedAt: event.at }) as never,
      resume: known => known as never,
      page: async (_, request, signal, onProgress) => {
        await onPage?.(signal, onProgress)
        const page = pages[request.index]
        if (page === undefined) throw new Failure('internal')
        return page
      },
      pageWithin: async () => undefined,
      cancel: async () => {},
    },
  }
}

beforeAll(async () => {
  world = await openMcpWorld({ pages, overrides: script() })
})
afterAll(() => world.close())

describe.each(['legacy', 'auto'] as const)('an agent whose client is %s', mode => {
  beforeAll(async () => {
    client = await connectMcp(world, mode, await world.token('alice'), {
      'user-agent': 'tester/1.0',
      'sluice-session': 's-1',
    })
  })
  afterEach(() => {
    onPage = undefined
  })
  afterAll(() => client.close())

  async function call(name: string, args: object, meta: object = {}): Promise<CallToolResult> {
    return client.callTool({ name, arguments: { ...args }, _meta: { ...meta } })
  }

  async function content(name: string, args: object): Promise<Record<string, unknown>> {
    const result = await call(name, args)
    expect(result.isError ?? false, JSON.stringify(result)).toBe(false)
    expect(result.content).toEqual([{ type: 'text', text: JSON.stringify(result.structuredContent) }])
    return result.structuredContent as Record<string, unknown>
  }

  async function errorOf(name: string, args: object): Promise<Record<string, unknown>> {
    const result = await call(name, args)
    expect(result.isError).toBe(true)
    return (result.structuredContent as { error: Record<string, unknown> }).error
  }

  test('finds five tools, of which one may change something where policy allows', async () => {
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual([
      'execute_sql',
      'list_datasets',
      'list_tables',
      'describe_table',
      'explain_policy',
    ])
    for (const tool of tools) {
      const mayWrite = tool.name === 'execute_sql'
      expect(tool.annotations).toMatchObject({ readOnlyHint: !mayWrite, destructiveHint: mayWrite })
      expect(tool.inputSchema).toMatchObject({ type: 'object', additionalProperties: false })
      expect(tool.outputSchema).toMatchObject({ type: 'object' })
      expect(tool._meta).toMatchObject({ 'anthropic/maxResultSizeChars': 200_000 })
    }
    expect(client.getServerCapabilities()?.tools?.listChanged).toBeUndefined()
  })

  test('runs a query and pages through its rows', async () => {
    const first = await content('execute_sql', { query, max_rows: 2, purpose: 'a test' })
    expect(first).toMatchObject({
      columns: [
        { name: 'id', type: 'INT64' },
        { name: 'name', type: 'STRING' },
      ],
      rows: [
        [1, 'Ada'],
        [2, null],
      ],
      ...{ row_count: 2, truncated: true, total_rows: 3, bytes_billed: 7, decision_id: 'decision-1' },
      statement: { kind: 'SELECT', tables: ['acme-prod.crm.users'] },
    })
    const second = await content('execute_sql', { page_token: first['next_page_token'] })
    expect(second).toMatchObject({ rows: [['9007199254740993', 'Cleo']], truncated: false })
    expect(second).not.toHaveProperty('next_page_token')
    expect(world.log.events.at(-1)).toMatchObject({ type: 'finished', origin: { purpose: 'a test' } })
  })

  test('cannot read on where somebody else stopped', async () => {
    const first = await content('execute_sql', { query, max_rows: 2 })
    const bob = await connectMcp(world, mode, await world.token('bob'))
    const args = { page_token: first['next_page_token'] }
    const result = await bob.callTool({ name: 'execute_sql', arguments: args })
    expect(result).toMatchObject({ isError: true, structuredContent: { error: { code: 'request_invalid' } } })
    await bob.close()
  })

  test('is told inside the answer what policy did to it', async () => {
    const { notices } = await content('execute_sql', { query: 'SELECT email FROM crm.users' })
    expect(notices).toContainEqual(expect.objectContaining({ kind: 'mask', column: 'email' }))
  })

  test('is told why policy denies, and what to change', async () => {
    expect(await errorOf('execute_sql', { query: 'SELECT salary FROM hr.salaries' })).toMatchObject({
      code: 'policy_denied',
      reasons: [{ code: 'dataset_closed', policy: 'dataset_access', table: 'acme-prod.hr.salaries' }],
      decision_id: 'decision-1',
    })
  })

  test('is told where its SQL is wrong', async () => {
    const error = await errorOf('execute_sql', { query: 'SELECT name\nFRM crm.users WHERE' })
    expect(error).toMatchObject({ code: 'syntax_error', line: 2 })
    expect(error['next']).toMatch(/\w/)
  })

  test('may check and price a query without running it', async () => {
    const executed = world.log.events.filter(({ type }) => type === 'started').length
    const checked = await content('execute_sql', { query, dry_run: true })
    expect(checked).toMatchObject({ rows: [], estimate: { bytes_processed: 1_024, accuracy: 'precise' } })
    expect(world.log.events.filter(({ type }) => type === 'started')).toHaveLength(executed)
  })

  test('may ask what policy would do, and a denial is an answer then', async () => {
    const allowed = await content('explain_policy', { query: 'SELECT email FROM crm.users' })
    expect(allowed).toMatchObject({ effect: 'allow', governed_sql: expect.stringContaining('SHA256') })
    const denied = await content('explain_policy', { query: 'SELECT salary FROM hr.salaries' })
    expect(denied).toMatchObject({ effect: 'deny', refusal: { code: 'policy_denied' } })
  })

  test('looks around in what it may see', async () => {
    expect(await content('list_datasets', {})).toEqual({ datasets: [] })
    const { tables } = await content('list_tables', { dataset: 'crm' })
    expect(tables).toMatchObject([{ id: 'acme-prod.crm.users' }, { id: 'acme-prod.crm.orders' }])
    expect(await content('list_tables', { dataset: 'hr' })).toEqual({ tables: [] })
    const users = await content('describe_table', { dataset: 'crm', table: 'users' })
    expect(users['columns']).toContainEqual(
      expect.objectContaining({ name: 'email', masks: ['acme-prod.crm.users.email: sha256'] }),
    )
    const orders = await content('describe_table', { dataset: 'crm', table: 'orders' })
    expect(orders['notices']).toMatchObject([{ kind: 'row_filter', message: expect.stringContaining('region = "EU"') }])
    expect(await errorOf('describe_table', { dataset: 'hr', table: 'salaries' })).toMatchObject({
      code: 'policy_denied',
    })
  })

  test.each([
    ['no query', {}],
    ['a query and a page', { query, page_token: 'x' }],
    ['an argument nobody knows', { query, sql: 'SELECT 1' }],
    ['a list for a text', { query: ['SELECT 1'] }],
    ['a text for a number', { query, max_rows: '5' }],
    ['a parameter without a type', { query, params: { p: [] } }],
  ])('is told that %s is not valid', async (_, args) => {
    expect(await errorOf('execute_sql', args)).toMatchObject({ code: 'request_invalid', next: expect.any(String) })
  })

  test.each(['execute_sql ', 'Execute_SQL', 'ехecute_sql', 'list_table_ids', ''])(
    'finds no tool called %j',
    async name => {
      await expect(client.callTool({ name, arguments: { query } })).rejects.toThrow('no tool of that name')
    },
  )

  test('hears of progress while a job runs', async () => {
    onPage = async (_, onProgress) => {
      onProgress?.(1_000)
      onProgress?.(1_000)
      await new Promise(resolve => setTimeout(resolve, 50))
    }
    const heard: number[] = []
    await client.callTool(
      { name: 'execute_sql', arguments: { query } },
      { onprogress: ({ progress }) => void heard.push(progress) },
    )
    expect(heard).toEqual([1, 1.001])
  })

  test('cancels the job by going away', async () => {
    const leaver = await connectMcp(world, mode, await world.token('alice'))
    const aborted = new Promise<string>(resolve => {
      onPage = signal =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            resolve('the job heard of it')
            reject(new Failure('cancelled'))
          })
          void leaver.close()
        })
    })
    const call = leaver.callTool({ name: 'execute_sql', arguments: { query } })
    await expect(call).rejects.toThrow()
    expect(await aborted).toBe('the job heard of it')
  })

  test('is known on record by what it says of itself', async () => {
    await call('execute_sql', { query }, { 'claudecode/toolUseId': 'toolu_7' })
    const { origin } = world.log.events.at(-1) ?? expect.fail('no event')
    const name = mode === 'auto' ? { name: 'journey', version: '9.9' } : { name: 'tester', version: '1.0' }
    expect(origin.client).toMatchObject({
      protocol: 'mcp',
      ...name,
      toolUseId: 'toolu_7',
      sessionKey: 's-1',
      ip: '127.0.0.1',
    })
  })
})

test('rows that do not fit into one answer come with the next', async () => {
  const wide = 'x'.repeat(1_500)
  const rows = [
    ['1', wide],
    ['2', wide],
    ['3', wide],
    ['4', wide],
  ]
  const page: Page = { fields, rows, index: 0, statistics: {} }
  const small = await openMcpWorld({ pages: [page], mcp: { maxResultChars: 4_000 } })
  const agent = await connectMcp(small, 'auto', await small.token('alice'))
  const ids: unknown[] = []
  let args: Record<string, unknown> = { query }
  for (let answers = 0; answers < 2; answers++) {
    const { structuredContent } = await agent.callTool({ name: 'execute_sql', arguments: args })
    const shown = structuredContent as { rows: unknown[][]; next_page_token?: string }
    ids.push(...shown.rows.map(([id]) => id))
    args = { page_token: shown.next_page_token }
  }
  expect(ids).toEqual([1, 2, 3, 4])
  expect(args['page_token']).toBeUndefined()
  await agent.close()
  await small.close()
})
