import type { CatalogSnapshot } from '../model/catalog.ts'
import type { QueryParameter } from '../model/parameter.ts'
import type { Context } from './resolve/context.ts'
import { readExpression } from './resolve/expression.ts'
import { readQuery } from './resolve/query.ts'

/** An account in which nothing is noted yet. */
export function newContext(snapshot: CatalogSnapshot, parameters: readonly QueryParameter[]): Context {
  return {
    productions: { expression: readExpression, query: readQuery },
    snapshot,
    parameters,
    within: [],
    scans: new Map(),
    views: new Map(),
    resolutions: new Map(),
    pseudoColumns: new Map(),
    stars: new Map(),
    calls: new Map(),
    tableCalls: new Map(),
    kept: new Map(),
    tableArguments: new Map(),
    variableUses: new Map(),
    targets: [],
    objects: [],
    copied: new Set(),
    altered: [],
    functions: new Map(),
    features: new Set(),
    spent: { columns: 0 },
  }
}
