import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { configSchema } from './config.ts'
import { ConfigProblems, loadConfig, readConfig } from './load-config.ts'
import { settingsOf } from './settings.ts'

const smallest = {
  identity: {
    audiences: ['sluice'],
    issuers: [{ issuer: 'https://idp.example', jwksUrl: 'https://idp.example/jwks' }],
  },
  policy: { source: { kind: 'bundle', path: 'bundle.tar.gz' } },
  warehouse: { project: 'acme-prod' },
  recording: { spoolPath: 'spool', store: { kind: 'none' } },
}

function problems(document: unknown, environment = {}): readonly string[] {
  try {
    readConfig(document, environment)
  } catch (thrown) {
    if (thrown instanceof ConfigProblems) return thrown.problems
    throw thrown
  }
  return []
}

describe('a configuration', () => {
  test('needs little, and the rest has defaults', () => {
    const config = readConfig(smallest, {})
    expect(config.http.port).toBe(8080)
    expect(config.identity.issuers[0]?.algorithms).toEqual(['RS256', 'ES256'])
  })

  test('shows every problem at once, with its path and what is allowed', () => {
    const found = problems({
      ...smallest,
      http: { port: 99_999, prot: 1 },
      identity: { ...smallest.identity, issuers: [{ issuer: 'x', jwksUrl: 'http://idp.example/jwks', keys: [] }] },
      colour: 'red',
    })
    expect(found).toHaveLength(5)
    expect(found.join('\n')).toContain('allowed: integer 0 to 65535; or set SLUICE_HTTP_PORT')
    expect(found.join('\n')).toContain('http.prot is no setting; there are host, port')
    expect(found.join('\n')).toContain('identity.issuers.0.jwksUrl: must be https')
    expect(found.join('\n')).toContain('identity.issuers.0.keys is no setting; there are issuer, jwksUrl')
    expect(found.join('\n')).toContain('colour is no setting; there are gateway, http')
  })

  test('with nothing in it names what is required', () => {
    expect(problems({}).join('\n')).toMatch(/identity.*policy.*warehouse.*recording/s)
  })

  test('names one issuer once', () => {
    const twice = { ...smallest.identity, issuers: [...smallest.identity.issuers, ...smallest.identity.issuers] }
    expect(problems({ ...smallest, identity: twice }).join()).toContain('must not name one issuer twice')
  })
})

describe('the environment', () => {
  test('wins over the file, with text as it is and the rest as JSON', () => {
    const config = readConfig(smallest, {
      SLUICE_HTTP_PORT: '9090',
      SLUICE_WAREHOUSE_PROJECT: '12345',
      SLUICE_MCP_SCOPES: '["query"]',
      SLUICE_TELEMETRY_LOG_LEVEL: 'warn',
      SLUICE_RECORDING_STORE_KIND: 'embedded',
      SLUICE_RECORDING_STORE_PATH: '/var/lib/sluice',
      PATH: '/bin',
    })
    expect(config.http.port).toBe(9090)
    expect(config.warehouse.project).toBe('12345')
    expect(config.mcp.scopes).toEqual(['query'])
    expect(config.telemetry.logLevel).toBe('warn')
    expect(config.recording.store).toMatchObject({ kind: 'embedded', path: '/var/lib/sluice' })
  })

  test('must not hold a misspelt setting, but may hold what Kubernetes adds', () => {
    expect(problems(smallest, { SLUICE_HTTP_PROT: '1' })).toEqual([
      'SLUICE_HTTP_PROT is no setting; its name may be misspelt',
    ])
    expect(
      problems(smallest, { SLUICE_SERVICE_HOST: '10.0.0.1', SLUICE_PORT_8080_TCP: 'tcp://10.0.0.1:8080' }),
    ).toEqual([])
  })

  test('has one variable for each setting', () => {
    const variables = settingsOf(configSchema).flatMap(({ variable }) => variable ?? [])
    expect(new Set(variables).size).toBe(variables.length)
  })
})

test('the file may be YAML or JSON, and a key that comes twice is refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-config-'))
  const path = join(folder, 'sluice.yaml')
  await writeFile(path, `${JSON.stringify(smallest)}\n`)
  expect((await loadConfig(path, {})).warehouse.project).toBe('acme-prod')
  await writeFile(path, 'http:\n  port: 1\n  port: 2\n')
  await expect(loadConfig(path, {})).rejects.toThrow(/unique/)
  await expect(loadConfig(join(folder, 'absent.yaml'), {})).rejects.toThrow(/cannot be read/)
  await rm(folder, { recursive: true })
})
