import { LRUCache } from 'lru-cache'

/** Answers that are believed for a while. Two that ask for one thing at one time make one call. */
export type CatalogCache<T extends object> = {
  readonly known: (key: string, ask: () => Promise<T>) => Promise<T>
  /** What is stale is asked for again. */
  readonly forget: (isStale: (key: string) => boolean) => void
}

/** `maySoonChange` marks answers that are believed for a few seconds only. */
export function openCatalogCache<T extends object>(
  max: number,
  ttlSeconds: number,
  maySoonChange: (answer: T) => boolean = () => false,
): CatalogCache<T> {
  const cache = new LRUCache<string, Promise<T>>({ max, ttl: Math.max(1, ttlSeconds * 1_000) })
  const shortTtlMs = Math.max(1, Math.min(5, ttlSeconds) * 1_000)

  return {
    known(key, ask) {
      const known = cache.get(key)
      if (known !== undefined) return known
      const asked = ask()
      cache.set(key, asked)
      const isStill = () => cache.peek(key) === asked
      asked.then(
        answer => isStill() && maySoonChange(answer) && cache.set(key, asked, { ttl: shortTtlMs }),
        // A failure is not an answer: the next request asks again.
        () => isStill() && cache.delete(key),
      )
      return asked
    },
    forget(isStale) {
      for (const key of [...cache.keys()]) if (isStale(key)) cache.delete(key)
    },
  }
}
