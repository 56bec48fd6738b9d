import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { OpenSession } from '../gateway/ports.ts'
import { Failure } from '../model/failure.ts'
import { principalId } from '../model/principal.ts'

const maxSessions = 100_000

export type SessionBookSettings = {
  readonly idleMs: number
  readonly newId: () => string
  /** Sessions of explicit keys that the store knows, each with the principal that it belongs to. */
  readonly owners?: ReadonlyMap<string, string>
}

/** Which visit a request belongs to: by the key the client names, else by principal, client and credential. */
export function sessionBook({ idleMs, newId, owners = new Map() }: SessionBookSettings): OpenSession {
  const bound = new LRUCache<string, string>({ max: maxSessions })
  const visits = new LRUCache<string, { id: string; seenMs: number }>({ max: maxSessions })
  for (const [id, owner] of owners) bound.set(id, owner)

  return (principal, client, now) => {
    const who = principalId(principal)
    if (client.sessionKey !== undefined) return boundSession(bound, client.sessionKey, who)
    const key = JSON.stringify([who, client.protocol, client.name, client.version, principal.credentialId])
    const last = visits.get(key)
    const isOver = last === undefined || now.getTime() - last.seenMs > idleMs
    const id = isOver ? newId() : last.id
    visits.set(key, { id, seenMs: now.getTime() })
    return id
  }
}

function boundSession(bound: LRUCache<string, string>, key: string, who: string): string {
  const id = keyedSessionId(key)
  const owner = bound.get(id) ?? who
  if (owner !== who) throw new Failure('session_refused')
  bound.set(id, owner)
  return id
}

/** Every replica and every restart gives one key one id; the key itself may be long, or hold anything. */
export function keyedSessionId(key: string): string {
  return `key-${createHash('sha256').update(key).digest('hex').slice(0, 32)}`
}
