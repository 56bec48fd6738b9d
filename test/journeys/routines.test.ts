import { beforeAll, describe, expect, test } from 'vitest'
import { type NodeClient, openNodeClient } from './node-client.ts'
import { journeyTimeoutMs as timeout, useSandbox } from './use-sandbox.ts'

const sandbox = useSandbox()
let alice: NodeClient
let dana: NodeClient

beforeAll(async () => {
  const { rest_url, tokens } = sandbox.ready
  alice = await openNodeClient(rest_url, tokens['alice'])
  dana = await openNodeClient(rest_url, tokens['dana'])
  await dana.createDataset('lab')
}, timeout)

async function rowsOf(client: NodeClient, query: string) {
  const [rows] = await client.query(query)
  return rows
}

describe('functions of datasets', { timeout }, () => {
  test('read what the caller may see, wherever they are called', async () => {
    const users = 'SELECT id, crm.orders_of(id) AS orders, crm.email_domain(email) AS domain FROM crm.users ORDER BY id'
    expect(await rowsOf(alice, users)).toEqual([
      { id: 1, orders: 1, domain: null },
      { id: 2, orders: 0, domain: null },
      { id: 3, orders: 1, domain: null },
    ])
    expect(await rowsOf(alice, 'SELECT id FROM crm.orders_above(10) ORDER BY id')).toEqual([{ id: 101 }, { id: 103 }])
    expect(await rowsOf(dana, 'SELECT COUNT(*) AS n FROM crm.orders_above(20)')).toEqual([{ n: 3 }])
  })

  test('of a closed dataset are denied, those that are there and those that are not alike', async () => {
    for (const call of ['hr.pay_of(1)', 'hr.nothing(1)']) {
      await expect(alice.query(`SELECT ${call}`)).rejects.toThrow(/hr.+is not open to your groups/)
    }
    await expect(alice.query('SELECT crm.orders_off(1)')).rejects.toThrow(/orders_of/)
  })

  test('are called as they were made last, and are gone once they are dropped', async () => {
    await dana.query("CREATE FUNCTION lab.shout(s STRING) AS (CONCAT(UPPER(s), '!'))")
    const call = "SELECT lab.shout('hello') AS said"
    expect(await rowsOf(dana, call)).toEqual([{ said: 'HELLO!' }])
    await dana.query("CREATE OR REPLACE FUNCTION lab.shout(s STRING) AS (CONCAT(s, '?'))")
    expect(await rowsOf(dana, call)).toEqual([{ said: 'hello?' }])
    await dana.query('DROP FUNCTION lab.shout')
    await expect(dana.query(call)).rejects.toThrow(/no routine acme-prod\.lab\.shout/)
    await expect(alice.query('CREATE FUNCTION crm.f() AS (1)')).rejects.toThrow(
      /CREATE_FUNCTION statements are not open/,
    )
  })
})
