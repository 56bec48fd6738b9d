import { userInfo } from 'node:os'
import type { PrincipalKind } from '../model/principal.ts'

export type Person = {
  readonly name: string
  readonly email?: string
  readonly groups: readonly string[]
  readonly kind: PrincipalKind
  /** What the sign-in page says of them. */
  readonly about: string
}

/** Who can sign in to the sandbox. */
export const people: readonly Person[] = [
  {
    name: 'alice',
    email: 'alice@acme.example',
    groups: ['analysts'],
    kind: 'agent',
    about: 'an analyst: masked columns, filtered rows',
  },
  { name: 'bob', email: 'bob@acme.example', groups: ['pii-admins'], kind: 'agent', about: 'may see personal data' },
  { name: 'mallory', email: 'mallory@acme.example', groups: [], kind: 'agent', about: 'an outsider: sees nothing' },
  {
    name: 'dana',
    email: 'dana@acme.example',
    groups: ['data-engineers'],
    kind: 'human',
    about: 'a person: may write to the dataset lab',
  },
  {
    name: 'erin',
    email: 'erin@acme.example',
    groups: ['auditors'],
    kind: 'human',
    about: 'an auditor: reads the records, and no tables',
  },
]

export function personNamed(name: string): Person | undefined {
  return people.find(person => person.name === name)
}

/** Whoever works at this machine with the state directory in hand: no name that an identity provider vouches for. */
export function osUser(): Person {
  return {
    name: `os-user:${userInfo().username}`,
    groups: ['auditors'],
    kind: 'human',
    about: 'a user of this machine',
  }
}
