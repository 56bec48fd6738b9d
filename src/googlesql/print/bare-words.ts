/** Words that some functions take as they are, and the functions that may be called without parentheses. */
export const bareWords: ReadonlySet<string> = new Set(
  [
    'NANOSECOND MICROSECOND MILLISECOND SECOND MINUTE HOUR DAY DAYOFWEEK DAYOFYEAR WEEK ISOWEEK MONTH QUARTER YEAR ISOYEAR',
    'SUNDAY MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY DATE TIME DATETIME',
    'CURRENT_DATE CURRENT_TIME CURRENT_DATETIME CURRENT_TIMESTAMP NFC NFD NFKC NFKD',
  ].flatMap(line => line.split(' ')),
)
