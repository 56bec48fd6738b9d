/** Fields that would do more than read. They are refused by name, with what they would do, before anything is read closely. */
const refusedFields: ReadonlyMap<string, string> = new Map(
  Object.entries({
    tableDefinitions: 'reading files and sheets as tables',
    destinationEncryptionConfiguration: 'choosing an encryption key',
    reservation: 'choosing a reservation',
    maxSlots: 'reserving slots',
    scriptOptions: 'scripts',
    systemVariables: 'setting system variables',
    queryResultsFormat: 'results in another form than JSON',
    writeIncrementalResults: 'incremental results',
  }),
)
/** What a session keeps from one job to the next is not in any catalog, so what a later job would read cannot be judged. */
const sessions = 'sessions'
/** Refused where they hold anything. */
const refusedWhereSet: ReadonlyMap<string, string> = new Map(
  Object.entries({
    connectionProperties: sessions,
    createSession: sessions,
    continuous: 'continuous queries',
    userDefinedFunctionResources: 'code from files',
  }),
)

/** What a query's fields ask for beyond reading; undefined where it is nothing. */
export function operationRefusedIn(fields: unknown): string | undefined {
  if (typeof fields !== 'object' || fields === null) return undefined
  for (const [name, value] of Object.entries(fields)) {
    const what = refusedFields.get(name) ?? (isSet(value) ? refusedWhereSet.get(name) : undefined)
    if (what !== undefined) return `${name}: ${what} is not granted. ${insteadOf(what)}`
  }
  return undefined
}

function insteadOf(what: string): string {
  if (what !== sessions) return 'Leave it out and read the result.'
  return 'Send the statements as one script: it may have variables, temporary tables and transactions.'
}

function isSet(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== false
}
