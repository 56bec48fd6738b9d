const maxIdLength = 256

/** What is wrong with a JSON-RPC message before its method is looked at; `undefined` if nothing is. */
export function faultOfMessage(message: unknown): string | undefined {
  if (Array.isArray(message)) return 'Batches are not part of this protocol: send one message at a time.'
  if (typeof message !== 'object' || message === null) return 'A message is a JSON object.'
  if ('id' in message && !isPlainId(message.id)) return 'An id is an integer or a short text of visible characters.'
  return undefined
}

function isPlainId(id: unknown): boolean {
  if (typeof id === 'number') return Number.isSafeInteger(id)
  return typeof id === 'string' && id.length <= maxIdLength && /^[^\p{C}]+$/u.test(id)
}
