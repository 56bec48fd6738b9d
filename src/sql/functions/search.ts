import { arrayOf, scalar, structOf } from '../types/type-makers.ts'
import { familyOf } from './known-function.ts'
import { always, arrayOfResult, bool, string } from './rules.ts'

const termCounts = arrayOf(structOf({ term: scalar('STRING'), count: scalar('INT64') }))
const termWeights = arrayOf(structOf({ term: scalar('STRING'), tf_idf: scalar('FLOAT64') }))

/** Search and text analysis. */
export const searchFunctions = {
  ...familyOf('scalar', { BAG_OF_WORDS: always(termCounts), SEARCH: bool, TEXT_ANALYZE: arrayOfResult(string) }),
  ...familyOf('window', { TF_IDF: always(termWeights) }),
}
