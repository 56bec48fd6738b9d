export type Print = (text: string) => void

export function printToStdout(text: string): void {
  process.stdout.write(text)
}
