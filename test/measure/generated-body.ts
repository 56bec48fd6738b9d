import { gzipSync } from 'node:zlib'

const salaries = '{"query": "SELECT salary FROM hr.salaries", "useLegacySql": false}'

/** Bodies that the corpus describes in words. */
const bodies: readonly (readonly [words: RegExp, make: () => string | Buffer])[] = [
  [/^gzip bomb/, () => gzipSync(Buffer.concat([Buffer.alloc(200_000_000, ' '), Buffer.from(salaries)]), { level: 1 })],
  [/^twice-gzipped/, () => gzipSync(gzipSync(salaries))],
  [/^JSON nested/, () => `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  [/^200 MB query/, () => `{"query": "SELECT '${'x'.repeat(200_000_000)}'", "useLegacySql": false}`],
]

export function canGenerate(words: string): boolean {
  return bodies.some(([form]) => form.test(words))
}

export function generatedBody(words: string | undefined): string | Buffer | undefined {
  return words === undefined ? undefined : bodies.find(([form]) => form.test(words))?.[1]()
}
