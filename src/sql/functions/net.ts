import { familyOf } from './known-function.ts'
import { bytes, int64, string } from './rules.ts'

export const netFunctions = familyOf('scalar', {
  'NET.HOST': string,
  'NET.IPV4_FROM_INT64': bytes,
  'NET.IPV4_TO_INT64': int64,
  'NET.IP_FROM_STRING': bytes,
  'NET.IP_NET_MASK': bytes,
  'NET.IP_TO_STRING': string,
  'NET.IP_TRUNC': bytes,
  'NET.PUBLIC_SUFFIX': string,
  'NET.REG_DOMAIN': string,
  'NET.SAFE_IP_FROM_STRING': bytes,
})
