import { createServer } from 'node:net'

/** The port, or undefined where something listens on it already; 0 takes any free one. */
export function claimablePort(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined)
      else reject(error)
    })
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined))
    })
  })
}

/** The first port of the list that is free, else any. */
export async function freePort(preferred: readonly (number | undefined)[]): Promise<number> {
  for (const port of [...preferred, 0]) {
    const free = port === undefined ? undefined : await claimablePort(port)
    if (free !== undefined) return free
  }
  throw new Error('No port of 127.0.0.1 is free.')
}
