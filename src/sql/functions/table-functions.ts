import { familyOf } from './known-function.ts'
import { untold } from './rules.ts'

/** Functions that stand in FROM. Their columns are the resolver's to tell. */
export const tableFunctions = {
  ...familyOf('table_function', {
    APPENDS: untold,
    CHANGES: untold,
    GAP_FILL: untold,
    RANGE_SESSIONIZE: untold,
    'VECTOR_INDEX.STATISTICS': untold,
    VECTOR_SEARCH: untold,
  }),
  ...familyOf('external', { EXTERNAL_OBJECT_TRANSFORM: untold, EXTERNAL_QUERY: untold }),
}
