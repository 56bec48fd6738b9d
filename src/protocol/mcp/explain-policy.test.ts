import { afterAll, expect, test } from 'vitest'
import { connectMcp, openMcpWorld } from '../../../test/fakes/mcp-world.ts'
import { snapshotFrom } from '../../sandbox/world-tables.ts'

const relation = { etag: '1', labels: {}, pseudoColumns: [] }
const columns = [{ name: 'email', type: { kind: 'scalar', name: 'STRING' }, tags: {} }] as const
const inCrm = (table: string) => ({ project: 'acme-prod', dataset: 'crm', table })
const users = { ...relation, ref: inCrm('users'), kind: 'table', columns } as const
const viewQuery = "SELECT * FROM `acme-prod.crm.users` WHERE email != 'boss@acme.example'"
const view = { ...relation, ref: inCrm('v_users'), kind: 'view', columns, viewQuery } as const

const snapshot = snapshotFrom([users, view], [])
const nothing = async () => []
const world = await openMcpWorld({
  overrides: {
    catalog: { snapshot, datasets: nothing, dataset: async () => undefined, tables: nothing, routines: nothing },
  },
})
const client = await connectMcp(world, 'auto', await world.token('alice'))
afterAll(async () => {
  await client.close()
  await world.close()
})

async function explained(query: string): Promise<string> {
  const { structuredContent } = await client.callTool({ name: 'explain_policy', arguments: { query } })
  expect(structuredContent).toMatchObject({ effect: 'allow' })
  return JSON.stringify(structuredContent)
}

test('shows what would be sent, but for the text of a view', async () => {
  expect(await explained('SELECT email FROM crm.users')).toContain('TO_HEX(SHA256(`email`))')
  const ofView = await explained('SELECT email FROM crm.v_users')
  expect(ofView).toContain('acme-prod.crm.users.email is masked (sha256).')
  expect(ofView).not.toContain('boss@acme.example')
})

test.each(['users` WHERE TRUE; SELECT 1 -- ', 'users\\', 'users\n'])('takes no name such as %j', async table => {
  const answer = await client.callTool({ name: 'describe_table', arguments: { dataset: 'crm', table } })
  expect(answer).toMatchObject({ isError: true, structuredContent: { error: { code: 'request_invalid' } } })
})
