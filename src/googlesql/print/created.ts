import type { Path } from '../ast/name.ts'
import { quotedPath } from './words.ts'

type Created = {
  readonly orReplace: boolean
  readonly scope?: string | undefined
  readonly ifNotExists: boolean
  readonly name: Path
}

/** `CREATE [OR REPLACE] [scope] object [IF NOT EXISTS] name` */
export function created(node: Created, object: string): string {
  return `${createOf(node, object)} ${quotedPath(node.name)}`
}

/** The same without the name. */
export function createOf({ orReplace, scope, ifNotExists }: Omit<Created, 'name'>, object: string): string {
  const replace = orReplace ? ' OR REPLACE' : ''
  return `CREATE${replace}${scope === undefined ? '' : ` ${scope}`} ${object}${ifNotExists ? ' IF NOT EXISTS' : ''}`
}

/** `word ` in front of an object, if there is one. */
export function before(word: string | undefined): string {
  return word === undefined ? '' : `${word} `
}
