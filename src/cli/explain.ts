import { access, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { ZodError } from 'zod'
import { asFailure, Failure } from '../model/failure.ts'
import { parseQuery } from '../sql/analyze.ts'
import { explainAlone, explainText } from './explain/explain-text.ts'
import { type Explanation, exitCodeOf, exitCodes, explanationDocument } from './explain/explanation.ts'
import { coloured, explanationText, plain } from './explain/explanation-text.ts'
import { printProgress } from './state-option.ts'

export type ExplainOptions = {
  readonly as: string
  readonly defaultDataset?: string
  readonly catalog: string
  readonly policies: string
  readonly json?: true
}

const ownFile = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** `sluice explain FILE|-` */
export function explainCommand(): Command {
  return new Command('explain')
    .description(
      'Say what a query reads, what the policy decides, and what would be sent. Exits with 1 for a denial, 2 for a refusal.',
    )
    .argument('<file>', 'the query; - reads standard input')
    .option('--as <person>', 'somebody of the sandbox, or a JSON file of claims', 'alice')
    .option('--default-dataset <project.dataset>', 'what completes names')
    .option(
      '--catalog <file>',
      'the tables there are, as a world file; "none" tells what the text alone tells',
      ownFile('../sandbox/world.json'),
    )
    .option('--policies <directory>', 'policy repository to compile', ownFile('../../policies'))
    .option('--json', 'print JSON')
    .action(explain)
}

async function explain(file: string, options: ExplainOptions): Promise<void> {
  try {
    const explanation = await explanationOf(await readText(file), options)
    const colour = process.stdout.isTTY && process.env['NO_COLOR'] === undefined ? coloured : plain
    const text = options.json
      ? `${JSON.stringify(explanationDocument(explanation), null, 2)}\n`
      : explanationText(explanation, colour)
    process.stdout.write(text)
    process.exitCode = exitCodeOf(explanation)
  } catch (thrown) {
    report(thrown, options)
    process.exitCode = exitCodes.refused
  }
}

async function explanationOf(text: string, options: ExplainOptions): Promise<Explanation> {
  if (options.catalog === 'none') return explainAlone(parseQuery(text))
  // A policy, a compiler and an analyzer are needed only here.
  const { openSurroundings } = await import('./explain/surroundings.ts')
  const draft = parseQuery(text)
  return explainText(draft.text, await openSurroundings(options, printProgress))
}

async function readText(file: string): Promise<string> {
  if (file !== '-') {
    await access(file).catch(() => {
      throw new Error(`There is no file ${file}.`)
    })
    return readFile(file, 'utf8')
  }
  process.stdin.setEncoding('utf8')
  let text = ''
  for await (const part of process.stdin) text += part
  return text
}

function report(thrown: unknown, { json }: ExplainOptions): void {
  if (!(thrown instanceof Failure)) {
    const what =
      thrown instanceof ZodError
        ? `A file is not as it must be: ${thrown.message}`
        : String(thrown instanceof Error ? thrown.message : thrown)
    process.stderr.write(`${what}\n`)
    return
  }
  const { code, message, details, next } = asFailure(thrown)
  if (json) process.stdout.write(`${JSON.stringify({ failure: { code, message, ...details, next } }, null, 2)}\n`)
  process.stderr.write(`${code}: ${message}\n  ${next}\n`)
}
