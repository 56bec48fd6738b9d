import { nearestNames } from '../../base/nearest-names.ts'
import { aggregateFunctions } from './aggregates.ts'
import { approximateFunctions } from './approximate.ts'
import { arrayFunctions } from './arrays.ts'
import { conditionalFunctions } from './conditional.ts'
import { conversionFunctions } from './conversion.ts'
import { encryptionFunctions } from './encryption.ts'
import { environmentFunctions } from './environment.ts'
import { generativeFunctions } from './generative.ts'
import { geographyFunctions } from './geography.ts'
import { hashFunctions } from './hashes.ts'
import { jsonFunctions } from './json.ts'
import type { FunctionFamily, KnownFunction } from './known-function.ts'
import { machineLearningFunctions } from './machine-learning.ts'
import { mathFunctions } from './math.ts'
import { netFunctions } from './net.ts'
import { equivalentOf } from './other-dialects.ts'
import { rangeFunctions } from './ranges.ts'
import { regularExpressionFunctions } from './regular-expressions.ts'
import { rowPatternFunctions } from './row-patterns.ts'
import { searchFunctions } from './search.ts'
import { tableFunctions } from './table-functions.ts'
import { textFunctions } from './text.ts'
import { timeFunctions } from './times.ts'
import { windowFunctions } from './windows.ts'

const families: readonly FunctionFamily[] = [
  aggregateFunctions,
  approximateFunctions,
  arrayFunctions,
  conditionalFunctions,
  conversionFunctions,
  encryptionFunctions,
  environmentFunctions,
  generativeFunctions,
  geographyFunctions,
  hashFunctions,
  jsonFunctions,
  machineLearningFunctions,
  mathFunctions,
  netFunctions,
  rangeFunctions,
  regularExpressionFunctions,
  rowPatternFunctions,
  searchFunctions,
  tableFunctions,
  textFunctions,
  timeFunctions,
  windowFunctions,
]

/** A map, so that a name such as `constructor` finds nothing. */
const byName: ReadonlyMap<string, KnownFunction> = new Map(families.flatMap(family => Object.entries(family)))

/** Every name of the table, in upper case. */
export const functionNames: readonly string[] = [...byName.keys()].toSorted()

/** A built-in function by its name as written, with dots and in any case: `net.host`. */
export function findFunction(name: string): KnownFunction | undefined {
  return byName.get(name.toUpperCase())
}

/** What may have been meant: BigQuery's function for one of another dialect, else those whose names are near. */
export function nearestFunctions(name: string): readonly string[] {
  const equivalent = equivalentOf(name)
  return equivalent === undefined ? nearestNames(name, functionNames) : [equivalent]
}
