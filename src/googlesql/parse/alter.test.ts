import { describe, expect, test } from 'vitest'
import { canonical, refusal } from '../../../test/fakes/read-statement.ts'

describe('ALTER', () => {
  test.each([
    ['alter table if exists p-1.d.t set options(x += 1)', 'ALTER TABLE IF EXISTS `p-1`.`d`.`t` SET OPTIONS(x += 1)'],
    [
      'alter table t add column if not exists a int64 not null, drop column b',
      'ALTER TABLE `t` ADD COLUMN IF NOT EXISTS `a` INT64 NOT NULL, DROP COLUMN `b`',
    ],
    ['alter table t rename column a to b, rename to u', 'ALTER TABLE `t` RENAME COLUMN `a` TO `b`, RENAME TO `u`'],
    [
      "alter table t alter column a set data type struct<b string collate 'x'>",
      "ALTER TABLE `t` ALTER COLUMN `a` SET DATA TYPE STRUCT<`b` STRING COLLATE 'x'>",
    ],
    [
      'alter table t alter column if exists a drop not null, alter column b set default 1',
      'ALTER TABLE `t` ALTER COLUMN IF EXISTS `a` DROP NOT NULL, ALTER COLUMN `b` SET DEFAULT 1',
    ],
    [
      'alter table t alter column a set generated as identity(start with -1 no cycle)',
      'ALTER TABLE `t` ALTER COLUMN `a` SET GENERATED ALWAYS AS IDENTITY(START WITH -1 NO CYCLE)',
    ],
    ['alter table t add primary key (a, b) not enforced', 'ALTER TABLE `t` ADD PRIMARY KEY (`a`, `b`) NOT ENFORCED'],
    [
      'alter table t add constraint if not exists c foreign key (a) references u (b)',
      'ALTER TABLE `t` ADD CONSTRAINT IF NOT EXISTS `c` FOREIGN KEY (`a`) REFERENCES `u` (`b`)',
    ],
    [
      'alter table t drop constraint if exists c, drop primary key if exists',
      'ALTER TABLE `t` DROP CONSTRAINT IF EXISTS `c`, DROP PRIMARY KEY IF EXISTS',
    ],
    ['alter table t alter constraint c not enforced', 'ALTER TABLE `t` ALTER CONSTRAINT `c` NOT ENFORCED'],
    [
      "alter schema d add replica r options(location = 'eu')",
      "ALTER SCHEMA `d` ADD REPLICA `r` OPTIONS(location = 'eu')",
    ],
    ["alter schema d set default collate 'und:ci'", "ALTER SCHEMA `d` SET DEFAULT COLLATE 'und:ci'"],
    ['alter vector index i on d.t rebuild', 'ALTER VECTOR INDEX `i` ON `d`.`t` REBUILD'],
    ['alter organization set options(`region-us.x` = 1)', 'ALTER ORGANIZATION SET OPTIONS(`region-us.x` = 1)'],
    ['alter schema d set options(a = proto, b = 1)', 'ALTER SCHEMA `d` SET OPTIONS(a = `proto`, b = 1)'],
    ['alter project `p` set options(a = null)', 'ALTER PROJECT `p` SET OPTIONS(a = NULL)'],
    [
      "alter row access policy p on t grant to ('a'), filter using (b), rename to q",
      "ALTER ROW ACCESS POLICY `p` ON `t` GRANT TO ('a'), FILTER USING (`b`), RENAME TO `q`",
    ],
    ['alter all row access policies on t revoke from all', 'ALTER ALL ROW ACCESS POLICIES ON `t` REVOKE FROM ALL'],
  ])('%s', (sql, expected) => {
    expect(canonical(sql)).toBe(expected)
  })

  test('says which actions there are', () => {
    expect(refusal('alter table t')).toEqual([14, 'SET or RENAME or ADD or DROP or ALTER or REBUILD'])
    expect(refusal('alter table t add column a')).toEqual([27, 'a type'])
    expect(refusal('alter table t alter column a set not null')).toEqual([34, 'DATA'])
    expect(refusal('alter function f set options()')).toEqual([7, expect.stringContaining('TABLE or VIEW')])
    expect(refusal('alter row access policy p on t grant to (a)')).toEqual([42, 'a string or a parameter'])
  })
})

describe('DROP and UNDROP', () => {
  test.each([
    ['drop table if exists foo-bar.baz', 'DROP TABLE IF EXISTS `foo-bar`.`baz`'],
    ['drop schema d cascade', 'DROP SCHEMA `d` CASCADE'],
    ['drop table function d.f', 'DROP TABLE FUNCTION `d`.`f`'],
    [
      'drop function f(int64, a struct<b string>, table<c int64>)',
      'DROP FUNCTION `f`(INT64, `a` STRUCT<`b` STRING>, TABLE<`c` INT64>)',
    ],
    ['drop materialized view v', 'DROP MATERIALIZED VIEW `v`'],
    ['drop search index i on d.t', 'DROP SEARCH INDEX `i` ON `d`.`t`'],
    ['drop row access policy if exists p on d.t', 'DROP ROW ACCESS POLICY IF EXISTS `p` ON `d`.`t`'],
    ['drop all row access policies on d.t', 'DROP ALL ROW ACCESS POLICIES ON `d`.`t`'],
    ['drop function function', 'DROP FUNCTION `function`'],
    ['undrop schema if not exists d', 'UNDROP SCHEMA IF NOT EXISTS `d`'],
  ])('%s', (sql, expected) => {
    expect(canonical(sql)).toBe(expected)
  })

  test('say what they cannot drop', () => {
    expect(refusal('drop table t cascade')).toEqual([14, 'the end of the statement'])
    expect(refusal('drop column c')).toEqual([6, expect.stringContaining('TABLE or')])
    expect(refusal('undrop table t')).toEqual([8, 'SCHEMA'])
    expect(refusal('drop row access policy on t')).toEqual([24, 'the name of a policy'])
  })
})
