import { join } from 'node:path'
import { type Check, checksOf, pythonWith } from './python-tools.ts'

const version = '1.17.3'
const packages = [`sqlalchemy-bigquery==${version}`, 'sqlalchemy==2.1.9', 'google-cloud-bigquery==3.47.0']
const tool = { name: 'sqlalchemy-bigquery', version, packages }

/** Runs every check of SQLAlchemy's dialect against a gateway, as somebody who may write to the dataset `lab`. */
export async function checkSqlAlchemy(url: string, token: string): Promise<readonly Check[]> {
  const python = await pythonWith(tool)
  const script = join(import.meta.dirname, 'sqlalchemy-client.py')
  return checksOf(await python.run([script, url, token]), 'SQLAlchemy')
}
