import { configSchema } from './config.ts'
import { listItem, type Setting, settingsOf } from './settings.ts'

/** `docs/configuration.md`: every setting, as a page for people. */
export function configurationPage(): string {
  const settings = settingsOf(configSchema)
  const sections = Object.entries(configSchema.shape).map(([name, section]) => {
    const rows = settings.filter(({ path }) => path[0] === name).map(row)
    return `## ${name}

${section.description ?? ''}

| setting | allowed | default | meaning |
|---|---|---|---|
${rows.join('\n')}
`
  })
  return `# Configuration

Sluice reads one file, YAML or JSON, and then the environment, which wins. Unknown settings and unknown \`SLUICE_\` variables
are errors, and every problem is reported at once before anything starts.

The variable of a setting is \`SLUICE_\`, its path in capitals, words apart by underscores: \`http.port\` is \`SLUICE_HTTP_PORT\`,
\`recording.spoolPath\` is \`SLUICE_RECORDING_SPOOL_PATH\`. Text is taken as it is; lists, maps, numbers and booleans are JSON.

This page is written from the options of each module; \`npm run docs\` writes it again.

${sections.join('\n')}`
}

function row({ path, allowed, isRequired, meaning, onlyWith, ...rest }: Setting): string {
  const fallback =
    rest.default === undefined ? (isRequired ? '**required**' : '') : `\`${JSON.stringify(rest.default)}\``
  const condition = onlyWith === undefined ? '' : ` (with \`${onlyWith}\`)`
  const cells = [
    `\`${path.slice(1).join('.').replaceAll(`.${listItem}`, listItem)}\``,
    allowed,
    fallback,
    `${meaning}${condition}`,
  ]
  return `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
