import { z } from 'zod'
import type { Refusal } from '../../gateway/outcome.ts'
import type { Request } from '../../gateway/query.ts'
import { refuseOperation } from '../../gateway/refuse-operation.ts'
import type { Principal } from '../../model/principal.ts'
import { readStrictly } from '../read-strictly.ts'
import type { BigQueryDesk } from './desk.ts'
import { datasetName, jobName, projectName, tableName } from './names.ts'

/** The names between braces in a path: `projects/{project}/jobs/{job}`. */
type NamesIn<Path> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never

export type Verb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** One call of a method. */
export type Call<Names extends string, Query, Body> = {
  readonly path: Readonly<Record<Names, string>>
  readonly query: Query
  readonly body: Body
  /** The body as it came; what it says is in `body`. */
  readonly bytes: Buffer
  /** The state that the client has seen, where it says so. */
  readonly ifMatch?: string
  readonly request: Request
  readonly principal: Principal
  readonly desk: BigQueryDesk
}

/** An answer without a body is an empty one (204). */
export type Answer = { readonly state: 'answered'; readonly body?: object; readonly decisionId?: string } | Refusal

type Definition<Path extends string, Query, Body> = {
  readonly id: string
  readonly verb: Verb
  readonly path: Path
  readonly query: z.ZodType<Query>
  /** Methods without one take no body, or an empty one. */
  readonly body?: z.ZodType<Body>
  /** What a body asks for that is never granted; it is looked for before the body is read closely. */
  readonly refuses?: (body: unknown) => string | undefined
  readonly run: (call: Call<NamesIn<Path>, Query, Body>) => Promise<Answer>
}

export type RawCall = Omit<Call<string, Readonly<Record<string, string>>, unknown>, 'path'>

/** A method as the table holds it: called with what nobody has read yet. */
export type Method = {
  readonly id: string
  readonly verb: Verb
  readonly path: string
  /** `ignored`: the method is refused whatever it brings. */
  readonly takes: 'json' | 'nothing' | 'ignored'
  readonly parameters: readonly string[]
  readonly call: (path: Readonly<Record<string, string>>, raw: RawCall) => Promise<Answer>
}

export function defineMethod<Path extends string, Query, Body = undefined>(
  definition: Definition<Path, Query, Body>,
): Method {
  const { id, verb, path, query, body, refuses, run } = definition
  const noBody = z.union([z.undefined(), z.strictObject({})]).transform(() => undefined) as unknown as z.ZodType<Body>
  return {
    ...{ id, verb, path, takes: body === undefined ? 'nothing' : 'json' },
    parameters: Object.keys(query instanceof z.ZodObject ? query.shape : {}),
    call: async (names, raw) => {
      const refused = refuses?.(raw.body)
      if (refused !== undefined)
        return refuseOperation(raw.request, describeCall(id, raw.body), refused, raw.desk.ports)
      return run({
        ...raw,
        path: pathNames(names) as Readonly<Record<NamesIn<Path>, string>>,
        query: readStrictly(query, raw.query, 'query string'),
        body: readStrictly(body ?? noBody, raw.body, 'body'),
      })
    },
  }
}

const maxDescription = 10_000

/** What was asked for, for the record. */
export function describeCall(id: string, asked: unknown): string {
  return `${id} ${JSON.stringify(asked) ?? ''}`.slice(0, maxDescription)
}

/** A method that BigQuery has and Sluice grants to nobody. */
export function refusedMethod(id: string, verb: Verb, path: string, what: string): Method {
  return {
    ...{ id, verb, path, takes: 'ignored', parameters: [] },
    call: (names, { request, desk }) =>
      refuseOperation(request, describeCall(id, names), `${id}: ${what} is not granted.`, desk.ports),
  }
}

const nameForms: Readonly<Record<string, z.ZodType<string>>> = {
  project: projectName,
  dataset: datasetName,
  table: tableName,
  job: jobName,
  model: datasetName,
  routine: datasetName,
}

function pathNames(names: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(names).map(([name, text]) => [name, readStrictly(nameForms[name] ?? z.never(), text, name)]),
  )
}
