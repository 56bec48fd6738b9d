import type { FoundTool, Print } from './tool.ts'
import { type ToolName, tools } from './tools.ts'

export type FoundTools<Name extends ToolName> = Readonly<Record<Name, FoundTool>>

/** Finds each tool or puts it into the tool cache, and prints the choice. Throws `ToolMissing` for the first that cannot be had. */
export async function setUpTools<Name extends ToolName>(
  names: readonly Name[],
  print: Print,
): Promise<FoundTools<Name>> {
  const found = await Promise.all(names.map(async name => [name, await findOrInstall(name, print)] as const))
  return Object.fromEntries(found) as FoundTools<Name>
}

async function findOrInstall(name: ToolName, print: Print): Promise<FoundTool> {
  const tool = tools[name]
  const present = await tool.find()
  if (present !== undefined) return present
  const began = Date.now()
  const installed = await tool.install(print)
  const seconds = ((Date.now() - began) / 1000).toFixed(0)
  print(`${name} ${installed.version}: ready at ${installed.path} (${seconds} s)`)
  return installed
}
