import type { ScalarType } from '../model/column-type.ts'
import type { DetectorName } from '../model/decision.ts'
import { Failure } from '../model/failure.ts'
import type { Cell } from '../model/result.ts'
import type { LeafRule } from './cell-rule.ts'
import { replaceFound } from './detector.ts'
import { detectors } from './detectors.ts'
import { maskedValue } from './masked-value.ts'
import type { DetectAction, RedactionPlan } from './plan.ts'

/** Takes note of one value that something was found in. */
export type Tally = (detector: string, action: string) => void

/** Values of a masked column that is read unchanged must look like what the mask yields. */
export function maskRule(masks: RedactionPlan['masks'], origins: readonly string[], tally: Tally): LeafRule {
  return (type, path) => {
    // Two masks, of a view's column and of the one behind it, yield what neither of them does alone.
    const [mask, another] = origins.flatMap(origin => masks.get(`${origin}${path}`) ?? [])
    if (another !== undefined) return undefined
    const expected = mask && maskedValue(mask.kind, type)
    if (mask === undefined || expected === undefined) return undefined
    return text => {
      if (expected.looksMasked(text)) return text
      tally(`unmasked ${mask.kind}`, 'redact')
      return expected.neutral
    }
  }
}

const replacement = 'REDACTED'

/** Content that policy names is looked for in text, whatever column it stands in. */
export function contentRule(detections: RedactionPlan['detections'], column: string, tally: Tally): LeafRule {
  const steps = [...detections].map(([name, action]) => detectStep(name, action, column, tally))
  return type => {
    if (steps.length === 0 || !(type === 'STRING' || type === 'JSON')) return undefined
    return text => steps.reduce((shown, step) => step(shown, type), text)
  }
}

type Step = (text: string, type: ScalarType) => string

function detectStep(name: DetectorName, action: DetectAction, column: string, tally: Tally): Step {
  const detect = detectors[name]
  return (text, type) => {
    const found = detect(text)
    if (found.length === 0) return text
    if (action === 'refuse') throw refusal(name, column)
    tally(name, action)
    if (action === 'note') return text
    // A part of a JSON text may be a number, which a word cannot stand for.
    return type === 'JSON' ? JSON.stringify(replacement) : replaceFound(text, found, replacement)
  }
}

function refusal(detector: DetectorName, column: string): Failure {
  return new Failure('content_refused', { detail: `A value of ${column} looks like ${detector}.` })
}

/** Both rules, the mask's first: what it replaced is not looked at again. */
export function bothRules(first: LeafRule, second: LeafRule): LeafRule {
  return (type, path) => {
    const one = first(type, path)
    const two = second(type, path)
    if (one === undefined || two === undefined) return one ?? two
    return text => {
      const shown: Cell = one(text)
      return shown === text ? two(text) : shown
    }
  }
}
