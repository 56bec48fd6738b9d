/** One row of what a panel asked for, by column. */
export type PanelRow = Readonly<Record<string, unknown>>

/** ClickHouse prints times without a zone; all of Sluice's are UTC. */
export function timeOf(value: unknown): number {
  return Date.parse(`${String(value).replace(' ', 'T')}Z`)
}
