import { Failure } from '../../model/failure.ts'
import type { Method } from './method.ts'

export type FoundMethod = { readonly method: Method; readonly path: Readonly<Record<string, string>> }
export type FindMethod = (verb: string, segments: readonly string[]) => FoundMethod

type Pattern = { readonly method: Method; readonly segments: readonly RegExp[] }

/** Finds the method of a request in a closed table. Whatever is not in it does not exist. */
export function openFindMethod(methods: readonly Method[]): FindMethod {
  const patterns: readonly Pattern[] = methods.map(method => ({
    method,
    segments: method.path.split('/').map(segmentPattern),
  }))
  return (verb, segments) => {
    const wanted = withoutVersion(segments)
    for (const { method, segments: pattern } of patterns) {
      const path = method.verb === verb ? match(pattern, wanted) : undefined
      if (path !== undefined) return { method, path }
    }
    throw new Failure('not_found', {
      detail: `There is no method ${verb} /${segments.join('/')}.`,
      next: 'docs/clients.md lists the methods that are served.',
    })
  }
}

/** Some clients leave `/bigquery/v2` out. */
function withoutVersion(segments: readonly string[]): readonly string[] {
  return segments[0] === 'bigquery' && segments[1] === 'v2' ? segments.slice(2) : segments
}

/** `{table}:getIamPolicy` is a name and a method of it; a bare `{table}` takes no colon, so it cannot hide one. */
function segmentPattern(segment: string): RegExp {
  const [, name, suffix = ''] = /^\{(\w+)\}(.*)$/.exec(segment) ?? []
  if (name === undefined) return new RegExp(`^${segment.replaceAll(/[.$]/g, '\\$&')}$`)
  return new RegExp(`^(?<${name}>${name === 'project' ? '.+' : '[^:]+'})${suffix}$`)
}

function match(pattern: readonly RegExp[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined
  const names: Record<string, string> = {}
  for (const [index, form] of pattern.entries()) {
    const found = form.exec(segments[index] ?? '')
    if (found === null) return undefined
    Object.assign(names, found.groups)
  }
  return names
}
