import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openRecorder } from '../../src/recording/open-recorder.ts'
import { recordingOptions } from '../../src/recording/options.ts'
import { openMemoryRecorder } from '../fakes/memory-recorder.ts'
import { recorderContract } from './recorder.ts'

recorderContract('spool on disk', async () => {
  const spoolPath = await mkdtemp(join(tmpdir(), 'sluice-recorder-'))
  const options = recordingOptions.parse({ spoolPath, store: { kind: 'none' } })
  return openRecorder(options, { now: () => new Date() })
})

recorderContract('in memory', async () => openMemoryRecorder())
