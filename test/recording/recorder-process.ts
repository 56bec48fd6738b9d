import { openRecorder } from '../../src/recording/open-recorder.ts'
import { recordingOptions } from '../../src/recording/options.ts'
import { sampleFinished, samplePrincipal, sampleStarted } from '../fakes/sample-events.ts'

/** A process with a recorder in it, for tests that kill it. It tells its parent of every event that was confirmed. */
type Order = { readonly events: number; readonly close?: true; readonly killStore?: true }

const options = recordingOptions.parse(JSON.parse(process.argv[2] ?? '{}'))
const tell = (message: object) => process.send?.(message)
const recorder = await openRecorder(options, {
  now: () => new Date(),
  jobState: async () => 'DONE',
  hooks: { interrupted: requests => tell({ interrupted: requests }), storeStarted: starts => tell({ starts }) },
})
tell({ opened: true, storePid: recorder.store?.pid?.() })

process.on('message', async (order: Order) => {
  const pid = recorder.store?.pid?.()
  if (order.killStore && pid !== undefined) {
    process.kill(pid, 'SIGKILL')
    return
  }
  for (let index = 0; index < order.events; index += 1) {
    // The subject names the pair, so that the test can tell which of its events are in the store.
    const started = sampleStarted({ principal: samplePrincipal({ subject: `${process.pid}-${index}` }) })
    try {
      tell({ confirmed: (await recorder.record(started)).eventId })
      tell({ confirmed: (await recorder.record(sampleFinished(started))).eventId })
    } catch (cause) {
      tell({ refused: (cause as { code?: string }).code ?? String(cause) })
      break
    }
  }
  tell({ done: true })
  if (order.close) {
    await recorder.close()
    process.disconnect()
  }
})
