import type { Tool as ToolListing } from '@modelcontextprotocol/server'
import { z } from 'zod'
import type { Refusal } from '../../gateway/outcome.ts'
import type { OnProgress } from '../../gateway/ports.ts'
import type { Request } from '../../gateway/query.ts'
import { Failure } from '../../model/failure.ts'
import type { Principal } from '../../model/principal.ts'
import type { Desk } from './desk.ts'
import { toolError } from './tool-error.ts'

/** One call of a tool. */
export type ToolVisit = {
  readonly request: Request
  readonly principal: Principal
  readonly onProgress: OnProgress | undefined
  readonly desk: Desk
}

export type ToolAnswer<Output> = { readonly state: 'answered'; readonly output: Output } | Refusal

type ToolDefinition<Input, Output> = {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly input: z.ZodType<Input>
  readonly output: z.ZodObject<z.core.$ZodLooseShape> & z.ZodType<Output>
  /** Whether it may change something, where policy lets the caller. */
  readonly mayWrite?: true
  readonly run: (input: Input, visit: ToolVisit) => Promise<ToolAnswer<Output>>
}

/** A tool as the table holds it: what clients see of it, and how it is called with arguments nobody has read yet. */
export type Tool = {
  readonly listing: ToolListing
  readonly call: (args: unknown, visit: ToolVisit) => Promise<ToolAnswer<Readonly<Record<string, unknown>>>>
}

export function defineTool<Input, Output extends Readonly<Record<string, unknown>>>(
  definition: ToolDefinition<Input, Output>,
): Tool {
  const { name, title, description, input, output, mayWrite = false, run } = definition
  const hints = { readOnlyHint: !mayWrite, destructiveHint: mayWrite, idempotentHint: !mayWrite, openWorldHint: false }
  return {
    listing: {
      name,
      title,
      description,
      inputSchema: z.toJSONSchema(input, { io: 'input' }) as ToolListing['inputSchema'],
      outputSchema: orError(output),
      annotations: { title, ...hints },
    },
    call: async (args, visit) => run(parseInput(input, args), visit),
  }
}

function parseInput<Input>(schema: z.ZodType<Input>, args: unknown): Input {
  const parsed = schema.safeParse(args ?? {})
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(({ path, message }) => [...path.map(String), message].join(': '))
  throw new Failure('request_invalid', { detail: `${problems.slice(0, 5).join('; ')}.` })
}

/** Some clients check errors against the schema of answers too, so it has room for both. */
function orError(output: z.ZodObject): NonNullable<ToolListing['outputSchema']> {
  const { properties = {}, required = [] } = z.toJSONSchema(output, { io: 'input' })
  return {
    type: 'object',
    properties: { ...properties, error: z.toJSONSchema(toolError) },
    additionalProperties: false,
    oneOf: [{ required }, { required: ['error'] }],
  }
}
