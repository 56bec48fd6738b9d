import { familyOf, familyWithWord } from './known-function.ts'
import { date, datetime, int64, interval, string, temporal, time, timestamp } from './rules.ts'

/** The parts of a date or time. WEEK may name its first day, `WEEK(MONDAY)`, which reads as a call. */
const parts = [
  'MICROSECOND',
  'MILLISECOND',
  'SECOND',
  'MINUTE',
  'HOUR',
  'DAY',
  'DAYOFWEEK',
  'DAYOFYEAR',
  'WEEK',
  'ISOWEEK',
  'MONTH',
  'QUARTER',
  'YEAR',
  'ISOYEAR',
]
const asDate = temporal({ literal: 'DATE', date: 'DATE' })
const asDatetime = temporal({ literal: 'DATETIME', date: 'DATETIME' })
const asTimestamp = temporal({ literal: 'TIMESTAMP', date: 'DATETIME' })

export const timeFunctions = {
  ...familyOf('scalar', {
    DATE: date,
    DATETIME: datetime,
    DATETIME_ADD: asDatetime,
    DATETIME_BUCKET: temporal({ literal: 'DATETIME', date: 'DATE' }),
    DATETIME_SUB: asDatetime,
    DATE_ADD: asDate,
    DATE_BUCKET: temporal({ literal: 'DATE', date: 'DATE' }),
    DATE_FROM_UNIX_DATE: date,
    DATE_SUB: asDate,
    FORMAT_DATE: string,
    FORMAT_DATETIME: string,
    FORMAT_TIME: string,
    FORMAT_TIMESTAMP: string,
    JUSTIFY_DAYS: interval,
    JUSTIFY_HOURS: interval,
    JUSTIFY_INTERVAL: interval,
    MAKE_INTERVAL: interval,
    PARSE_DATE: date,
    PARSE_DATETIME: datetime,
    PARSE_TIME: time,
    PARSE_TIMESTAMP: timestamp,
    TIME: time,
    TIMESTAMP: timestamp,
    TIMESTAMP_ADD: asTimestamp,
    TIMESTAMP_BUCKET: temporal({ literal: 'TIMESTAMP', date: 'DATE' }),
    TIMESTAMP_MICROS: timestamp,
    TIMESTAMP_MILLIS: timestamp,
    TIMESTAMP_SECONDS: timestamp,
    TIMESTAMP_SUB: asTimestamp,
    TIME_ADD: time,
    TIME_SUB: time,
    UNIX_DATE: int64,
    UNIX_MICROS: int64,
    UNIX_MILLIS: int64,
    UNIX_SECONDS: int64,
  }),
  ...familyWithWord(
    { at: 1, words: parts },
    {
      DATE_TRUNC: asDate,
      DATETIME_TRUNC: asDatetime,
      LAST_DAY: date,
      TIME_TRUNC: time,
      TIMESTAMP_TRUNC: asTimestamp,
    },
  ),
  ...familyWithWord(
    { at: 2, words: parts },
    {
      DATE_DIFF: int64,
      DATETIME_DIFF: int64,
      TIME_DIFF: int64,
      TIMESTAMP_DIFF: int64,
    },
  ),
  ...familyOf('nondeterministic', {
    CURRENT_DATE: date,
    CURRENT_DATETIME: datetime,
    CURRENT_TIME: time,
    CURRENT_TIMESTAMP: timestamp,
  }),
}
