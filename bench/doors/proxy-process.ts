import http from 'node:http'
import { fastify } from 'fastify'
import { openMeter } from './meter.ts'

// A proxy that understands nothing: bytes in, bytes out. Less than it nothing between a client and a server can do.
const [upstream = ''] = process.argv.slice(2)
const { hostname, port } = new URL(upstream)
const agent = new http.Agent({ keepAlive: true })

const app = fastify()
app.removeAllContentTypeParsers()
app.addContentTypeParser('*', (_request, _payload, done) => done(null))
app.all('/*', (request, reply) => {
  const { method, url, headers } = request.raw
  const forwarded = http.request({ hostname, port, agent, method, path: url, headers })
  forwarded.once('error', error => reply.code(502).send({ error: error.message }))
  forwarded.once('response', response => {
    reply
      .code(response.statusCode ?? 502)
      .headers(response.headers)
      .send(response)
  })
  request.raw.pipe(forwarded)
})
openMeter()
console.log(`ready at ${await app.listen({ host: '127.0.0.1', port: 0 })}`)
