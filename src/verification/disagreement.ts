import { typeText } from '../model/column-type.ts'
import type { GovernedPart, PredictedScan } from '../model/governed.ts'
import type { OutputColumn } from '../model/statement.ts'
import { tableId } from '../model/table-ref.ts'
import type { Analysis, ResolvedOutput, ResolvedScan } from './resolved.ts'

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

/** Where Google's reading of a part differs from Sluice's own, in words for the record; undefined if nowhere. */
export function disagreement(governed: Pick<GovernedPart, 'scans' | 'outputs'>, read: Analysis): string | undefined {
  return (
    tablesDiffer(governed.scans, read.scans) ??
    columnsDiffer(governed.scans, read.scans) ??
    protectionDiffers(governed.scans, read.scans) ??
    outputsDiffer(governed.outputs, read.outputs)
  )
}

/** Tables that a script names in Google's reading, and that none of its parts does. */
export function strangersIn(named: readonly string[], parts: readonly GovernedPart[]): string | undefined {
  const known = new Set(
    parts.flatMap(({ scans, catalog }) => [
      ...scans.map(({ id }) => id),
      ...catalog.tables.map(({ ref }) => tableId(ref)),
    ]),
  )
  const stranger = named.find(name => !known.has(name))
  return stranger === undefined
    ? undefined
    : `The analyzer finds ${stranger} in the script, which is in none of its parts.`
}

function tablesDiffer(predicted: readonly PredictedScan[], read: readonly ResolvedScan[]): string | undefined {
  const extra = read.find(scan => predicted.every(other => other.id !== scan.table))
  if (extra !== undefined) return `The analyzer reads ${extra.table}, which is not predicted.`
  const absent = predicted.find(scan => read.every(other => other.table !== scan.id))
  return absent === undefined ? undefined : `The analyzer does not read ${absent.id}, which is predicted.`
}

function columnsDiffer(predicted: readonly PredictedScan[], read: readonly ResolvedScan[]): string | undefined {
  for (const scan of read) {
    const known = predicted.filter(other => other.id === scan.table).flatMap(other => other.columns)
    const extra = scan.columns.find(column => !known.some(name => same(name, column)))
    if (extra !== undefined) return `The analyzer reads column ${extra} of ${scan.table}, which is not predicted.`
  }
  return undefined
}

// A table that a mask or filter stands on is read inside its own WITH entries and nowhere else.
function protectionDiffers(predicted: readonly PredictedScan[], read: readonly ResolvedScan[]): string | undefined {
  for (const id of new Set(predicted.filter(scan => scan.hoist !== undefined).map(scan => scan.id))) {
    const wanted = predicted.filter(scan => scan.id === id).map(scan => scan.hoist ?? 'no entry')
    const actual = read.filter(scan => scan.table === id).map(scan => scan.within.at(-1) ?? 'no entry')
    const isSame = wanted.length === actual.length && sorted(wanted).every((name, at) => name === sorted(actual)[at])
    if (!isSame) return `${id} is read in [${actual.join(', ')}], not in [${wanted.join(', ')}].`
  }
  return undefined
}

function outputsDiffer(predicted: readonly OutputColumn[], read: readonly ResolvedOutput[]): string | undefined {
  if (predicted.length !== read.length) return `The answer has ${read.length} columns, not ${predicted.length}.`
  for (const [at, wanted] of predicted.entries()) {
    const actual = read[at]
    if (
      actual === undefined ||
      !(hasName(wanted.name, actual.name) || isNumbered(wanted.name, actual, read.slice(0, at)))
    ) {
      return `Column ${at} of the answer is called ${actual?.name}, not ${wanted.name}.`
    }
    const type = actual.type === undefined ? 'unknown to BigQuery' : typeText(actual.type)
    if (wanted.type !== undefined && !same(typeText(wanted.type), type)) {
      return `Column ${wanted.name} of the answer is ${type}, not ${typeText(wanted.type)}.`
    }
  }
  return undefined
}

// The analyzer makes up `$col1` where BigQuery makes up `f0_`; neither stands in the text.
function hasName(predicted: string, actual: string): boolean {
  if (actual.startsWith('$')) return predicted === '' || /^f\d+_$/.test(predicted)
  return same(predicted, actual)
}

/** A name that comes again is numbered by BigQuery alone. */
function isNumbered(predicted: string, { name }: ResolvedOutput, before: readonly ResolvedOutput[]): boolean {
  const stem = /^(.*)_\d+$/.exec(predicted)?.[1]
  return stem !== undefined && same(stem, name) && before.some(column => same(column.name, name))
}

function sorted(names: readonly string[]): string[] {
  return names.map(name => name.toLowerCase()).sort()
}
