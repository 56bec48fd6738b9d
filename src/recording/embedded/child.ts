import type { AddressInfo } from 'node:net'
import { type ChildReply, type ChildStart, childStart } from './messages.ts'

process.once('message', message => {
  serve(childStart.parse(message)).catch(cause => {
    const text = cause instanceof Error ? cause.message : String(cause)
    tell({ state: isMissing(cause) ? 'missing' : 'failed', message: text })
    process.disconnect()
    process.exitCode = 1
  })
})

async function serve({ path, port, passwords, maxMemoryBytes, maxQuerySeconds }: ChildStart): Promise<void> {
  // Imported here, because the package may be absent and that must be told, not thrown.
  const { openEngine } = await import('./chdb-engine.ts')
  const { httpInterface } = await import('./http-interface.ts')
  const engine = openEngine({ path, maxMemoryBytes, maxQuerySeconds })
  const server = httpInterface(engine, passwords)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const stop = async () => {
    server.close()
    server.closeAllConnections()
    await engine.close()
    process.exit(0)
  }
  // The channel closes when the parent stops, however it stops: the store must not outlive it.
  process.once('disconnect', () => void stop())
  process.once('SIGTERM', () => void stop())
  process.on('SIGINT', () => undefined)
  if (!process.connected) return stop()
  tell({ state: 'listening', port: (server.address() as AddressInfo).port })
}

function tell(reply: ChildReply): void {
  // A parent that dies meanwhile closes the channel; its going is told by 'disconnect'.
  process.send?.(reply, undefined, undefined, () => undefined)
}

function isMissing(cause: unknown): boolean {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND' || code === 'CHDB_PLATFORM'
}
