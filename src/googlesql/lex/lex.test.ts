import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SyntaxFailure } from '../syntax-failure.ts'
import { lex } from './lex.ts'
import { tokenType } from './tokens.ts'

const typeNames = Object.entries(tokenType)

/** Tokens as `type text`, the end left out. */
function tokensOf(source: string): readonly string[] {
  const { types, starts, ends } = lex(source)
  return types.slice(0, -1).map((type, index) => {
    const name = typeNames.find(([, value]) => value === type)?.[0]
    return `${name} ${source.slice(starts[index], ends[index])}`
  })
}

describe('words', () => {
  test('are reserved, known to the grammar, or names', () => {
    expect(tokensOf('SeLeCt offset x_1')).toEqual(['reserved SeLeCt', 'word offset', 'identifier x_1'])
  })

  test('are names behind a dot, even keywords and digits', () => {
    expect(tokensOf('t.select.1a')).toEqual([
      'identifier t',
      'symbol .',
      'identifier select',
      'symbol .',
      'identifier 1a',
    ])
  })

  test('are digits behind the dot of what is a value', () => {
    expect(tokensOf('?.1').at(-1)).toBe('identifier 1')
    expect(tokensOf('f().1').at(-1)).toBe('identifier 1')
  })

  test('in backticks keep everything but line ends', () => {
    expect(tokensOf('`p.d.t-1 --`')).toEqual(['quoted `p.d.t-1 --`'])
    expect(() => lex('`a\nb`')).toThrow(SyntaxFailure)
    expect(() => lex('``')).toThrow(SyntaxFailure)
  })
})

describe('literals', () => {
  test.each(["'a\\'b'", '"a\'b"', "r'\\'", "'''a'\n''b'''", 'rb"\\x"', '"""""\\""""', "R'''a\\'''b'''"])(
    '%j is one literal, or is never closed',
    source => {
      const isOpen = source === "r'\\'"
      if (isOpen) expect(() => lex(source)).toThrow(/closing quote/)
      else expect(tokensOf(source)).toHaveLength(1)
    },
  )

  test('of numbers end where a word or another number begins', () => {
    expect(tokensOf('1.5e3 .5 0xFf 1.')).toEqual(['float 1.5e3', 'float .5', 'integer 0xFf', 'float 1.'])
  })
})

describe('comments', () => {
  test.each(['-- x\n', '# x\n', '/* x\n */', '/* /* */', '--', '#'])('%j is no token', comment => {
    expect(tokensOf(`a ${comment}`)).toEqual(['identifier a'])
  })

  test('do not nest: the first end closes the comment', () => {
    expect(tokensOf('/* /* */ a */')).toEqual(['identifier a', 'symbol *', 'symbol /'])
  })

  test('in one line end at a line feed only', () => {
    expect(tokensOf('-- a\rb\nc')).toEqual(['identifier c'])
  })
})

describe('any text', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.constantFrom('a', '1', '.', "'", '"', '`', '\\', '\n', '--', '/*', '*/', ' ', 'r', 'b', '@@', '|>', '>>'),
      )
      .map(parts => parts.join('')),
  )

  test('is cut into tokens that follow one another, or is refused with a place', () => {
    fc.assert(
      fc.property(texts, source => {
        try {
          const { starts, ends } = lex(source)
          expect(starts.every((start, index) => start >= (ends[index - 1] ?? 0) && start <= (ends[index] ?? -1))).toBe(
            true,
          )
          expect(ends.at(-1)).toBe(source.length)
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(SyntaxFailure)
          expect((thrown as SyntaxFailure).offset).toBeLessThanOrEqual(source.length)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('gives nothing away between its tokens but white space and comments', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '1', "'x'", '`y`', ',', '(', '>=')), parts => {
        expect(tokensOf(parts.join(' ')).map(token => token.replace(/^\w+ /, ''))).toEqual(parts)
      }),
    )
  })
})
