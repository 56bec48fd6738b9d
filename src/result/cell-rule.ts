import type { ColumnType, ScalarType } from '../model/column-type.ts'
import type { Cell } from '../model/result.ts'

/** Gives a cell back as it may be shown: the very same one where nothing had to change. */
export type CellRule = (cell: Cell) => Cell

/** What to do with the texts of one leaf; undefined where there is nothing to do. The path of a field is `.a.b`. */
export type LeafRule = (type: ScalarType, path: string) => ((text: string) => Cell) | undefined

/** The rule for cells of a type, made of the rules of its leaves; paths go through arrays. */
export function cellRule(type: ColumnType, leafRule: LeafRule, path = ''): CellRule | undefined {
  switch (type.kind) {
    case 'scalar': {
      const rule = leafRule(type.name, path)
      return rule === undefined ? undefined : cell => (typeof cell === 'string' ? rule(cell) : cell)
    }
    case 'array': {
      const rule = cellRule(type.element, leafRule, path)
      return rule === undefined ? undefined : cell => (isList(cell) ? mapItems(cell, () => rule) : cell)
    }
    case 'struct': {
      const rules = type.fields.map(field => cellRule(field.type, leafRule, `${path}.${field.name}`))
      if (rules.every(rule => rule === undefined)) return undefined
      return cell => (isList(cell) ? mapItems(cell, index => rules[index]) : cell)
    }
    case 'range':
      return undefined
  }
}

function isList(cell: Cell): cell is readonly Cell[] {
  return typeof cell === 'object' && cell !== null
}

/** The list with each item's rule applied: the very same list while no item changes. */
export function mapItems(items: readonly Cell[], ruleOf: (index: number) => CellRule | undefined): readonly Cell[] {
  let changed: Cell[] | undefined
  for (let index = 0; index < items.length; index++) {
    const rule = ruleOf(index)
    const item = items[index]
    if (rule === undefined || item === undefined) continue
    const mapped = rule(item)
    if (mapped === item) continue
    changed ??= [...items]
    changed[index] = mapped
  }
  return changed ?? items
}
