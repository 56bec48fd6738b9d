import { openMeter } from './meter.ts'

openMeter()
await import('../../src/main.ts')
