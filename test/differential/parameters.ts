import type { ScalarType } from '../../src/model/column-type.ts'
import type { QueryParameter } from '../../src/model/parameter.ts'
import { valueText } from './compare-answers.ts'
import type { Random } from './random.ts'
import { scalar } from './scope.ts'

const mark = /⟦(\d+)⟧/g

/** The parameters of one query: all of them with names, all without, or none at all. */
export class Parameters {
  readonly #random: Random
  readonly #form: 'named' | 'positional' | 'none'
  readonly #made: QueryParameter[] = []

  constructor(random: Random) {
    this.#random = random
    this.#form = random.chance(0.75) ? 'none' : random.pick(['named', 'positional'])
  }

  /** A mark that stands for the parameter until the text is spelled. */
  add(type: ScalarType, value: string): string | undefined {
    if (this.#form === 'none' || this.#random.chance(0.5)) return undefined
    this.#made.push({ type: scalar(type), value })
    return `⟦${this.#made.length - 1}⟧`
  }

  /** As a client writes them: `?` in the order of the text, or names, which may stand in the text more than once. */
  spell(text: string): { readonly sql: string; readonly given: readonly QueryParameter[] } {
    const given: QueryParameter[] = []
    const sql = text.replace(mark, (_, at: string) => {
      const parameter = this.#at(at)
      const name = `Value${at}`
      if (this.#form === 'positional' || !given.some(known => known.name === name)) {
        given.push(this.#form === 'positional' ? parameter : { ...parameter, name })
      }
      return this.#form === 'positional' ? '?' : this.#random.pick([`@${name}`, `@${name.toLowerCase()}`])
    })
    return { sql, given }
  }

  /** With their values in their places. */
  fill(text: string): string {
    return text.replace(mark, (_, at: string) => valueText(this.#at(at)))
  }

  #at(index: string): QueryParameter {
    const parameter = this.#made[Number(index)]
    if (parameter === undefined) throw new Error(`no parameter ${index}`)
    return parameter
  }
}
