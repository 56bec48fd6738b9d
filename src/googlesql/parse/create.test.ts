import { describe, expect, test } from 'vitest'
import { canonical, refusal } from '../../../test/fakes/read-statement.ts'

describe('a table', () => {
  test('takes columns with every attribute, and constraints', () => {
    const sql = `create or replace table p-1.d.t (
      id int64 primary key not enforced,
      name string(10) collate 'und:ci' default 'x' not null options(description = 'n'),
      tags array<struct<k string not null, v numeric(38, 9)>>,
      total numeric generated always as (id * 2) stored,
      check string,
      foreign key (name) references d.u (name) on delete cascade not enforced,
      constraint positive check (id > 0),
    )`
    expect(canonical(sql)).toBe(
      'CREATE OR REPLACE TABLE `p-1`.`d`.`t` (`id` INT64 PRIMARY KEY NOT ENFORCED, ' +
        "`name` STRING(10) COLLATE 'und:ci' DEFAULT 'x' NOT NULL OPTIONS(description = 'n'), " +
        '`tags` ARRAY<STRUCT<`k` STRING NOT NULL, `v` NUMERIC(38, 9)>>, ' +
        '`total` NUMERIC GENERATED ALWAYS AS (`id` * 2) STORED, `check` STRING, ' +
        'FOREIGN KEY (`name`) REFERENCES `d`.`u` (`name`) ON DELETE CASCADE NOT ENFORCED, ' +
        'CONSTRAINT `positive` CHECK (`id` > 0))',
    )
  })

  test('takes partitions, clusters, options and a query', () => {
    expect(
      canonical(
        'create temp table if not exists t partition by date(a) cluster by b options(x = 1) as select 1 a, 2 b,',
      ),
    ).toBe(
      'CREATE TEMP TABLE IF NOT EXISTS `t` PARTITION BY date(`a`) CLUSTER BY `b` OPTIONS(x = 1) ' +
        'AS SELECT 1 AS `a`, 2 AS `b`',
    )
  })

  test('is copied, cloned, made like another, kept as a snapshot, or found in files', () => {
    expect(canonical('create table t like d.u')).toBe('CREATE TABLE `t` LIKE `d`.`u`')
    expect(canonical('create table t copy d.u')).toBe('CREATE TABLE `t` COPY `d`.`u`')
    expect(canonical('create snapshot table s clone d.u for system_time as of @at options()')).toBe(
      'CREATE SNAPSHOT TABLE `s` CLONE `d`.`u` FOR SYSTEM_TIME AS OF @at OPTIONS()',
    )
    expect(
      canonical("create external table e with partition columns (d date) with connection p.us.c options(a = 'b')"),
    ).toBe("CREATE EXTERNAL TABLE `e` WITH PARTITION COLUMNS (`d` DATE) WITH CONNECTION `p`.`us`.`c` OPTIONS(a = 'b')")
  })

  test('says what is missing or does not belong to it', () => {
    expect(refusal('create table t (a)')).toEqual([18, 'a type'])
    expect(refusal('create table t ()')).toEqual([17, 'a column or a constraint'])
    expect(refusal('create snapshot table t copy u')).toEqual([25, 'CLONE'])
    expect(refusal('create external table t')).toEqual([24, 'OPTIONS'])
    expect(refusal('create table t if not exists as select 1')).toEqual([16, 'the end of the statement'])
    expect(refusal('create table t (a int64 references u (b) on delete nothing)')).toEqual([52, 'RESTRICT or CASCADE'])
  })

  test('nests its types to a counted depth', () => {
    const deep = `create table t (a ${'array<'.repeat(300)}int64${'>'.repeat(300)})`
    expect(refusal(deep)).toEqual([expect.any(Number), 'at most 200 levels of nesting'])
  })
})

describe('a view', () => {
  test('takes columns, security and options; a stored one partitions and another source', () => {
    expect(canonical("create view v (a options(description = 'x'), b) sql security invoker as select 1, 2")).toBe(
      "CREATE VIEW `v` (`a` OPTIONS(description = 'x'), `b`) SQL SECURITY INVOKER AS SELECT 1, 2",
    )
    expect(canonical('create materialized view if not exists v partition by a cluster by b as from t')).toBe(
      'CREATE MATERIALIZED VIEW IF NOT EXISTS `v` PARTITION BY `a` CLUSTER BY `b` AS FROM `t`',
    )
    expect(canonical('create materialized view v as replica of d.u')).toBe(
      'CREATE MATERIALIZED VIEW `v` AS REPLICA OF `d`.`u`',
    )
  })

  test('that is not stored has no partitions', () => {
    expect(refusal('create view v partition by a as select 1')).toEqual([15, 'AS'])
    expect(refusal('create recursive temp view v as select 1')).toEqual([8, expect.stringContaining('an object')])
  })
})

describe('a schema, an index, a model and the rest', () => {
  test.each([
    [
      "create schema if not exists d default collate 'und:ci' options(location = 'eu')",
      "CREATE SCHEMA IF NOT EXISTS `d` DEFAULT COLLATE 'und:ci' OPTIONS(location = 'eu')",
    ],
    [
      'create external schema s with connection default options()',
      'CREATE EXTERNAL SCHEMA `s` WITH CONNECTION DEFAULT OPTIONS()',
    ],
    [
      'create search index i on d.t (all columns with column options (a options(x = 1)))',
      'CREATE SEARCH INDEX `i` ON `d`.`t` (ALL COLUMNS WITH COLUMN OPTIONS (`a` OPTIONS(x = 1)))',
    ],
    [
      'create vector index i on d.t (a) storing (b, c) partition by d options()',
      'CREATE VECTOR INDEX `i` ON `d`.`t` (`a`) STORING (`b`, `c`) PARTITION BY `d` OPTIONS()',
    ],
    [
      'create model m input (a int64) output (b string) remote with connection c options()',
      'CREATE MODEL `m` INPUT (`a` INT64) OUTPUT (`b` STRING) REMOTE WITH CONNECTION `c` OPTIONS()',
    ],
    [
      'create model m transform (a, b + 1 as c) as select 1',
      'CREATE MODEL `m` TRANSFORM (`a`, `b` + 1 AS `c`) AS SELECT 1',
    ],
    [
      'create model m as (a as (select 1), b as (select 2))',
      'CREATE MODEL `m` AS (`a` AS (SELECT 1), `b` AS (SELECT 2))',
    ],
    [
      "create row access policy p on d.t grant to ('user:a', @b) filter using (c = 1)",
      "CREATE ROW ACCESS POLICY `p` ON `d`.`t` GRANT TO ('user:a', @b) FILTER USING (`c` = 1)",
    ],
    [
      "create row policy p on d.t to 'user:a', @b using (c = 1)",
      "CREATE ROW ACCESS POLICY `p` ON `d`.`t` GRANT TO ('user:a', @b) FILTER USING (`c` = 1)",
    ],
    [
      'create reservation `p.region-us.r` options(slot_capacity = 100)',
      'CREATE RESERVATION `p.region-us.r` OPTIONS(slot_capacity = 100)',
    ],
    ['create temp constant c = 1 + 1', 'CREATE TEMP CONSTANT `c` = 1 + 1'],
  ])('%s', (sql, expected) => {
    expect(canonical(sql)).toBe(expected)
  })

  test('say what they need', () => {
    expect(refusal('create property graph g')).toEqual([24, 'NODE'])
    expect(refusal('create temp search index i on t (a)')).toEqual([
      13,
      'an object that may be temporary, public or private',
    ])
    expect(refusal('create row access policy p on t grant to (a) filter using (true)')).toEqual([
      43,
      'a string or a parameter',
    ])
    expect(refusal('create model m input (a int64) remote')).toEqual([32, 'OUTPUT'])
    expect(refusal('create search index i on t ()')).toEqual([29, 'an expression'])
  })
})
