/** A table, view or other relation, always complete. Names are case-sensitive. */
export type TableRef = {
  readonly project: string
  readonly dataset: string
  readonly table: string
}

/** `project.dataset.table`: the key of a table in every map, and how governed SQL names it. */
export type TableId = string

/** A temporary table is in no dataset: its name, which has no dots, is its id. */
export function tableId({ project, dataset, table }: TableRef): TableId {
  return dataset === '' ? table : `${project}.${dataset}.${table}`
}
