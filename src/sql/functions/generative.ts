import { familyOf } from './known-function.ts'
import { bool, float64, string, untold } from './rules.ts'

/** Functions that send their arguments to a model of language, or to objects in a store. */
export const generativeFunctions = {
  ...familyOf('ai', {
    'AI.AGG': string,
    'AI.CLASSIFY': untold,
    'AI.COUNT_TOKENS': untold,
    'AI.DETECT_ANOMALIES': untold,
    'AI.EMBED': untold,
    'AI.EVALUATE': untold,
    'AI.FORECAST': untold,
    'AI.GENERATE': untold,
    'AI.GENERATE_BOOL': untold,
    'AI.GENERATE_DOUBLE': untold,
    'AI.GENERATE_EMBEDDING': untold,
    'AI.GENERATE_INT': untold,
    'AI.GENERATE_TABLE': untold,
    'AI.GENERATE_TEXT': untold,
    'AI.IF': bool,
    'AI.KEY_DRIVERS': untold,
    'AI.PREDICT': untold,
    'AI.SCORE': float64,
    'AI.SEARCH': untold,
    'AI.SIMILARITY': float64,
  }),
  ...familyOf('external', {
    'OBJ.FETCH_METADATA': untold,
    'OBJ.GET_ACCESS_URL': untold,
    'OBJ.GET_READ_URL': untold,
    'OBJ.MAKE_REF': untold,
  }),
}
