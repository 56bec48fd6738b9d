import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import type { Print } from '../../src/cli/print.ts'
import { stateFileName } from '../../src/cli/state-file.ts'
import type { SessionEvent } from '../../src/model/session-event.ts'
import { openRecorder, type Recorder } from '../../src/recording/open-recorder.ts'
import { recordingOptions } from '../../src/recording/options.ts'
import { openRecordsDoor, readerToken } from './records-door.ts'

/** A state directory as a running Sluice leaves it, with these events in an embedded store and a door to them. */
export type RecordedState = {
  readonly path: string
  readonly recorder: Recorder
  /** What a command prints when it is run on this state. */
  readonly run: (command: (print: Print) => Command, ...words: string[]) => Promise<string>
  readonly close: () => Promise<void>
}

export async function recordedState(events: readonly SessionEvent[]): Promise<RecordedState> {
  const path = await mkdtemp(join(tmpdir(), 'sluice-state-'))
  const store = { kind: 'embedded', path: join(path, 'store') }
  const options = { spoolPath: join(path, 'spool'), store, flushIntervalMs: 20, eventDays: 20_000, resultDays: 20_000 }
  const recorder = await openRecorder(recordingOptions.parse(options), { now: () => new Date() })
  for (const event of events) await recorder.record(event)
  await recorder.seal()
  await recorder.flush(60_000)
  const { access, reader } = recorder.store ?? {}
  const door = await openRecordsDoor(recorder)
  const place = { clickhouse_url: access?.url, clickhouse_user: reader?.user, clickhouse_password: reader?.password }
  await writeFile(join(path, stateFileName), JSON.stringify({ rest_url: door.url.href, ...place }))
  const tokenPath = join(path, 'token')
  await writeFile(tokenPath, readerToken)
  return {
    path,
    recorder,
    run: async (command, ...words) => {
      let printed = ''
      const built = command(text => {
        printed += text
      })
      await built.parseAsync([...words, '--state', path, '--token-file', tokenPath], { from: 'user' })
      return printed
    },
    close: async () => {
      await door.close()
      await recorder.close()
      await rm(path, { recursive: true, force: true })
    },
  }
}
