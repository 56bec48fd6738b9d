import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { OpenRequest } from '../open-requests.ts'
import type { Seal } from '../proof/checkpoint.ts'
import { newChain } from './chain.ts'
import { claim, markOwned, type Owner, thisOwner } from './ownership.ts'
import { type Recovered, recover } from './recover.ts'
import { sealLeft } from './seal-left.ts'
import { isSettled, unmarkSettled } from './settled.ts'
import { SpoolWriter, type WriterSettings } from './spool-writer.ts'
import { syncDirectory } from './sync-directory.ts'

/** A writer's directory that this process owns now, with what its last owner left. */
export type Claimed = Recovered & { readonly directory: string; readonly writer: string }

export type OpenedSpool = {
  readonly owner: Owner
  readonly own: Claimed
  readonly writer: SpoolWriter
  /** Directories beside this process's own that it must drain. */
  readonly adopted: readonly Claimed[]
  /** Requests that were running in processes that have gone. */
  readonly open: readonly OpenRequest[]
  readonly tornBytes: number
}

/** Opens a spool that several processes may share: each has a directory of its own and takes over those of the dead. */
export async function openSpool(path: string, settings: WriterSettings): Promise<OpenedSpool> {
  await mkdir(path, { recursive: true })
  const owner = thisOwner()
  const [own = await newDirectory(path, owner), ...left] = await claimAll(path, owner)
  const adopted = await sealAll(left, settings.seal)
  const claimed = [own, ...adopted]
  const open = claimed.flatMap(left => left.open)
  // Its chain goes on where it stood, so that a restart leaves no seam in the proof.
  const start = { chain: own.chain, segment: own.end.segment, open, ...(own.unsealed && { unsealed: own.unsealed }) }
  const writer = new SpoolWriter(own.directory, start, settings)
  await writer.begin()
  await unmarkSettled(own.directory)
  const tornBytes = claimed.reduce((sum, left) => sum + left.tornBytes, 0)
  return { owner, own, writer, adopted, open, tornBytes }
}

async function claimAll(path: string, owner: Owner): Promise<readonly Claimed[]> {
  const names = (await readdir(path)).filter(name => name.startsWith('writer-')).sort()
  const claimed: Claimed[] = []
  for (const writer of names) {
    const directory = join(path, writer)
    if (!(await claim(directory, owner))) continue
    const left = await recover(directory, writer)
    claimed.push({ ...left, open: (await isSettled(directory)) ? [] : left.open, directory, writer })
  }
  return claimed
}

async function sealAll(left: readonly Claimed[], seal: Seal | undefined): Promise<readonly Claimed[]> {
  return Promise.all(
    left.map(async claimed => ({ ...claimed, ...(seal && (await sealLeft(claimed.directory, claimed, seal))) })),
  )
}

async function newDirectory(path: string, owner: Owner): Promise<Claimed> {
  const writer = `writer-${randomBytes(6).toString('hex')}`
  const [building, directory] = [join(path, `.${writer}`), join(path, writer)]
  await mkdir(building)
  await markOwned(building, owner)
  await rename(building, directory)
  await syncDirectory(path)
  const end = { segment: 0, offset: 0 }
  return { directory, writer, chain: newChain(writer), open: [], end, tornBytes: 0 }
}
