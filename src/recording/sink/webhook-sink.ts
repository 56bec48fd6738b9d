import { createHmac } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { type Notification, notificationsOf } from './notification.ts'
import { post, type Service } from './post.ts'
import { RowsRefused, type Sink } from './sink.ts'

export type Webhook = Service & {
  /** As Standard Webhooks writes it: `whsec_` and base64. */
  readonly secret: string
  /** Every channel where absent. */
  readonly channels?: readonly string[] | undefined
  /** Age at which a notification that cannot be sent is put aside, so that the spool is not held for ever. */
  readonly giveUpMinutes: number
}

const remembered = 100_000
const minuteMs = 60_000

/**
 * A webhook that gets what policy asks to be told, one notification a request, signed as Standard Webhooks says.
 * After a crash one may come again; its id is the same.
 */
export function webhookSink(webhook: Webhook, now: () => Date): Sink {
  const sent = new LRUCache<string, true>({ max: remembered })
  let isFailing = false
  const sendOnce = async (notification: Notification) => {
    if (sent.has(notification.id)) return
    const age = now().getTime() - Date.parse(notification.at)
    // Tried once more only where the one before it was taken: a webhook that hangs would never be caught up with.
    if (isFailing && age > webhook.giveUpMinutes * minuteMs) throw new RowsRefused('it could not be sent in time')
    isFailing = true
    await send(webhook, notification, now())
    isFailing = false
    sent.set(notification.id, true)
  }
  return {
    tables: ['events'],
    insert: async ({ lines }) => {
      const asked = lines.flatMap(({ json }) => notificationsOf(json))
      const wanted = asked.filter(({ channel }) => webhook.channels?.includes(channel) ?? true)
      for (const notification of wanted) await sendOnce(notification)
    },
    // It cannot be read back; what this process sent is not sent again.
    present: async () => new Set(),
  }
}

async function send(webhook: Webhook, notification: Notification, at: Date): Promise<void> {
  const body = JSON.stringify(notification)
  const seconds = String(Math.floor(at.getTime() / 1_000))
  await post(webhook, body, {
    'content-type': 'application/json',
    'webhook-id': notification.id,
    'webhook-timestamp': seconds,
    'webhook-signature': `v1,${signature(webhook.secret, `${notification.id}.${seconds}.${body}`)}`,
  })
}

function signature(secret: string, signed: string): string {
  return createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update(signed)
    .digest('base64')
}
