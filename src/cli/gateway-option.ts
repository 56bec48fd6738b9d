import { readFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import { z } from 'zod'
import { osUser } from '../sandbox/people.ts'
import { readStateFile } from './state-file.ts'
import { stateOption } from './state-option.ts'
import { tokenOf } from './token.ts'

export type GatewayOptions = { readonly state: string; readonly url?: string; readonly tokenFile?: string }

/** Where the gateway is, and who asks it. */
export type GatewayPlace = { readonly url: URL; readonly token: string; readonly sessionKey?: string }

/** The flags of every command that reads records: whose state directory, or which gateway and with whose token. */
export function withGateway(command: Command): Command {
  return command
    .addOption(stateOption())
    .addOption(new Option('--url <url>', 'a gateway elsewhere; the state directory is not looked at').env('SLUICE_URL'))
    .option('--token-file <path>', "file with the reader's token; SLUICE_TOKEN may hold it instead")
}

/** Without a token the reader is a user of this machine, whom the sandbox's issuer vouches for as such. */
export async function gatewayOf({ state, url, tokenFile }: GatewayOptions): Promise<GatewayPlace> {
  const token = tokenFile === undefined ? process.env['SLUICE_TOKEN'] : (await readFile(tokenFile, 'utf8')).trim()
  if (url === undefined) {
    const { rest_url } = z.object({ rest_url: z.url() }).parse(await readStateFile(state))
    if (token !== undefined) return { url: new URL(rest_url), token }
    // Each command brings a new token; a day's commands are one visit all the same.
    const user = osUser()
    const sessionKey = `${user.name} ${new Date().toISOString().slice(0, 10)}`.replaceAll(/[^\x21-\x7e]/g, '-')
    return { url: new URL(rest_url), token: await tokenOf(user, state), sessionKey }
  }
  if (token === undefined) throw new Error('Say who reads: give a token with --token-file or SLUICE_TOKEN.')
  return { url: new URL(url), token }
}
