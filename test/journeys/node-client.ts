import { OAuth2Client } from 'google-auth-library'

type Rows = Record<string, unknown>[]
type Metadata = Record<string, unknown>

/** The part of `@google-cloud/bigquery` that these journeys use; the package's own types do not pass our settings. */
export type NodeClient = {
  readonly query: (query: string | object) => Promise<[Rows]>
  readonly createQueryJob: (options: object) => Promise<[NodeJob, Metadata]>
  readonly createJob: (options: object) => Promise<[NodeJob, Metadata]>
  readonly getDatasets: () => Promise<[{ readonly id: string }[]]>
  readonly getJobs: () => Promise<[{ readonly id: string }[]]>
  readonly job: (id: string, options?: object) => NodeJob
  readonly createDataset: (id: string, options?: object) => Promise<unknown>
  readonly dataset: (id: string) => {
    readonly getTables: () => Promise<[{ readonly id: string }[]]>
    readonly getMetadata: () => Promise<[Metadata]>
    readonly delete: (options?: object) => Promise<unknown>
    readonly createTable: (id: string, options: object) => Promise<[NodeTable]>
    readonly table: (id: string) => NodeTable
  }
}
export type NodeTable = {
  readonly getMetadata: () => Promise<[Metadata]>
  readonly getRows: (options?: object) => Promise<[Rows, object | null]>
  readonly insert: (rows: object[]) => Promise<unknown>
  readonly load: (path: string, options?: object) => Promise<[Metadata]>
  readonly copy: (into: NodeTable) => Promise<[Metadata]>
  readonly delete: () => Promise<unknown>
}
export type NodeJob = {
  readonly id: string
  readonly metadata: { readonly status?: { readonly state?: string }; readonly statistics?: Metadata }
  readonly getQueryResults: (options?: object) => Promise<[Rows, object | null, Metadata]>
  readonly getMetadata: () => Promise<[Metadata]>
  readonly cancel: () => Promise<unknown>
}

/** Google's own client for Node, pointed at a gateway. */
export async function openNodeClient(apiEndpoint: string, token: string | undefined): Promise<NodeClient> {
  const authClient = new OAuth2Client()
  authClient.setCredentials({ access_token: token ?? '' })
  const name = '@google-cloud/bigquery'
  const { BigQuery } = (await import(name)) as { BigQuery: new (options: object) => NodeClient }
  return new BigQuery({ projectId: 'acme-prod', apiEndpoint, authClient })
}
