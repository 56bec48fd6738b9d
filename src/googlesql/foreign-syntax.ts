import { SyntaxFailure } from './syntax-failure.ts'

/** What GoogleSQL has and BigQuery lacks: how it is called in "Unexpected …", and what to write instead. */
export const foreignSyntax = {
  hint: { what: 'hint', instead: 'Leave the hint out: BigQuery has none.' },
  joinMethod: { what: 'way to join', instead: 'Leave HASH or LOOKUP out: BigQuery chooses how it joins.' },
  message: { what: 'protocol buffer', instead: 'BigQuery has no protocol buffers; use STRUCT(…).' },
  braces: { what: 'constructor in braces', instead: 'BigQuery has no protocol buffers; use STRUCT(…).' },
  extension: { what: 'extension of a protocol buffer', instead: 'BigQuery has no protocol buffers; use STRUCT.' },
  selectAs: { what: 'SELECT AS a type', instead: 'Write SELECT AS STRUCT or SELECT AS VALUE.' },
  tableCall: { what: 'call behind TABLE', instead: 'Name a table, or give the query in parentheses.' },
  inputTable: { what: 'INPUT TABLE', instead: 'The table of a pipe is the first argument of CALL by itself.' },
  lambdaParameter: { what: 'lambda parameter that is no name', instead: 'Name each parameter of the lambda.' },
  unnestArrays: { what: 'several arrays behind IN UNNEST', instead: 'Write IN UNNEST(array) for each of them.' },
  unnestMode: { what: 'mode behind IN UNNEST', instead: 'Write IN UNNEST(array).' },
  replacedField: { what: 'field of a protocol buffer', instead: 'BigQuery has no protocol buffers; use STRUCT.' },
  lock: { what: 'FOR UPDATE', instead: 'Leave it out: a query locks no rows.' },
  onConflict: { what: 'ON CONFLICT', instead: 'Write MERGE, with WHEN MATCHED and WHEN NOT MATCHED.' },
  uniqueIndex: { what: 'UNIQUE index', instead: 'Leave UNIQUE out.' },
  mapType: { what: 'map', instead: 'Use JSON, or an ARRAY of STRUCT with a key and a value.' },
  functionBody: {
    what: 'body of a function',
    instead: 'SQL stands in parentheses, and the text of a program behind its LANGUAGE.',
  },
  functionType: { what: 'function type', instead: 'A parameter is a value, a table or ANY TYPE.' },
  parameterAlias: {
    what: 'name behind AS in a parameter',
    instead: 'Write the name of a parameter before its type.',
  },
  grantKind: { what: 'kind of object', instead: 'Grant on a SCHEMA, a TABLE or a VIEW.' },
  typeParameter: { what: 'type parameter that is no integer', instead: 'Write an integer or MAX.' },
  collation: { what: 'collation that is no string', instead: 'Write the collation as a string literal.' },
} as const satisfies Record<string, { readonly what: string; readonly instead: string }>

export type ForeignSyntax = keyof typeof foreignSyntax

/** Where a text has something that BigQuery lacks. */
export type Foreign = { readonly syntax: ForeignSyntax; readonly offset: number }

/** The refusal of the first of them in the text; undefined where there is none. */
export function foreignFailure(source: string, found: readonly Foreign[]): SyntaxFailure | undefined {
  const [first] = found.toSorted((a, b) => a.offset - b.offset)
  if (first === undefined) return undefined
  const { what, instead } = foreignSyntax[first.syntax]
  const problem = { expected: '', found: `${what} that BigQuery does not have`, hint: instead }
  return new SyntaxFailure(source, first.offset, problem)
}
