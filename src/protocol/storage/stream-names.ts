import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { Failure } from '../../model/failure.ts'
import { type PrincipalClaims, principalId } from '../../model/principal.ts'
import { type FormatName, formatNames } from './row-format.ts'

type Owner = Pick<PrincipalClaims, 'issuer' | 'subject'>

/** What a stream reads: some columns of a job's result, by their places in it, in a form. */
export type Reading = {
  readonly project: string
  readonly location: string
  readonly job: string
  readonly places: readonly number[]
  readonly format: FormatName
}

export type StreamNames = {
  readonly sessionOf: (reading: Reading, owner: Owner) => string
  readonly streamOf: (session: string) => string
  /** Throws `not_found` for a name that this owner was not given. */
  readonly open: (stream: string, owner: Owner) => Reading
}

const pattern = /^projects\/([^/]+)\/locations\/([^/]+)\/sessions\/([0-9a-f]{32})([\w-]+)\/streams\/0$/
const bodyForm = z.tuple([z.string(), z.array(z.int().min(0)), z.enum(formatNames)])

/** Names that hold all that their stream needs, with a mark that tells every replica of one key whose they are. */
export function openStreamNames(key: string): StreamNames {
  const mark = (body: string, owner: Owner, project: string, location: string) => {
    const text = JSON.stringify(['stream', body, principalId(owner), project, location])
    return createHmac('sha256', key).update(text).digest('hex').slice(0, 32)
  }
  return {
    sessionOf({ project, location, job, places, format }, owner) {
      const body = Buffer.from(JSON.stringify([job, places, format])).toString('base64url')
      return `projects/${project}/locations/${location}/sessions/${mark(body, owner, project, location)}${body}`
    },
    streamOf: session => `${session}/streams/0`,
    open(stream, owner) {
      const [, project = '', location = '', given = '', body = ''] = pattern.exec(stream) ?? []
      const expected = Buffer.from(mark(body, owner, project, location))
      const actual = Buffer.from(given)
      if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) throw noSuchStream()
      const [job, places, format] = bodyForm.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')))
      return { project, location, job, places, format }
    },
  }
}

function noSuchStream(): Failure {
  return new Failure('not_found', {
    detail: 'There is no such read stream.',
    next: 'Create a read session of your own and read its streams.',
  })
}
