import type { Question } from '../model/decision.ts'
import type { PrincipalClaims } from '../model/principal.ts'

/** A question as far as it is described: whoever asks need not be authenticated to be described. */
export type DescribableQuestion = Omit<Question, 'principal'> & { readonly principal: PrincipalClaims }

const stranger: PrincipalClaims = {
  issuer: 'https://smoke.invalid',
  subject: 'nobody',
  groups: [],
  kind: 'agent',
  attributes: {},
  credentialId: 'smoke',
  expiresAt: new Date(0),
}

const ref = { project: 'no-such-project', dataset: 'no_such_dataset', table: 'no_such_table' }
const id = 'no-such-project.no_such_dataset.no_such_table'

/** Nobody asks for nothing that exists. A policy that does not deny this denies nothing. */
export const smokeQuestion: DescribableQuestion = {
  phase: 'parse',
  principal: stranger,
  origin: {
    sessionId: 'smoke',
    requestId: 'smoke',
    client: { protocol: 'mcp', name: 'smoke', version: '0', ip: '127.0.0.1', userAgent: '' },
  },
  statement: {
    text: `SELECT email FROM \`${id}\``,
    fingerprint: '0'.repeat(64),
    kind: 'SELECT',
    class: 'read',
    tables: [
      {
        ...{ id, ref, kind: 'table', access: ['read'], via: [], etag: '', labels: {} },
        columns: [{ name: 'email', type: { kind: 'scalar', name: 'STRING' }, tags: ['pii.email'], uses: ['select'] }],
      },
    ],
    functions: [],
    features: [],
    outputs: [{ name: 'email', lineage: [`${id}.email`] }],
  },
  parameters: [],
  project: 'no-such-project',
  location: 'US',
  now: new Date(0),
}
