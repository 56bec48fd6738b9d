import { createHash, createHmac } from 'node:crypto'
import type { ColumnType } from '../../src/model/column-type.ts'
import type { ColumnMask, MaskKind } from '../../src/model/decision.ts'
import type { Cell } from '../../src/model/result.ts'

// What each mask should give, said in another language than the one it is enforced in.

export const secretKey = Buffer.from('a key of the differential tests')

const defaults: Readonly<Record<string, string>> = {
  ...{ BOOL: 'false', INT64: '0', FLOAT64: '0', NUMERIC: '0', BIGNUMERIC: '0', STRING: '', BYTES: '' },
  ...{ DATE: '1970-01-01', DATETIME: '1970-01-01T00:00:00', TIME: '00:00:00', TIMESTAMP: '1970-01-01T00:00:00Z' },
  JSON: 'null',
}

/** A cell under the masks of its leaves. */
export function maskCell(cell: Cell, path: string, type: ColumnType, masks: ReadonlyMap<string, ColumnMask>): Cell {
  const mask = masks.get(path)
  if (mask !== undefined) return maskedCell(mask.kind, cell, type)
  if (cell === null || typeof cell === 'string') return cell
  if (type.kind === 'array') return cell.map(item => maskCell(item, path, type.element, masks))
  if (type.kind !== 'struct') return cell
  return type.fields.map((field, at) => maskCell(cell[at] ?? null, `${path}.${field.name}`, field.type, masks))
}

function maskedCell(kind: MaskKind, cell: Cell, type: ColumnType): Cell {
  if (type.kind !== 'scalar') return null
  if (kind === 'default_value') return defaults[type.name] ?? null
  if (kind === 'redact') return type.name === 'STRING' ? 'REDACTED' : null
  return typeof cell === 'string' ? maskedText(kind, cell, type.name) : null
}

function maskedText(kind: MaskKind, text: string, type: string): Cell {
  if (kind === 'date_year') {
    const rest = { DATE: '-01-01', DATETIME: '-01-01T00:00:00', TIMESTAMP: '-01-01T00:00:00Z' }[type]
    return rest === undefined ? null : text.slice(0, 4) + rest
  }
  if (type === 'BYTES') {
    const bytes = Buffer.from(text, 'base64')
    if (kind === 'sha256') return createHash('sha256').update(bytes).digest('base64')
    return kind === 'hmac_sha256' ? createHmac('sha256', secretKey).update(bytes).digest('base64') : null
  }
  return type === 'STRING' ? maskedString(kind, text) : null
}

function maskedString(kind: MaskKind, text: string): Cell {
  const hash = () => createHash('sha256').update(text).digest('hex')
  const letters = Array.from(text)
  switch (kind) {
    case 'sha256':
      return hash()
    case 'hmac_sha256':
      return createHmac('sha256', secretKey).update(text).digest('hex')
    case 'first_four':
      return letters.length > 4 ? `${letters.slice(0, 4).join('')}XXXXX` : hash()
    case 'last_four':
      return letters.length > 4 ? `XXXXX${letters.slice(-4).join('')}` : hash()
    case 'email':
      return /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text) ? `XXXXX${text.slice(text.indexOf('@'))}` : hash()
    default:
      return null
  }
}
