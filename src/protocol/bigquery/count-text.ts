/** A count as BigQuery writes it: as text, for a number of JSON is exact up to 2^53 only. */
export function countText(count: number | undefined): string | undefined {
  return count === undefined ? undefined : String(count)
}
