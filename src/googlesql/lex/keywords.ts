/** Words that are never an identifier unless they are quoted or follow a dot. */
// biome-ignore format: a list of words reads best in lines
export const reservedWords = [
  'ALL', 'AND', 'ANY', 'ARRAY', 'AS', 'ASC', 'ASSERT_ROWS_MODIFIED', 'AT', 'BETWEEN', 'BY', 'CASE', 'CAST', 'COLLATE',
  'CONTAINS', 'CREATE', 'CROSS', 'CUBE', 'CURRENT', 'DEFAULT', 'DEFINE', 'DESC', 'DISTINCT', 'ELSE', 'END', 'ENUM',
  'ESCAPE', 'EXCEPT', 'EXCLUDE', 'EXISTS', 'EXTRACT', 'FALSE', 'FETCH', 'FOLLOWING', 'FOR', 'FROM', 'FULL', 'GROUP',
  'GROUPING', 'GROUPS', 'HASH', 'HAVING', 'IF', 'IGNORE', 'IN', 'INNER', 'INTERSECT', 'INTERVAL', 'INTO', 'IS',
  'JOIN', 'LATERAL', 'LEFT', 'LIKE', 'LIMIT', 'LOOKUP', 'MERGE', 'NATURAL', 'NEW', 'NO', 'NOT', 'NULL', 'NULLS', 'OF',
  'ON', 'OR', 'ORDER', 'OUTER', 'OVER', 'PARTITION', 'PRECEDING', 'PROTO', 'QUALIFY', 'RANGE', 'RECURSIVE', 'RESPECT',
  'RIGHT', 'ROLLUP', 'ROWS', 'SELECT', 'SET', 'SOME', 'STRUCT', 'TABLESAMPLE', 'THEN', 'TO', 'TREAT', 'TRUE',
  'UNBOUNDED', 'UNION', 'UNNEST', 'USING', 'WHEN', 'WHERE', 'WINDOW', 'WITH', 'WITHIN',
] as const

/** Words the grammar knows by their place; anywhere else they are identifiers. */
// biome-ignore format: a list of words reads best in lines
export const plainWords = [
  'ACCESS', 'ACTION', 'ADD', 'AFTER', 'AGGREGATE', 'ALTER', 'ALWAYS', 'APPROX', 'ARE', 'ASSERT', 'ASSIGNMENT', 'BEGIN',
  'BIGDECIMAL', 'BIGNUMERIC', 'BI_CAPACITY', 'BREAK', 'CALL', 'CAPACITY', 'CASCADE', 'CHECK', 'CLAMPED', 'CLONE',
  'CLUSTER', 'COLUMN', 'COLUMNS', 'COMMIT', 'CONFLICT', 'CONNECTION', 'CONSTANT', 'CONSTRAINT', 'CONTINUE', 'COPY',
  'CORRESPONDING', 'CYCLE', 'DATA', 'DATABASE', 'DATA_POLICY', 'DATE', 'DATETIME', 'DECIMAL', 'DECLARE', 'DEFINER',
  'DELETE', 'DEPTH', 'DESCRIBE', 'DESCRIPTOR', 'DESTINATION', 'DETERMINISTIC', 'DO', 'DROP', 'DYNAMIC', 'EDGE',
  'ELSEIF', 'ENFORCED', 'ERROR', 'EXCEPTION', 'EXECUTE', 'EXPLAIN', 'EXPORT', 'EXTEND', 'EXTERNAL', 'FILES', 'FILTER',
  'FIRST', 'FOREIGN', 'FORK', 'FORMAT', 'FUNCTION', 'GENERATED', 'GRANT', 'GRAPH', 'HIDDEN', 'IDENTITY', 'IMMEDIATE',
  'IMMUTABLE', 'INCLUDE', 'INCREMENT', 'INDEX', 'INOUT', 'INPUT', 'INSERT', 'INVOKER', 'ITERATE', 'JSON', 'KEY',
  'LABEL', 'LANGUAGE', 'LAST', 'LEAVE', 'LOAD', 'LOG', 'LOOP', 'MAP', 'MATCH', 'MATCHED', 'MATCH_RECOGNIZE',
  'MATERIALIZED', 'MAX', 'MAXVALUE', 'MEASURES', 'MESSAGE', 'METADATA', 'MIN', 'MINVALUE', 'MODEL', 'NAME', 'NEXT',
  'NODE', 'NOTHING', 'NULL_FILTERED', 'NUMERIC', 'OFFSET', 'ONLY', 'OPTIONS', 'ORDINAL', 'ORGANIZATION', 'OUT',
  'OUTPUT', 'OVERWRITE', 'PARTITIONS', 'PAST', 'PATTERN', 'PERCENT', 'PIVOT', 'POLICIES', 'POLICY', 'PRIMARY',
  'PRIVATE', 'PRIVILEGES', 'PROCEDURE', 'PROJECT', 'PROPERTIES', 'PROPERTY', 'PUBLIC', 'RAISE', 'READ', 'REBUILD',
  'REFERENCES', 'REMOTE', 'RENAME', 'REPEAT', 'REPEATABLE', 'REPLACE', 'REPLICA', 'REPORT', 'RESERVATION', 'RESTRICT',
  'RETURN', 'RETURNS', 'REVOKE', 'ROLLBACK', 'ROW', 'SAFE', 'SAFE_CAST', 'SAFE_KEY', 'SAFE_OFFSET', 'SAFE_ORDINAL',
  'SCHEMA', 'SEARCH', 'SECURITY', 'SETS', 'SIMPLE', 'SKIP', 'SNAPSHOT', 'SOURCE', 'SQL', 'STABLE', 'START',
  'STATIC_DESCRIBE', 'STORED', 'STORING', 'STRICT', 'SYSTEM', 'SYSTEM_TIME', 'TABLE', 'TABLES', 'TARGET', 'TEE', 'TEMP',
  'TEMPORARY', 'TIME', 'TIMESTAMP', 'TRANSACTION', 'TRANSFORM', 'TRUNCATE', 'TYPE', 'UNDROP', 'UNIQUE', 'UNKNOWN',
  'UNPIVOT', 'UNTIL', 'UPDATE', 'VALUE', 'VALUES', 'VECTOR', 'VIEW', 'VIEWS', 'VOLATILE', 'WEEK', 'WEIGHT', 'WHILE',
  'WRITE', 'ZONE',
] as const

export type Keyword = (typeof reservedWords)[number] | (typeof plainWords)[number]

export type KeywordEntry = { readonly word: Keyword; readonly reserved: boolean }

function table(): ReadonlyMap<string, KeywordEntry> {
  const entries = [
    ...reservedWords.map((word): KeywordEntry => ({ word, reserved: true })),
    ...plainWords.map((word): KeywordEntry => ({ word, reserved: false })),
  ]
  return new Map(entries.flatMap(entry => [[entry.word, entry] as const, [entry.word.toLowerCase(), entry] as const]))
}

const keywords = table()

/** For each first letter a bit for each length that keywords have: most names are told from them without being looked up. */
const lengths = new Uint32Array(128)
for (const word of keywords.keys()) {
  const first = word.charCodeAt(0)
  lengths[first] = (lengths[first] ?? 0) | (1 << word.length)
}

/** The keyword that `text` spells in any case, if it is one. */
export function keywordOf(text: string): KeywordEntry | undefined {
  const known = lengths[text.charCodeAt(0)] ?? 0
  if (text.length > 31 || (known & (1 << text.length)) === 0) return undefined
  return keywords.get(text) ?? keywords.get(text.toUpperCase())
}

export function isReserved(text: string): boolean {
  return keywordOf(text)?.reserved ?? false
}
