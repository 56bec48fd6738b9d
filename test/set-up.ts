import { setUpTools } from '../src/tools/set-up.ts'

/** Finds or installs what the tests run; the first time this takes some minutes, and it says what it does. */
export async function setUpForTests(): Promise<{ readonly opa: string }> {
  const found = await setUpTools(['opa', 'googlesql-reference', 'local-bigquery', 'chdb'], line => console.log(line))
  for (const [name, { version, path }] of Object.entries(found)) console.log(`${name} ${version}: ${path}`)
  return { opa: found.opa.path }
}
