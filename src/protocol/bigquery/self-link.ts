import type { BigQueryDesk } from './desk.ts'

/** Where a client finds a resource again: at this gateway, whatever BigQuery says of it. */
export function selfLink(path: string, { publicUrl }: Pick<BigQueryDesk, 'publicUrl'>): string {
  return new URL(`bigquery/v2/${path}`, publicUrl()).href
}
