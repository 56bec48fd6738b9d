import { failures } from './failure.ts'

/** `docs/failures.md`: every way in which a request can stop, as a page for people. */
export function failurePage(): string {
  const rows = Object.entries(failures).map(
    ([code, { http, message, next }]) => `| \`${code}\` | ${http} | ${message} | ${next} |`,
  )
  return `# Failures

A policy's denial is an answer, not a failure: it comes with reasons. Everything else that ends a request early has one of
these codes. Over MCP a failure is a tool result with \`isError\`, its code, and what to do next; the HTTP status is used
where a protocol needs one. The cause behind a failure is in the log and on record, never in the reply.

This page is written from \`src/model/failure.ts\`; \`npm run docs\` writes it again.

| code | HTTP | what happened | what to do next |
|---|---|---|---|
${rows.join('\n')}
`
}
