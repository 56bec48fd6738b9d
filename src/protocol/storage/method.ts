import type { z } from 'zod'
import type { Refusal } from '../../gateway/outcome.ts'
import type { Request } from '../../gateway/query.ts'
import { refuseOperation } from '../../gateway/refuse-operation.ts'
import type { Principal } from '../../model/principal.ts'
import { readStrictly } from '../read-strictly.ts'
import type { StorageDesk } from './desk.ts'
import { readMessage, writeMessage } from './message-bytes.ts'
import { apiPackage, type MessageName } from './messages.ts'

export type Call<Message> = {
  /** The project in `x-goog-user-project`, where there is one. */
  readonly userProject: string | undefined
  readonly message: Message
  readonly request: Request
  readonly principal: Principal
  readonly desk: StorageDesk
}

/** One message, or one after another, each made when the client has taken the one before. */
export type Answer =
  | { readonly state: 'answered'; readonly message: object; readonly decisionId?: string }
  | { readonly state: 'streamed'; readonly messages: AsyncIterable<object>; readonly decisionId?: string }
  | Refusal

export type WireAnswer =
  | { readonly state: 'answered'; readonly bytes: Buffer; readonly decisionId?: string }
  | { readonly state: 'streamed'; readonly parts: AsyncIterable<Buffer>; readonly decisionId?: string }
  | Refusal

/** A method as the table holds it. */
export type Method = {
  /** What it is called on record. */
  readonly action: string
  /** `/package.Service/Method` */
  readonly path: string
  readonly streams: { readonly requests: boolean; readonly answers: boolean }
  readonly call: (raw: Omit<Call<Uint8Array>, 'message'> & { readonly bytes: Uint8Array }) => Promise<WireAnswer>
}

type Definition<Message> = {
  readonly name: string
  readonly takes: MessageName
  readonly gives: MessageName
  readonly streams?: boolean
  readonly message: z.ZodType<Message>
  readonly run: (call: Call<Message>) => Promise<Answer>
}

export function defineMethod<Message>({ name, takes, gives, streams = false, ...rest }: Definition<Message>): Method {
  return {
    action: actionOf('BigQueryRead', name),
    path: pathOf('BigQueryRead', name),
    streams: { requests: false, answers: streams },
    call: async ({ bytes, ...call }) => {
      const message = readStrictly(rest.message, readMessage(takes, bytes), takes)
      const answer = await rest.run({ ...call, message })
      if (answer.state === 'answered') {
        const { message: given, ...others } = answer
        return { ...others, bytes: writeMessage(gives, given) }
      }
      if (answer.state !== 'streamed') return answer
      const { messages, ...others } = answer
      return { ...others, parts: written(messages, gives) }
    },
  }
}

async function* written(messages: AsyncIterable<object>, name: MessageName): AsyncGenerator<Buffer> {
  for await (const message of messages) yield writeMessage(name, message)
}

/** A method that Google has and Sluice grants to nobody. */
export function refusedMethod(service: string, name: string, what: string, isStream = false): Method {
  return {
    action: actionOf(service, name),
    path: pathOf(service, name),
    streams: { requests: isStream, answers: isStream },
    call: ({ request, desk }) => {
      const action = actionOf(service, name)
      return refuseOperation(request, action, `${action}: ${what} is not granted.`, desk.ports)
    },
  }
}

function pathOf(service: string, name: string): string {
  return `/${apiPackage}.${service}/${name}`
}

function actionOf(service: string, name: string): string {
  return `${service}.${name}`
}
