/** Where a tool is and how it came to be there. */
export type FoundTool = {
  readonly path: string
  readonly version: string
  /** `PATH`, `cache`, an environment variable, `npm`. */
  readonly source: string
  /** sha256 of the file that matters, where there is one. */
  readonly checksum?: string
}

/** Takes a line of progress for people. */
export type Print = (line: string) => void

/** Something outside this package that Sluice runs. One row of the table in `tools.ts`. */
export type Tool = {
  readonly name: string
  readonly version: string
  /** What it is for, and what is missing without it. */
  readonly purpose: string
  readonly find: () => Promise<FoundTool | undefined>
  /** Puts it into the tool cache; throws `ToolMissing` with what to install by hand. */
  readonly install: (print: Print) => Promise<FoundTool>
}

/** A tool could not be had; `remedy` says what a person can do. */
export class ToolMissing extends Error {
  override readonly name = 'ToolMissing'
  readonly remedy: string

  constructor(tool: string, remedy: string, options?: ErrorOptions) {
    super(`${tool} is missing. ${remedy}`, options)
    this.remedy = remedy
  }
}
