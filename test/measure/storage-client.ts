import { join } from 'node:path'
import { type Check, checksOf, pythonWith } from './python-tools.ts'
import type { SandboxUnderTest } from './sandbox-under-test.ts'

const version = '2.43.0'
const packages = [
  `google-cloud-bigquery-storage==${version}`,
  ...['google-cloud-bigquery==3.47.0', 'pyarrow==26.0.1', 'pandas==3.1.1', 'db-dtypes==1.9.0'],
]
const tool = { name: 'python-storage-client', version, packages }

/** Runs every check of data frames and tables that Google's clients for Python read over gRPC. */
export async function checkStorageClient({
  restUrl,
  storageEndpoint,
  tokens,
}: SandboxUnderTest): Promise<readonly Check[]> {
  const python = await pythonWith(tool)
  const script = join(import.meta.dirname, 'storage-client.py')
  const words = [script, restUrl, storageEndpoint, tokens.alice, tokens.bob]
  return checksOf(await python.run(words), 'the Storage client')
}
