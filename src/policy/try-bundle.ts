import type { Decision } from '../model/decision.ts'
import { readAnswer } from './answer.ts'
import type { Bundle } from './bundle.ts'
import { classifier } from './classifications.ts'
import { describeQuestion, type InputSettings } from './describe-question.ts'
import { type EvaluatorOptions, openEvaluator } from './evaluate.ts'
import { type DescribableQuestion, smokeQuestion } from './smoke.ts'

/** A policy that answers. */
export type TriedPolicy = {
  readonly revision: string
  readonly decide: (question: DescribableQuestion) => Promise<Decision>
}

export type TrialSettings = Omit<InputSettings, 'classify'> & EvaluatorOptions & { readonly newId: () => string }

/** The first evaluations take a hundred times as long as later ones. */
const warmUps = 25

/** Brings a bundle up beside the one that serves, and asks it before anybody else does. */
export async function tryBundle(bundle: Bundle, settings: TrialSettings): Promise<TriedPolicy> {
  const { revision } = bundle
  const module = await WebAssembly.compile(bundle.module)
  const evaluator = await openEvaluator(module, bundle.facts, settings)
  const inputSettings = { ...settings, classify: classifier(bundle.classifications) }
  const answer = async (question: DescribableQuestion): Promise<Decision> => {
    const id = settings.newId()
    const evaluated = await evaluator.evaluate(describeQuestion(question, id, inputSettings))
    return readAnswer(evaluated, question.statement, { id, revision })
  }
  for (let round = 0; round < warmUps; round++) {
    const { effect } = await answer(smokeQuestion)
    if (effect !== 'deny') throw new Error(`the policy lets a stranger read what nobody granted: ${effect}`)
  }
  return { revision, decide: answer }
}
