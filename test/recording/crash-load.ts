import { appendFileSync } from 'node:fs'
import { openRecorder } from '../../src/recording/open-recorder.ts'
import { recordingOptions } from '../../src/recording/options.ts'
import { sampleDelivered, sampleFinished, samplePage, sampleStarted } from '../fakes/sample-events.ts'

/** Records as fast as it can until it is killed. What it was promised goes to files, which outlive it. */
const [optionsText = '{}', confirmedPath = '', ranPath = ''] = process.argv.slice(2)
const concurrent = 8

const recorder = await openRecorder(recordingOptions.parse(JSON.parse(optionsText)), {
  now: () => new Date(),
  jobState: async () => 'DONE',
})
const { record } = recorder
process.send?.({ storePid: recorder.store?.pid?.() })

async function requests(): Promise<void> {
  for (;;) {
    const started = sampleStarted()
    confirm((await record(started)).eventId)
    // Here the gateway would send the job to BigQuery.
    appendFileSync(ranPath, `${started.job.jobId}\n`)
    const page = samplePage([['a@example.com', 'DE']])
    confirm((await record(sampleDelivered(started, page))).eventId)
    confirm((await record(sampleFinished(started))).eventId)
  }
}

function confirm(eventId: string): void {
  appendFileSync(confirmedPath, `${eventId}\n`)
}

await Promise.all(Array.from({ length: concurrent }, requests))
