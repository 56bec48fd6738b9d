import type { Span } from '../../model/record-question.ts'
import type { RecordQuery } from './record-query.ts'

export function reportQueries(_database: string, _span: Span): readonly RecordQuery[] {
  return []
}
