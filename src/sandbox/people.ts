import type { PrincipalKind } from '../model/principal.ts'

export type Person = {
  readonly name: string
  readonly groups: readonly string[]
  readonly kind: PrincipalKind
  /** What the sign-in page says of them. */
  readonly about: string
}

/** Who can sign in to the sandbox. */
export const people: readonly Person[] = [
  { name: 'alice', groups: ['analysts'], kind: 'agent', about: 'an analyst: masked columns, filtered rows' },
  { name: 'bob', groups: ['pii-admins'], kind: 'agent', about: 'may see personal data' },
  { name: 'mallory', groups: [], kind: 'agent', about: 'an outsider: sees nothing' },
  {
    name: 'dana',
    groups: ['data-engineers'],
    kind: 'human',
    about: 'a person: may write to the dataset lab',
  },
]

export function personNamed(name: string): Person | undefined {
  return people.find(person => person.name === name)
}
