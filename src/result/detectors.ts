import type { DetectorName } from '../model/decision.ts'
import type { Detector } from './detector.ts'
import { findCreditCards } from './detectors/credit-card.ts'
import { findEmails } from './detectors/email.ts'
import { findPhoneNumbers } from './detectors/phone.ts'
import { findSecretKeys } from './detectors/secret-key.ts'
import { findSocialSecurityNumbers } from './detectors/us-ssn.ts'

export const detectors: { readonly [Name in DetectorName]: Detector } = {
  email: findEmails,
  us_ssn: findSocialSecurityNumbers,
  credit_card: findCreditCards,
  phone: findPhoneNumbers,
  secret_key: findSecretKeys,
}
