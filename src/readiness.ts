import type { NotReady } from './http/health.ts'
import { Failure } from './model/failure.ts'
import type { PolicyDecisionPoint } from './policy/open-policy.ts'
import type { Recorder } from './recording/open-recorder.ts'
import type { Verifier } from './verification/verify.ts'

export type ReadinessParts = {
  readonly policy: Pick<PolicyDecisionPoint, 'health'>
  readonly verifier: Pick<Verifier, 'health'>
  readonly recorder: Pick<Recorder, 'health'>
  readonly spoolMaxBytes: number
  readonly warehouse: () => Promise<string | undefined>
}

/**
 * Why queries would be refused now, part by part. A sink that is down is no reason: events are safe in the spool. Nor is an
 * identity provider that is: its keys are remembered.
 */
export function openReadiness(parts: ReadinessParts): NotReady {
  return async () => [
    ...policyFault(parts),
    ...verifierFault(parts),
    ...recorderFault(parts),
    ...(await faultOf(parts)),
  ]
}

function policyFault({ policy }: ReadinessParts): readonly string[] {
  return policy.health().revision === undefined ? ['policy: no good version is loaded'] : []
}

function verifierFault({ verifier }: ReadinessParts): readonly string[] {
  const { by, ready } = verifier.health()
  if (by === 'nobody') return ["verification: Google's analyzer is missing"]
  return ready === 0 ? ['verification: no thread is ready'] : []
}

function recorderFault({ recorder, spoolMaxBytes }: ReadinessParts): readonly string[] {
  return recorder.health().spoolBytes >= spoolMaxBytes ? ['recording: the spool is full'] : []
}

async function faultOf({ warehouse }: ReadinessParts): Promise<readonly string[]> {
  const fault = await warehouse()
  return fault === undefined ? [] : [`warehouse: ${fault}`]
}

const probeTimeoutMs = 3_000
const probeTtlMs = 10_000

/** Asks the warehouse at most every ten seconds, however often the health is asked for. */
export function openProbe(look: (signal: AbortSignal) => Promise<unknown>): () => Promise<string | undefined> {
  let last: { readonly atMs: number; readonly found: Promise<string | undefined> } | undefined
  return () => {
    if (last === undefined || performance.now() - last.atMs > probeTtlMs) {
      last = { atMs: performance.now(), found: probe(look) }
    }
    return last.found
  }
}

async function probe(look: (signal: AbortSignal) => Promise<unknown>): Promise<string | undefined> {
  const signal = AbortSignal.timeout(probeTimeoutMs)
  const late = new Promise<string>(resolve => {
    signal.addEventListener('abort', () => resolve('it does not answer in time'), { once: true })
  })
  return Promise.race([look(signal).then(() => undefined, codeOf), late])
}

/** The code alone: whoever asks for the health of a gateway is not authenticated. */
function codeOf(thrown: unknown): string {
  return thrown instanceof Failure ? thrown.code : 'it does not answer'
}
