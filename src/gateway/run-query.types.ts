// Orders that must not compile. Type checking this file is the test: an unused `@ts-expect-error` is an error.
import type { GovernedSql, GovernedText, Verified } from '../model/governed.ts'
import type { RunningJob, RunningJobFacts } from '../model/job.ts'
import type { PrincipalClaims } from '../model/principal.ts'
import type { Page, RedactedPage } from '../model/result.ts'
import type { Delivered, Recorded, Started } from '../model/session-event.ts'
import type { FetchOutcome } from './outcome.ts'
import type { Ports } from './ports.ts'
import type { Visit } from './query.ts'

declare const ports: Ports
declare const signal: AbortSignal
declare const claims: PrincipalClaims
declare const text: GovernedText
declare const governed: GovernedSql
declare const verified: Verified<GovernedSql>
declare const started: Started
declare const recorded: Recorded<Started>
declare const facts: RunningJobFacts
declare const page: Page
declare const redacted: RedactedPage
declare const delivered: Delivered
declare const job: RunningJob

// @ts-expect-error Claims that nobody verified are not a principal.
export const visit: Pick<Visit, 'principal'> = { principal: claims }

// @ts-expect-error SQL that was not governed cannot be verified.
void ports.verify(text, signal)

// @ts-expect-error A start without verified SQL cannot be put on record.
export const unverified: Started = { ...started, governed }

// @ts-expect-error A start that is not on record cannot be executed.
void ports.warehouse.execute(started, signal)

// @ts-expect-error A job that the warehouse did not start has no pages.
void ports.warehouse.page(facts, { maxRows: 1, index: 0 }, signal)

// @ts-expect-error A page that was not redacted cannot be put on record.
export const raw: Delivered = { ...delivered, page }

// @ts-expect-error A page that is not on record cannot be answered.
export const unrecorded: FetchOutcome = { job, recorded: delivered }

// The right order compiles.
export const right: Started = { ...started, governed: verified }
void ports.warehouse.execute(recorded, signal)
export const answered: Delivered = { ...delivered, page: redacted }
