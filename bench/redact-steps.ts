import type { ColumnType } from '../src/model/column-type.ts'
import { type ColumnMask, detectorNames, type Obligation } from '../src/model/decision.ts'
import type { GovernedText } from '../src/model/governed.ts'
import type { Page } from '../src/model/result.ts'
import { planRedaction } from '../src/result/plan.ts'
import { redact } from '../src/result/redact.ts'
import { sampleDecision } from '../test/fakes/sample-events.ts'
import type { Steps } from './times.ts'

const rowCount = 1_000
const users = 'acme-prod.crm.users'
const type: ColumnType = { kind: 'scalar', name: 'STRING' }
const names = ['id', 'name', 'email', 'region', 'note']

/** Redacting a page of a thousand rows of five texts: with nothing to do, with a mask, and with content to be found. */
export function redactSteps(): Steps {
  const page = pageOfUsers()
  const masks = new Map([[users, new Map([['email', { kind: 'sha256' } satisfies ColumnMask]])]])
  const detections = detectorNames.map((detector): Obligation => ({ kind: 'detect', detector, action: 'redact' }))
  const redactedBy = (masked: typeof masks, obligations: readonly Obligation[]) => {
    const decision = sampleDecision({ masks: masked, obligations })
    return () => redact(page, planRedaction(governed, decision))
  }
  return {
    'redact, nothing': redactedBy(new Map(), []),
    'redact, mask': redactedBy(masks, []),
    'redact, detectors': redactedBy(new Map(), detections),
    'redact, both': redactedBy(masks, detections),
  }
}

const governed: GovernedText = {
  ...{ text: '', parameters: [], parts: [], statementKind: 'SELECT' },
  outputs: names.map(name => ({ name, type, lineage: [], origins: [`${users}.${name}`] })),
  applied: { masks: [], filters: [] },
}

/** One row in ten says something that a detector finds. */
function pageOfUsers(): Page {
  const rows = Array.from({ length: rowCount }, (_, at) => [
    ...[String(at), `Person ${at}`, `person.${at}@canary.example`, at % 2 === 0 ? 'EU' : 'US'],
    at % 10 === 0 ? `call +1555010${String(at).padStart(4, '0')} please` : 'nothing to be seen in this text',
  ])
  return { fields: names.map(name => ({ name, type, nullable: true })), rows, index: 0, statistics: {} }
}
