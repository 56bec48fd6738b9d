import http from 'node:http'
import type { AddressInfo } from 'node:net'

export type Reading = { readonly cpuMs: number; readonly rssMb: number; readonly heapMb: number }

const mib = 2 ** 20

/**
 * Lets the one who started this process read its processor time, of all its threads, and its memory. Who started it keeps its
 * input open, too: our end is bound to theirs.
 */
export function openMeter(): void {
  process.stdin.resume().once('end', () => process.exit(1))
  const server = http.createServer((_request, response) => {
    const { user, system } = process.cpuUsage()
    const { rss, heapTotal } = process.memoryUsage()
    const reading: Reading = { cpuMs: (user + system) / 1_000, rssMb: rss / mib, heapMb: heapTotal / mib }
    response.end(JSON.stringify(reading))
  })
  server.listen({ host: '127.0.0.1', port: 0 }, () => {
    console.log(`meter at http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  })
}
