import type { InputDocument } from './input.ts'
import { weekdays } from './input.ts'

/** The moment as policies ask for it; compiled policies have no functions of time. */
export function localTime(now: Date, zone: string): InputDocument['time'] {
  const local = partsOf(now, zone)
  const date = `${local.year}-${local.month}-${local.day}`
  return {
    unix_ms: now.getTime(),
    rfc3339: now.toISOString(),
    zone,
    weekday: weekdayOf(date),
    minute_of_day: Number(local.hour) * 60 + Number(local.minute),
    date,
  }
}

type Parts = { year: string; month: string; day: string; hour: string; minute: string }

const formats = new Map<string, Intl.DateTimeFormat>()

const minuteMs = 60_000
const lastMinutes = new Map<string, { readonly minute: number; readonly parts: Parts }>()

/** Clocks everywhere turn to a new minute together, so one minute is looked up once. */
function partsOf(now: Date, zone: string): Parts {
  const minute = Math.floor(now.getTime() / minuteMs)
  const last = lastMinutes.get(zone)
  if (last?.minute === minute) return last.parts
  const parts = formattedParts(now, zone)
  lastMinutes.set(zone, { minute, parts })
  return parts
}

function formattedParts(now: Date, zone: string): Parts {
  const parts: Parts = { year: '', month: '', day: '', hour: '', minute: '' }
  for (const { type, value } of formatFor(zone).formatToParts(now)) {
    if (type in parts) parts[type as keyof Parts] = value
  }
  return parts
}

/** Making a format takes longer than a whole decision. */
function formatFor(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-GB-u-ca-iso8601', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  formats.set(zone, format)
  return format
}

function weekdayOf(date: string): (typeof weekdays)[number] {
  const sundayIsZero = new Date(`${date}T00:00:00Z`).getUTCDay()
  return weekdays[(sundayIsZero + 6) % 7] ?? 'sunday'
}
