import { randomBytes } from 'node:crypto'
import type { OpenUpload } from '../../gateway/transfer.ts'
import type { Principal } from '../../model/principal.ts'
import { principalId } from '../../model/principal.ts'
import type { AskedTransfer } from './transfer-job.ts'

/** A file that comes in parts, and the job that it is for. */
export type UploadEntry = OpenUpload & {
  readonly id: string
  readonly asked: AskedTransfer
  readonly principal: Principal
}

/** Uploads that are under way; each exists for its owner alone, on the replica that opened it. */
export type UploadBook = {
  /** Gives the one that had to make room. */
  readonly open: (upload: Omit<UploadEntry, 'id'>) => { readonly id: string; readonly evicted?: UploadEntry }
  readonly find: (id: string, owner: Principal) => UploadEntry | undefined
  readonly close: (id: string) => void
}

export function openUploadBook(limit: number): UploadBook {
  const uploads = new Map<string, UploadEntry>()
  return {
    open(upload) {
      const id = randomBytes(24).toString('hex')
      uploads.set(id, { ...upload, id })
      const [oldest] = uploads.values()
      if (uploads.size <= limit || oldest === undefined) return { id }
      uploads.delete(oldest.id)
      return { id, evicted: oldest }
    },
    find(id, owner) {
      const upload = uploads.get(id)
      return upload !== undefined && principalId(upload.principal) === principalId(owner) ? upload : undefined
    },
    close: id => void uploads.delete(id),
  }
}
