/** Functions that people bring from other dialects, and the one that BigQuery has for them. */
const equivalents: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ NOW: 'CURRENT_TIMESTAMP', GETDATE: 'CURRENT_DATETIME', SYSDATE: 'CURRENT_DATETIME', CURDATE: 'CURRENT_DATE' },
    ...{
      DATEADD: 'DATE_ADD',
      DATEDIFF: 'DATE_DIFF',
      DATEPART: 'EXTRACT',
      DATE_PART: 'EXTRACT',
      ADD_MONTHS: 'DATE_ADD',
    },
    ...{ TO_DATE: 'PARSE_DATE', TO_TIMESTAMP: 'PARSE_TIMESTAMP', STR_TO_DATE: 'PARSE_DATE' },
    ...{ TO_CHAR: 'FORMAT_TIMESTAMP', DATE_FORMAT: 'FORMAT_DATE', STRFTIME: 'FORMAT_TIMESTAMP' },
    ...{ UNIX_TIMESTAMP: 'UNIX_SECONDS', FROM_UNIXTIME: 'TIMESTAMP_SECONDS', TO_NUMBER: 'SAFE_CAST' },
    ...{ NVL: 'IFNULL', ISNULL: 'IFNULL', NVL2: 'IF', IIF: 'IF', DECODE: 'CASE', TRY_CAST: 'SAFE_CAST' },
    ...{ LEN: 'LENGTH', CHARINDEX: 'STRPOS', POSITION: 'STRPOS', LOCATE: 'STRPOS', CONCAT_WS: 'ARRAY_TO_STRING' },
    ...{
      SPLIT_PART: 'SPLIT',
      REGEXP_LIKE: 'REGEXP_CONTAINS',
      REGEXP_MATCHES: 'REGEXP_CONTAINS',
      RLIKE: 'REGEXP_CONTAINS',
    },
    ...{ GROUP_CONCAT: 'STRING_AGG', LISTAGG: 'STRING_AGG', COLLECT_LIST: 'ARRAY_AGG', COLLECT_SET: 'ARRAY_AGG' },
    ...{ BOOL_AND: 'LOGICAL_AND', BOOL_OR: 'LOGICAL_OR', EVERY: 'LOGICAL_AND', ARBITRARY: 'ANY_VALUE' },
    ...{ MEDIAN: 'APPROX_QUANTILES', APPROX_DISTINCT: 'APPROX_COUNT_DISTINCT', ARG_MAX: 'MAX_BY', ARG_MIN: 'MIN_BY' },
    ...{
      EXPLODE: 'UNNEST',
      GENERATE_SERIES: 'GENERATE_ARRAY',
      SEQUENCE: 'GENERATE_ARRAY',
      CARDINALITY: 'ARRAY_LENGTH',
    },
    ...{ JSON_EXTRACT_PATH_TEXT: 'JSON_VALUE', GET_JSON_OBJECT: 'JSON_VALUE', TO_JSONB: 'TO_JSON', RANDOM: 'RAND' },
    ...{ UUID: 'GENERATE_UUID', GEN_RANDOM_UUID: 'GENERATE_UUID', TRUNCATE: 'TRUNC' },
  }),
)

/** BigQuery's function for one of another dialect, by its name in upper case. */
export function equivalentOf(name: string): string | undefined {
  return equivalents.get(name)
}
