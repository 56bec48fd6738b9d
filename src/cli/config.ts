import { Command } from 'commander'
import { loadConfig } from '../config/load-config.ts'

/** `sluice config check [FILE]` */
export function configCommand(): Command {
  const config = new Command('config').description('Look at a configuration.')
  config
    .command('check')
    .description('Read a configuration as the gateway would, with the environment, and name every problem.')
    .argument('[file]', 'YAML or JSON; SLUICE_CONFIG by default')
    .action(async (file: string | undefined) => {
      await loadConfig(file ?? process.env['SLUICE_CONFIG'], process.env)
      console.log('The configuration is good.')
    })
  return config
}
