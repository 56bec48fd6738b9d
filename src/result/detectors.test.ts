import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DetectorName, detectorNames } from '../model/decision.ts'
import { replaceFound } from './detector.ts'
import { passesLuhn } from './detectors/credit-card.ts'
import { detectors } from './detectors.ts'

const samples: Readonly<Record<DetectorName, { readonly found: readonly string[]; readonly left: readonly string[] }>> =
  {
    email: {
      found: ['alice.archer@canary.example', 'a@b.co', 'first+tag@sub.domain-name.org', "o'neil@x.ie"],
      left: ['XXXXX@canary.example', 'a@b', '@handle', 'user@', 'a @b.com', '1@2.3', 'x@@y.zz'],
    },
    us_ssn: {
      found: ['900-11-0001', '123-45-6789'],
      left: ['000-12-3456', '666-12-3456', '123-00-4567', '123-45-0000', '123456789', '1123-45-6789', '123-45-67890'],
    },
    credit_card: {
      found: [
        '4111111111111111',
        '4111 1111 1111 1111',
        '5500-0000-0000-0004',
        '3400 000000 00009',
        '6011000000000004',
      ],
      left: ['4111111111111112', '0000000000000000', '1234567890123456', '4111 1111-1111 1111', '0.4111111111111111'],
    },
    phone: {
      found: ['+15550100001', '+44 20 7946 0958', '(212) 555-0100', '212-555-0100', '+1 (555) 010-0001'],
      left: ['15550100001', '2024-01-01', '1+15550100', '10.0.0.1', '012-555-0100', '+0155501000', '212-555-01000'],
    },
    secret_key: {
      found: [
        `AKIA${'A1B2'.repeat(4)}`,
        `AIza${'x'.repeat(35)}`,
        `ghp_${'a'.repeat(36)}`,
        `sk_live_${'a'.repeat(24)}`,
        `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(43)}`,
        '-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----',
        '-----BEGIN PRIVATE KEY-----\nMIIB',
      ],
      left: ['AKIA', 'my_ghp_short', 'sk-1', 'eyJhbGciOi', '-----BEGIN PUBLIC KEY-----', 'f'.repeat(64)],
    },
  }

describe.each(detectorNames)('%s', name => {
  const detect = detectors[name]

  test.each(samples[name].found)('finds %j and nothing around it', sample => {
    expect(detect(sample)).toEqual([{ start: 0, end: sample.length }])
    expect(detect(`see ${sample}`)).toEqual([{ start: 4, end: 4 + sample.length }])
  })

  test.each(samples[name].left)('leaves %j alone', sample => {
    expect(detect(sample)).toEqual([])
    expect(detect(`see ${sample}, please`)).toEqual([])
  })

  test('what was found lies in the text, in order, and is gone once it is replaced', () => {
    const part = fc.oneof(fc.constantFrom(...samples[name].found, ...samples[name].left), fc.string({ unit: 'binary' }))
    fc.assert(
      fc.property(fc.array(part), fc.constantFrom(' ', ', ', '\n', '"'), (parts, between) => {
        const text = parts.join(between)
        const found = detect(text)
        expect(found.every(({ start, end }, i) => start < end && start >= (found[i - 1]?.end ?? 0))).toBe(true)
        expect(detect(replaceFound(text, found, 'REDACTED'))).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  test('hostile texts of half a megabyte take less than a second', () => {
    const units = [
      '@',
      'a',
      '1',
      '1 ',
      '1-',
      '+1',
      '@a.',
      'a@a',
      '(',
      '4111 ',
      'eyJ',
      'eyJaaaaaaaaaaa.',
      'sk-',
      '-----BEGIN ',
    ]
    for (const unit of [...units, '-----BEGIN PRIVATE KEY-----', `a@${'a.'.repeat(120)}`, `${'1'.repeat(20)} `]) {
      const text = unit.repeat(Math.ceil(500_000 / unit.length))
      const began = performance.now()
      detect(text)
      expect(performance.now() - began, unit.slice(0, 20)).toBeLessThan(1_000)
    }
  })
})

test('the check digit of a card is the only one that fits', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 18 }), digits => {
      const fitting = Array.from({ length: 10 }, (_, digit) => `${digits.join('')}${digit}`).filter(passesLuhn)
      expect(fitting).toHaveLength(1)
    }),
  )
})
