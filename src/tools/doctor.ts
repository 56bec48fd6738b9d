import { toolCachePath } from './tool-cache.ts'
import { tools } from './tools.ts'

/** What is here: each tool with its version, place and checksum, or what its absence means. */
export async function describeTools(): Promise<string> {
  const lines = await Promise.all(
    Object.values(tools).map(async tool => {
      const found = await tool.find()
      if (found === undefined)
        return `missing  ${tool.name} ${tool.version}: ${tool.purpose}; \`npm run setup\` installs it`
      const checksum = found.checksum === undefined ? '' : `\n         sha256 ${found.checksum}`
      return `found    ${tool.name} ${found.version} (${found.source}) ${found.path}${checksum}`
    }),
  )
  return [
    `node     ${process.version} on ${process.platform} ${process.arch}`,
    `cache    ${toolCachePath()}`,
    ...lines,
  ].join('\n')
}
