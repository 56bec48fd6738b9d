import { Command } from 'commander'
import { describeTools } from '../tools/doctor.ts'
import { setUpTools } from '../tools/set-up.ts'
import { isToolName, type ToolName, tools } from '../tools/tools.ts'

const all = Object.keys(tools).filter(isToolName)

/** `sluice setup [TOOL ...]` */
export function setupCommand(): Command {
  return new Command('setup')
    .description('Find the tools that Sluice runs, or put them into the tool cache.')
    .argument('[tools...]', `some of ${all.join(', ')}; all by default`)
    .action(async (names: readonly string[]) => {
      const found = await setUpTools(namesOf(names), line => console.log(line))
      for (const [name, { version, source, path }] of Object.entries(found)) {
        console.log(`${name} ${version} (${source}) ${path}`)
      }
    })
}

/** `sluice doctor` */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Say which tools are here, where, in which version and with which checksum.')
    .action(async () => console.log(await describeTools()))
}

function namesOf(names: readonly string[]): readonly ToolName[] {
  const unknown = names.find(name => !isToolName(name))
  if (unknown !== undefined) throw new Error(`There is no tool ${unknown}; there are ${all.join(', ')}.`)
  return names.length === 0 ? all : names.filter(isToolName)
}
