import type { ScalarType } from '../model/column-type.ts'
import type { MaskKind } from '../model/decision.ts'
import type { Cell } from '../model/result.ts'

/** What the values of a masked leaf can look like, and what stands in for one that does not. NULL is always possible. */
export type MaskedValue = { readonly looksMasked: (text: string) => boolean; readonly neutral: Cell }

type MaskedValues = { readonly [Kind in MaskKind]: (type: ScalarType) => MaskedValue | undefined }

/** Nothing is said of types whose masked form cannot be told from an honest value. */
const maskedValues: MaskedValues = {
  always_null: () => ({ looksMasked: () => false, neutral: null }),
  default_value: type => exactly(defaultValues[type]),
  sha256: type => ofText(type, text => hex.test(text), null),
  hmac_sha256: type => ofText(type, text => hex.test(text), null),
  first_four: type => ofText(type, text => /^.{4}X{5}$/su.test(text) || isShortForm(text), 'XXXXX'),
  last_four: type => ofText(type, text => /^X{5}.{4}$/su.test(text) || isShortForm(text), 'XXXXX'),
  email: type => ofText(type, text => text.startsWith('XXXXX@') || isShortForm(text), 'XXXXX'),
  date_year: type => (type in yearStart ? { looksMasked: text => isYearStart(type, text), neutral: null } : undefined),
  redact: type => ofText(type, text => text === 'REDACTED', 'REDACTED'),
}

export function maskedValue(kind: MaskKind, type: ScalarType): MaskedValue | undefined {
  return maskedValues[kind](type)
}

const hex = /^[0-9a-f]{64}$/

/** Masks that keep a part of a value hash, hide or empty those that are too short to keep one. */
function isShortForm(text: string): boolean {
  return text === '' || /^X{5}$/.test(text) || hex.test(text)
}

function ofText(type: ScalarType, looksMasked: (text: string) => boolean, neutral: Cell): MaskedValue | undefined {
  return type === 'STRING' ? { looksMasked, neutral } : undefined
}

function exactly(value: string | undefined): MaskedValue | undefined {
  return value === undefined ? undefined : { looksMasked: text => text === value, neutral: value }
}

/** As BigQuery writes the defaults; zeros of other numeric types have more than one form. */
const defaultValues: { readonly [Type in ScalarType]?: string } = {
  STRING: '',
  BYTES: '',
  INT64: '0',
  BOOL: 'false',
  DATE: '1970-01-01',
}

const yearStart: { readonly [Type in ScalarType]?: RegExp } = {
  DATE: /^\d{4,5}-01-01$/,
  DATETIME: /^\d{4,5}-01-01T00:00:00$/,
}

function isYearStart(type: ScalarType, text: string): boolean {
  return yearStart[type]?.test(text) ?? true
}
