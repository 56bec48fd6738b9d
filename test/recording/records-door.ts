import { listen } from '../../src/http/listen.ts'
import { httpOptions } from '../../src/http/options.ts'
import type { DecisionFacts } from '../../src/model/decision.ts'
import { Failure } from '../../src/model/failure.ts'
import type { Principal } from '../../src/model/principal.ts'
import { mountConsole } from '../../src/protocol/console/mount.ts'
import type { Recorder } from '../../src/recording/open-recorder.ts'
import { answerQuestion } from '../../src/recording/read/answer-question.ts'
import { openLog } from '../../src/telemetry/log.ts'
import { openMetrics } from '../../src/telemetry/metrics.ts'
import { telemetryOptions } from '../../src/telemetry/options.ts'
import { scriptedPorts } from '../fakes/gateway-ports.ts'
import { samplePrincipal } from '../fakes/sample-events.ts'

/** The token of the one who may read; any other is nobody's. */
export const readerToken = 'token-of-an-auditor'

/** A gateway whose only door is the one to the records, over a real recorder. */
export async function openRecordsDoor(recorder: Recorder, decision: () => Partial<DecisionFacts> = () => ({})) {
  const { ports } = scriptedPorts({
    decide: decision,
    overrides: {
      authenticate: async ({ bearer }) => {
        if (bearer !== readerToken) throw new Failure('unauthenticated')
        return samplePrincipal({ subject: 'erin', email: 'erin@acme.example', kind: 'human' }) as Principal
      },
      openSession: recorder.openSession,
      record: recorder.record,
      now: () => new Date(),
      newId: () => crypto.randomUUID(),
    },
  })
  const log = openLog(telemetryOptions.parse({ logLevel: 'silent' }))
  const { store } = recorder
  const reader = store && { client: store.readClient, database: store.access.database }
  return listen(httpOptions.parse({ port: 0, operationsPort: 0, closeTimeoutMs: 200 }), {
    ...{ log, metrics: openMetrics(), notReady: () => [] },
    doors: [
      app =>
        mountConsole(app, {
          ports,
          answerRecords: reader && ((question, signal) => answerQuestion(reader, question, signal)),
          report: () => undefined,
        }),
    ],
  })
}
