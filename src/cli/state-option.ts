import { Option } from 'commander'

const defaultState = '.sluice'

export function stateOption(): Option {
  return new Option('--state <directory>', 'state directory').env('SLUICE_STATE').default(defaultState)
}

/** The flag to repeat in a command for the same state directory. */
export function stateFlag(statePath: string): string {
  return statePath === defaultState ? '' : ` --state ${statePath}`
}

/** Lines of progress go where they do not mix with what a command prints. */
export function printProgress(line: string): void {
  console.error(line)
}
