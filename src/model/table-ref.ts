/** A table, view or other relation, always complete. Names are case-sensitive. */
export type TableRef = {
  readonly project: string
  readonly dataset: string
  readonly table: string
}

/** `project.dataset.table`: the key of a table in every map, and how governed SQL names it. */
export type TableId = string

export function tableId(ref: TableRef): TableId {
  return `${ref.project}.${ref.dataset}.${ref.table}`
}
