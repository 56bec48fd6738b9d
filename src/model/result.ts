import type { Brand } from '../base/brand.ts'
import type { ColumnType } from './column-type.ts'

/** A cell as BigQuery's REST API has it: text, null, a list, or a struct's values in field order. */
export type Cell = string | null | readonly Cell[]

export type ResultField = { readonly name: string; readonly type: ColumnType; readonly nullable: boolean }

/** A part of a result. */
export type Page = {
  readonly fields: readonly ResultField[]
  readonly rows: readonly (readonly Cell[])[]
  readonly totalRows?: number
  readonly nextPageToken?: string
  /** 0 for the first page. */
  readonly index: number
  readonly statistics: JobStatistics
}

export type JobStatistics = {
  readonly bytesProcessed?: number
  readonly bytesBilled?: number
  readonly cacheHit?: boolean
  readonly slotMs?: number
  readonly affectedRows?: number
  /** Bytes and files that a load read, an extract wrote, or a request brought. */
  readonly moved?: { readonly bytes?: number; readonly files?: number; readonly badRows?: number }
  /** What EXPORT DATA wrote. */
  readonly exported?: { readonly files: number; readonly rows: number }
  /** The affected rows by what became of them. */
  readonly changes?: { readonly inserted: number; readonly updated: number; readonly deleted: number }
}

/** What a detector found in a page, by column. */
export type Finding = {
  readonly detector: string
  readonly column: string
  readonly count: number
  readonly action: string
}

/** Minted only by `result/redact.ts`. */
export type RedactedPage = Brand<Page & { readonly findings: readonly Finding[] }, 'RedactedPage'>
