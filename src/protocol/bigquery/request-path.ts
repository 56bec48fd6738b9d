import { Failure } from '../../model/failure.ts'

/** What readers of a path disagree on: encoded separators, double encoding, control characters, path parameters. */
const ambiguous = /[\\;?#%/\p{Cc}]/u

/** The segments of a request's path, each decoded once. A path that two readers could read otherwise is refused. */
export function pathSegments(target: string): readonly string[] {
  const [path = ''] = target.split('?')
  return path
    .slice(1)
    .split('/')
    .map(raw => {
      const segment = decoded(raw)
      if (segment === '' || segment === '.' || segment === '..' || ambiguous.test(segment)) throw refusal()
      return segment
    })
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    throw refusal()
  }
}

function refusal(): Failure {
  return new Failure('request_invalid', { detail: 'The path has empty, dotted or doubly encoded parts.' })
}
