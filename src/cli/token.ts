import { Command } from 'commander'
import { openIssuerKeys } from '../sandbox/issuer-keys.ts'
import { mintToken } from '../sandbox/mint-token.ts'
import { type Person, people, personNamed } from '../sandbox/people.ts'
import { mcpUrlOf } from '../sandbox/sandbox-config.ts'
import { readSettings } from '../sandbox/settings.ts'
import { stateOption } from './state-option.ts'

const lifetimeSeconds = 43_200

/** `sluice token NAME`: a token for a person of the sandbox, and nothing else, on standard output. */
export function tokenCommand(print: (line: string) => void = console.log): Command {
  return new Command('token')
    .description('Print an access token of the sandbox for one of its people.')
    .argument('<name>', people.map(({ name }) => name).join(', '))
    .addOption(stateOption())
    .action(async (name: string, { state }: { state: string }) => print(await tokenFor(name, state)))
}

/** A token for a person, signed with the keys of a state directory. */
export async function tokenFor(name: string, statePath: string): Promise<string> {
  const person = personNamed(name)
  if (person === undefined) throw new Error(`There is no ${name}; there are ${people.map(p => p.name).join(', ')}.`)
  return tokenOf(person, statePath)
}

export async function tokenOf(person: Person, statePath: string): Promise<string> {
  const settings = await readSettings(statePath)
  if (settings === undefined) throw new Error(`No sandbox was started in ${statePath} yet: run \`npm start\` first.`)
  const terms = {
    ...{ issuer: `http://127.0.0.1:${settings.issuer_port}`, audience: mcpUrlOf(settings.port), lifetimeSeconds },
  }
  return mintToken(person, await openIssuerKeys(statePath), terms, new Date())
}
