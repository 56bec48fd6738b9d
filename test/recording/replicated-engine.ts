// A process of its own: the engine with a keeper inside does not end by itself. Statements come as JSON, rows go out as text.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Session } from 'chdb'

const [path = '', statements = '[]'] = process.argv.slice(2)
mkdirSync(path, { recursive: true })
const config = join(path, 'config.xml')
writeFileSync(
  config,
  `<clickhouse>
    <zookeeper><implementation>testkeeper</implementation></zookeeper>
    <macros><shard>1</shard><replica>one</replica></macros>
    <remote_servers>
      <main><shard><replica><host>127.0.0.1</host><port>9000</port></replica></shard></main>
    </remote_servers>
  </clickhouse>`,
)
const session = new Session(join(path, 'store'), { connectionArgs: [`--config-file=${config}`] })
for (const statement of JSON.parse(statements)) process.stdout.write(String(session.query(statement, 'TSV')))
process.kill(process.pid, 'SIGKILL')
