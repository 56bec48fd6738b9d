/** What is written elsewhere and is not served here, at the place where the parser stopped, and what to write instead. */
type Habit = { readonly after?: RegExp; readonly at: RegExp; readonly hint: string }

const parameters = 'A parameter is written @name, or ? where it has no name.'
const graphs = 'Graph queries are not served: join the tables that the graph is made of.'
const listings = 'Tables and their columns are listed by dataset.INFORMATION_SCHEMA.TABLES and COLUMNS.'

const statementStart = /(^|[;(])\s*$/

// biome-ignore format: a table reads best in lines
const habits: readonly Habit[] = [
  { at: /^::/, hint: 'value::type is written CAST(value AS type).' },
  { at: /^:\w/, hint: parameters },
  { at: /^\$\w/, hint: parameters },
  { at: /^ILIKE\b/i, hint: 'Case is ignored by LOWER(value) LIKE pattern.' },
  { at: /^ON\b/i, after: /\bDISTINCT\s*$/i, hint: 'The first row of a group is found by QUALIFY ROW_NUMBER() OVER (PARTITION BY … ORDER BY …) = 1.' },
  { at: /^\(/, after: /\bFILTER\s*$/i, hint: 'A condition stands inside of the call: COUNTIF(…), SUM(IF(…, value, NULL)).' },
  { at: /^WITHIN\s+GROUP\b/i, hint: 'The order stands inside of the call: STRING_AGG(value ORDER BY …).' },
  { at: /^(FETCH\b|OFFSET\b)/i, hint: 'Rows are bounded by LIMIT count OFFSET skip.' },
  { at: /^,/, after: /\bLIMIT\s+\S+\s*$/i, hint: 'Rows are bounded by LIMIT count OFFSET skip.' },
  { at: /^\S/, after: /\bSELECT\s+TOP\s*$/i, hint: 'Rows are bounded by LIMIT count, at the end of the query.' },
  { at: /^LATERAL\s+VIEW\b/i, hint: 'The elements of an array are rows by CROSS JOIN UNNEST(array) AS element.' },
  { at: /^(ORDER|GROUP|PARTITION)\b(?!\s+BY\b)/i, after: /[\w)`](?<!\b(SELECT|WHERE|BY|AND|OR|ON))\s+$/i, hint: 'ORDER, GROUP and PARTITION are followed by BY.' },
  { at: /^"/, after: /\.\s*$/, hint: 'Double quotes make a string; a name in quotes has backticks.' },
  { at: /^'/, after: /'$/, hint: "A quote inside of a string is written \\'." },
  { at: /^\w/, after: /\bINTERVAL\s*('[^']*'|"[^"]*")\s*$/i, hint: 'An interval is written INTERVAL 1 DAY.' },
  { at: /^(SHOW|DESCRIBE)\b/i, hint: listings },
  { at: /^DESC\s+[\w`]/i, after: statementStart, hint: listings },
  { at: /^EXPLAIN\b/i, hint: 'What a statement would read is told by its dry run.' },
  { at: /^(ANALYZE|VACUUM)\b/i, after: statementStart, hint: 'BigQuery keeps the statistics of its tables by itself.' },
  { at: /^TABLE\b/i, after: statementStart, hint: 'All rows of a table are SELECT * FROM table.' },
  { at: /^RENAME\b/i, after: statementStart, hint: 'A table is renamed by ALTER TABLE table RENAME TO name.' },
  { at: /^CLONE\b/i, after: statementStart, hint: 'A table is copied by CREATE TABLE name CLONE table.' },
  { at: /^(DEFINE\s+TABLE|MODULE|IMPORT)\b/i, after: statementStart, hint: 'Objects stand in datasets: dataset.name.' },
  { at: /^SEQUENCE\b/i, after: /\b(CREATE|ALTER|DROP)\s+(OR\s+REPLACE\s+)?$/i, hint: 'Keys are made by GENERATE_UUID().' },
  { at: /^GRAPH\s+[\w`]/i, hint: graphs },
  { at: /^(MATCH|OPTIONAL|RETURN|LET|FOR|FILTER|CALL)\b/i, after: /\bGRAPH_TABLE\s*\(\s*[\w.`-]+\s*$/i, hint: graphs },
  { at: /^USE\b/i, hint: 'The dataset stands before the table: dataset.table.' },
]

/** As far around the place as the table looks, in UTF-16 units. */
const reach = 60

/** What to write instead of a habit of another dialect that stands at `offset`; undefined where none does. */
export function otherDialectHint(source: string, offset: number): string | undefined {
  const before = source.slice(Math.max(0, offset - reach), offset)
  const rest = source.slice(offset, offset + reach)
  return habits.find(({ at, after }) => at.test(rest) && (after?.test(before) ?? true))?.hint
}
