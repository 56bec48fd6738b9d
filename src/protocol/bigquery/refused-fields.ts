/** Fields that would do more than read. They are refused by name, with what they would do, before anything is read closely. */
const refusedFields: Readonly<Record<string, string>> = {
  destinationTable: 'writing a result to a table',
  tableDefinitions: 'reading files and sheets as tables',
  destinationEncryptionConfiguration: 'choosing an encryption key',
  reservation: 'choosing a reservation',
  maxSlots: 'reserving slots',
  timePartitioning: 'writing a result to a table',
  rangePartitioning: 'writing a result to a table',
  clustering: 'writing a result to a table',
  scriptOptions: 'scripts',
  systemVariables: 'setting system variables',
  queryResultsFormat: 'results in another form than JSON',
  writeIncrementalResults: 'incremental results',
}
/** Refused where they hold anything. */
const refusedWhereSet: Readonly<Record<string, string>> = {
  connectionProperties: 'sessions and connection properties',
  createSession: 'sessions',
  continuous: 'continuous queries',
  schemaUpdateOptions: 'changing a schema',
  userDefinedFunctionResources: 'code from files',
}

/** What a query's fields ask for beyond reading; undefined where it is nothing. */
export function operationRefusedIn(fields: unknown): string | undefined {
  if (typeof fields !== 'object' || fields === null) return undefined
  for (const [name, value] of Object.entries(fields)) {
    const what = refusedFields[name] ?? (isSet(value) ? refusedWhereSet[name] : undefined)
    if (what !== undefined) return `${name}: ${what} is not granted. ${wayOut(name)}`
  }
  return undefined
}

/** A destination is a statement of its own, which policy decides as such. */
function wayOut(name: string): string {
  const instead = 'Leave it out, and send CREATE TABLE … AS SELECT, or INSERT … SELECT, where you may write.'
  return name === 'destinationTable' ? instead : 'Leave it out and read the result.'
}

function isSet(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== false
}
