import { z } from 'zod'
import { noticesOf } from '../../../gateway/notices.ts'
import type { ExplainOutcome } from '../../../gateway/outcome.ts'
import { explain } from '../../../gateway/run-query.ts'
import type { StatementFacts } from '../../../model/statement.ts'
import { readParameters } from '../parameters.ts'
import { estimate, notice, queryParams, queryText, statementSummary } from '../shapes.ts'
import { defineTool } from '../tool.ts'
import { errorOfRefusal, toolError } from '../tool-error.ts'
import { summaryOf } from './execute-sql.ts'

const output = z.strictObject({
  effect: z.enum(['allow', 'deny', 'approval_required']),
  refusal: toolError.optional().describe('Why the query would not run.'),
  notices: z.array(notice).describe('What policy would do to the answer.'),
  statement: statementSummary.optional(),
  governed_sql: z
    .string()
    .optional()
    .describe('What would be sent to BigQuery; left out where it has the text of a view or routine in it.'),
  estimate: estimate.optional(),
  policies: z.array(z.string()).describe('The rules that contributed.'),
  revision: z.string().describe('The revision of the policy.'),
  decision_id: z.string(),
})

export const explainPolicy = defineTool({
  name: 'explain_policy',
  title: 'Explain what policy does to a query',
  description:
    'Tells, without running it, whether a query would be allowed, what would be masked or filtered, and why.',
  input: z.strictObject({
    query: queryText,
    params: queryParams.optional(),
    estimate: z.boolean().optional().describe('Whether to ask BigQuery what the query would read.'),
  }),
  output,
  run: async (args, { request, desk }) => {
    const query = { ...request, text: args.query, parameters: readParameters(args.params) }
    const outcome = await explain(query, { estimate: args.estimate ?? false }, desk.ports)
    return { state: 'answered', output: show(outcome) }
  },
})

function show(outcome: ExplainOutcome): z.infer<typeof output> {
  const { id, effect, policies, revision } = outcome.decision
  const decision = { effect, policies: [...policies], revision, decision_id: id }
  if (outcome.state !== 'allowed') return { ...decision, notices: [], refusal: errorOfRefusal(outcome) }
  const { governed, statement } = outcome
  const bytes = outcome.estimate
  return {
    ...decision,
    notices: [...noticesOf(governed.value.applied)],
    statement: summaryOf(statement),
    ...(holdsBodies(statement) ? {} : { governed_sql: governed.value.text }),
    ...(bytes === undefined ? {} : { estimate: { bytes_processed: bytes.bytesProcessed, accuracy: bytes.accuracy } }),
  }
}

/** The text of views and routines is shown to nobody: literals in it tell of rows, and names in it of tables. */
function holdsBodies({ tables }: StatementFacts): boolean {
  return tables.some(({ kind }) => kind === 'view' || kind === 'routine')
}
