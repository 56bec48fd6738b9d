import type { Script } from '../../googlesql/ast/script.ts'
import { synthetic as at } from '../../googlesql/ast/span.ts'
import { rewrite } from '../../googlesql/rewrite.ts'
import { tableId } from '../../model/table-ref.ts'
import { identifier } from '../govern/build.ts'
import { completeName } from '../table-name.ts'
import type { ScriptState } from './state.ts'

/** The script in which every call of a procedure is what it stands for, and procedures are made by complete names. */
export function expanded(tree: Script, { expansions, defaults }: Pick<ScriptState, 'expansions' | 'defaults'>): Script {
  const expand = <N extends Script | NonNullable<ReturnType<typeof expansions.get>>>(root: N): N =>
    rewrite(root, {
      Call: (node, original) => {
        const expansion = expansions.get(original)
        return expansion === undefined ? node : expand(expansion)
      },
      CreateProcedure: node => {
        const id = tableId(completeName(node.name, defaults))
        return { ...node, name: { kind: 'Path', parts: [identifier(id)], at } }
      },
    })
  return expand(tree)
}
