import { familyOf } from './known-function.ts'
import { bytes, int64 } from './rules.ts'

export const hashFunctions = familyOf('scalar', {
  FARM_FINGERPRINT: int64,
  MD5: bytes,
  SHA1: bytes,
  SHA256: bytes,
  SHA512: bytes,
})
