import { z } from 'zod'
import { httpOptions } from '../http/options.ts'
import { identityOptions } from '../identity/options.ts'
import { policyOptions } from '../policy/options.ts'
import { bigqueryOptions } from '../protocol/bigquery/options.ts'
import { mcpOptions } from '../protocol/mcp/options.ts'
import { storageOptions } from '../protocol/storage/options.ts'
import { recordingOptions } from '../recording/options.ts'
import { telemetryOptions } from '../telemetry/options.ts'
import { verificationOptions } from '../verification/options.ts'
import { warehouseOptions } from '../warehouse/options.ts'
import { gatewayOptions } from './gateway-options.ts'

/** The whole configuration: each section belongs to the module of its name. */
export const configSchema = z.strictObject({
  gateway: gatewayOptions.prefault({}).describe('What holds for every query.'),
  http: httpOptions.prefault({}).describe('Where Sluice listens.'),
  mcp: mcpOptions.prefault({}).describe('How agents are served.'),
  bigquery: bigqueryOptions.prefault({}).describe('How clients of BigQuery are served.'),
  storage: storageOptions.prefault({}).describe('How clients of the Storage Read API are served.'),
  identity: identityOptions.describe('Whose tokens count.'),
  policy: policyOptions.describe('Where decisions come from.'),
  verification: verificationOptions.prefault({}).describe('Who reads a governed query before it runs.'),
  warehouse: warehouseOptions.describe('Where queries run.'),
  recording: recordingOptions.describe('Where records go.'),
  telemetry: telemetryOptions.prefault({}).describe('What operators see.'),
})
export type Config = Readonly<z.infer<typeof configSchema>>
