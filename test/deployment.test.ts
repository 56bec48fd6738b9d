import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { readConfig } from '../src/config/load-config.ts'
import { localBigQueryRequirements } from '../src/tools/local-bigquery.ts'
import { opa } from '../src/tools/opa.ts'
import { type Instruction, readDockerfile, type Stage } from './fakes/dockerfile.ts'

const root = resolve(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const stages = readDockerfile(read('Dockerfile'))

const composeFile = z.strictObject({
  name: z.string(),
  services: z.record(
    z.string(),
    z.looseObject({
      image: z.string().optional(),
      build: z.strictObject({ context: z.string(), target: z.string() }).optional(),
      ports: z.array(z.string()).default([]),
      environment: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
      volumes: z.array(z.string()).default([]),
      healthcheck: z.looseObject({ test: z.array(z.string()) }).optional(),
      depends_on: z.record(z.string(), z.strictObject({ condition: z.literal('service_healthy') })).default({}),
    }),
  ),
  volumes: z.record(z.string(), z.null()),
})
const compose = composeFile.parse(parse(read('deploy/compose.yaml')))
const services = Object.entries(compose.services)

function stageNamed(name: string): Stage {
  const stage = stages.find(candidate => candidate.name === name)
  if (stage === undefined) throw new Error(`the Dockerfile has no stage ${name}`)
  return stage
}

const argumentsOf = (stage: Stage, kind: Instruction['kind']) =>
  stage.instructions.filter(instruction => instruction.kind === kind).map(instruction => instruction.text)

describe('the Dockerfile', () => {
  test('starts from images with a version, or from its own stages', () => {
    for (const { from } of stages) {
      expect(stages.some(({ name }) => name === from) || /^[\w./-]+:\d[\w.-]*$/.test(from), from).toBe(true)
    }
  })

  test('copies only what is there and what the build may see', () => {
    const ignored = read('.dockerignore').split('\n')
    for (const stage of stages) {
      for (const text of argumentsOf(stage, 'COPY')) {
        const from = /^--from=(\S+)/.exec(text)?.[1]
        if (from !== undefined) stageNamed(from)
        const sources = from === undefined ? text.split(/\s+/).slice(0, -1) : []
        for (const source of sources) {
          expect(existsSync(join(root, source)), source).toBe(true)
          expect(ignored, source).toContain(`!${source.replace('./', '')}`)
        }
      }
    }
  })

  test.each(['gateway', 'emulator'])('runs the %s as nobody special, with a check of its health', name => {
    const stage = stageNamed(name)
    expect(argumentsOf(stage, 'USER')).not.toEqual([])
    expect(argumentsOf(stage, 'USER').at(-1)).not.toBe('root')
    const [check = ''] = argumentsOf(stage, 'HEALTHCHECK')
    const port = /127\.0\.0\.1:(\d+)/.exec(check)?.[1]
    expect(argumentsOf(stage, 'EXPOSE').join(' ').split(' ')).toContain(port)
  })

  test('uses the versions that set-up uses, and never `npm ci`', () => {
    const text = read('Dockerfile')
    expect(text).toContain(`openpolicyagent/opa:${opa.version}`)
    for (const requirement of localBigQueryRequirements) expect(text).toContain(requirement)
    for (const stage of stages) for (const run of argumentsOf(stage, 'RUN')) expect(run).not.toMatch(/npm ci\b/)
  })

  test('serves on the ports that are the defaults', () => {
    const { http } = readConfig(parse(read('deploy/sluice.yaml')), exampleEnvironment())
    const exposed = argumentsOf(stageNamed('gateway'), 'EXPOSE').join(' ').split(' ').map(Number)
    expect(exposed).toEqual([http.port, http.operationsPort])
  })
})

describe('the compose file', () => {
  test('builds stages that exist, or names an image with a version', () => {
    for (const [name, { image, build }] of services) {
      if (build !== undefined) expect(stageNamed(build.target).name).toBe(build.target)
      else expect(image, name).toMatch(/:\d/)
      if (build !== undefined) expect(resolve(root, 'deploy', build.context)).toBe(root)
    }
  })

  test('has a health check for each service that another waits for', () => {
    for (const [, { depends_on }] of services) {
      for (const wanted of Object.keys(depends_on)) {
        const service = compose.services[wanted]
        const inImage = service?.build && argumentsOf(stageNamed(service.build.target), 'HEALTHCHECK').length > 0
        expect(service?.healthcheck !== undefined || inImage, wanted).toBe(true)
      }
    }
  })

  test('mounts files that are there and volumes that are declared', () => {
    for (const [, { volumes }] of services) {
      for (const source of volumes.map(volume => volume.split(':')[0] ?? '')) {
        const isThere = source.startsWith('.') ? existsSync(join(root, 'deploy', source)) : source in compose.volumes
        expect(isThere, source).toBe(true)
      }
    }
  })

  test('publishes ports of this machine only, and only those that something listens on', () => {
    const { http } = deployedConfig()
    for (const [name, { ports }] of services) {
      for (const port of ports) {
        expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/)
        if (name === 'gateway') expect(port.split(':').at(-1)).toBe(String(http.port))
      }
    }
  })

  test('gives the gateway a configuration that is good and finds the other services', () => {
    const { recording, warehouse, policy } = deployedConfig()
    const { store } = recording
    if (store.kind !== 'clickhouse' || policy.source.kind !== 'directory') throw new Error('another deployment')
    const { hostname, port } = new URL(store.url)
    expect(compose.services[hostname]?.healthcheck?.test.join(' ')).toContain(`:${port}/`)
    expect(compose.services[hostname]?.environment).toMatchObject({ CLICKHOUSE_USER: store.user })
    const emulator = new URL(warehouse.apiEndpoint ?? '')
    const target = compose.services[emulator.hostname]?.build?.target ?? ''
    expect(argumentsOf(stageNamed(target), 'EXPOSE')).toContain(emulator.port)
    const mounts = compose.services['gateway']?.volumes.map(volume => volume.split(':')[1] ?? '') ?? []
    expect(mounts).toContain(policy.source.path)
    expect(mounts.some(mount => recording.spoolPath.startsWith(mount))).toBe(true)
  })
})

function deployedConfig() {
  return readConfig(parse(read('deploy/sluice.yaml')), exampleEnvironment())
}

/** The gateway's environment with the values of `.env.example` in it. */
function exampleEnvironment(): Record<string, string> {
  const lines = read('deploy/.env.example').split('\n')
  const values = new Map(
    lines.filter(line => /^\w+=/.test(line)).map(line => [line.split('=')[0], line.slice(line.indexOf('=') + 1)]),
  )
  const environment = compose.services['gateway']?.environment ?? {}
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => {
      const variable = /^\$\{(\w+):\?/.exec(String(value))?.[1]
      const given = variable === undefined ? String(value) : values.get(variable)
      if (given === undefined) throw new Error(`.env.example says nothing of ${variable}`)
      return [name, given]
    }),
  )
}
