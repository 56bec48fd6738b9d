export type Instruction = { readonly kind: string; readonly text: string }

export type Stage = {
  readonly from: string
  readonly name: string | undefined
  readonly instructions: readonly Instruction[]
}

const known = /^(FROM|ARG|RUN|CMD|EXPOSE|ENV|COPY|ENTRYPOINT|VOLUME|USER|WORKDIR|HEALTHCHECK|LABEL|SHELL|STOPSIGNAL)$/

/** The stages of a Dockerfile with their instructions, continued lines joined. Throws for what is no instruction. */
export function readDockerfile(text: string): readonly Stage[] {
  const lines = text.replace(/^\s*#.*\n/gm, '').replace(/\\\n/g, ' ')
  const stages: { from: string; name: string | undefined; instructions: Instruction[] }[] = []
  for (const line of lines.split('\n').filter(one => one.trim() !== '')) {
    const [, kind = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? []
    if (!known.test(kind)) throw new Error(`this is no instruction: ${line}`)
    if (kind === 'FROM') {
      const [, from = '', name] = /^(\S+)(?:\s+AS\s+(\S+))?$/.exec(rest) ?? []
      stages.push({ from, name, instructions: [] })
    } else stages.at(-1)?.instructions.push({ kind, text: rest.replace(/\s+/g, ' ').trim() })
  }
  return stages
}
