import type { TriedPolicy } from './try-bundle.ts'

/** What serves, and what went wrong last. A failure beside a revision means that an older policy still serves. */
export type PolicyHealth = {
  readonly revision?: string
  readonly loadedAt?: Date
  readonly failure?: string
}

export type HotSwapOptions = {
  readonly fingerprint: () => Promise<string>
  readonly load: () => Promise<TriedPolicy>
  readonly intervalMs: number
  readonly now: () => Date
  readonly onLoad: (health: PolicyHealth) => void
}

export type HotSwap = {
  readonly current: () => TriedPolicy | undefined
  readonly health: () => PolicyHealth
  readonly refresh: () => Promise<void>
  readonly close: () => void
}

/** What failed once is tried again, since opa or the disk may be at fault; not on every look while an older policy serves. */
const looksBetweenTries = 30

/** Keeps the newest good policy: each change is loaded whole and tried before it replaces the one that serves. */
export async function openHotSwap(options: HotSwapOptions): Promise<HotSwap> {
  let policy: TriedPolicy | undefined
  let health: PolicyHealth = {}
  let good: string | undefined
  let bad: { readonly fingerprint: string; looksLeft: number } | undefined
  let looking = Promise.resolve()

  const report = (news: PolicyHealth) => {
    const isNews =
      news.revision !== health.revision || news.loadedAt !== health.loadedAt || news.failure !== health.failure
    health = news
    if (isNews) options.onLoad(health)
  }
  const look = async () => {
    let found = ''
    try {
      found = await options.fingerprint()
      if (found === good) return report(withoutFailure(health))
      if (found === bad?.fingerprint && --bad.looksLeft > 0) return
      const candidate = await options.load()
      // Only what was there before and after is known to have been loaded.
      if ((await options.fingerprint()) === found) good = found
      policy = candidate
      report({ revision: candidate.revision, loadedAt: options.now() })
    } catch (thrown) {
      bad = { fingerprint: found, looksLeft: policy === undefined ? 1 : looksBetweenTries }
      report({ ...health, failure: complaint(thrown) })
    }
  }
  const refresh = () => {
    looking = looking.then(look)
    return looking
  }

  await refresh()
  const timer = setInterval(() => void refresh(), options.intervalMs)
  timer.unref()
  return { current: () => policy, health: () => health, refresh, close: () => clearInterval(timer) }
}

function withoutFailure({ failure: _, ...rest }: PolicyHealth): PolicyHealth {
  return rest
}

/** For the operator: what went wrong, and what lay behind it. */
function complaint(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  return thrown.cause instanceof Error ? `${thrown.message} (${thrown.cause.message})` : thrown.message
}
