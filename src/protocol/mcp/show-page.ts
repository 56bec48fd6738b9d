import { type Notice, noticesOf } from '../../gateway/notices.ts'
import { typeText } from '../../model/column-type.ts'
import { Failure } from '../../model/failure.ts'
import type { RunningJobFacts } from '../../model/job.ts'
import type { RedactedPage } from '../../model/result.ts'
import { type JsonCell, showCell } from './show-cell.ts'
import { showText } from './show-text.ts'

export type ShownPage = {
  readonly columns: { readonly name: string; readonly type: string }[]
  readonly rows: (readonly JsonCell[])[]
  /** Rows of the page that are left for the next answer, because this one is full. */
  readonly rest: number
  readonly notices: Notice[]
}

/** The rows of a page after the first `skip`, as many as fit into `maxChars`. */
export function showPage(page: RedactedPage, job: RunningJobFacts, skip: number, maxChars: number): ShownPage {
  const columns = page.fields.map(({ name, type }) => ({ name: showText(name), type: typeText(type) }))
  const wanted = page.rows.slice(skip)
  const rows: (readonly JsonCell[])[] = []
  let size = 0
  for (const cells of wanted) {
    const row = page.fields.map(({ type }, index) => showCell(cells[index] ?? null, type))
    size += JSON.stringify(row).length + 1
    if (size > maxChars) break
    rows.push(row)
  }
  if (rows.length === 0 && wanted.length > 0) {
    throw new Failure('result_too_large', { detail: `One row has more than ${maxChars} characters.` })
  }
  return {
    columns,
    rows,
    rest: wanted.length - rows.length,
    notices: [...noticesOf(job.governed.applied, page.findings)],
  }
}
