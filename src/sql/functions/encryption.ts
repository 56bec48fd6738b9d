import { scalar, structOf } from '../types/type-makers.ts'
import { familyOf } from './known-function.ts'
import { always, bytes, int64, string, untold } from './rules.ts'

const keysetChain = structOf({
  kms_resource_name: scalar('STRING'),
  first_level_keyset: scalar('BYTES'),
  second_level_keyset: scalar('BYTES'),
})

/** Functions that use keys: who may call them may unmask what they decrypt. */
export const encryptionFunctions = familyOf('crypto_keys', {
  'AEAD.DECRYPT_BYTES': bytes,
  'AEAD.DECRYPT_STRING': string,
  'AEAD.ENCRYPT': bytes,
  DETERMINISTIC_DECRYPT_BYTES: bytes,
  DETERMINISTIC_DECRYPT_STRING: string,
  DETERMINISTIC_ENCRYPT: bytes,
  DLP_DETERMINISTIC_DECRYPT: string,
  DLP_DETERMINISTIC_ENCRYPT: string,
  DLP_KEY_CHAIN: untold,
  'KEYS.ADD_KEY_FROM_RAW_BYTES': bytes,
  'KEYS.KEYSET_CHAIN': always(keysetChain),
  'KEYS.KEYSET_FROM_JSON': bytes,
  'KEYS.KEYSET_LENGTH': int64,
  'KEYS.KEYSET_TO_JSON': string,
  'KEYS.NEW_KEYSET': bytes,
  'KEYS.NEW_WRAPPED_KEYSET': bytes,
  'KEYS.REWRAP_KEYSET': bytes,
  'KEYS.ROTATE_KEYSET': bytes,
  'KEYS.ROTATE_WRAPPED_KEYSET': bytes,
})
