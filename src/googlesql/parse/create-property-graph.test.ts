import { expect, test } from 'vitest'
import { canonical } from '../../../test/fakes/read-statement.ts'

test.each([
  ['CREATE PROPERTY GRAPH g NODE TABLES (a,)', 'CREATE PROPERTY GRAPH `g` NODE TABLES (`a`)'],
  [
    'CREATE OR REPLACE PROPERTY GRAPH IF NOT EXISTS d.g NODE TABLES (d.a AS x KEY (id) LABEL l PROPERTIES (id, n + 1 AS m) DEFAULT LABEL NO PROPERTIES) OPTIONS (x = 1)',
    'CREATE OR REPLACE PROPERTY GRAPH IF NOT EXISTS `d`.`g` NODE TABLES (`d`.`a` AS `x` KEY (`id`) LABEL `l` PROPERTIES (`id`, `n` + 1 AS `m`) DEFAULT LABEL NO PROPERTIES) OPTIONS(x = 1)',
  ],
  [
    'CREATE PROPERTY GRAPH g NODE TABLES (a) EDGE TABLES (e SOURCE KEY (i) REFERENCES a (id) DESTINATION KEY (j) REFERENCES a PROPERTIES ALL COLUMNS EXCEPT (k))',
    'CREATE PROPERTY GRAPH `g` NODE TABLES (`a`) EDGE TABLES (`e` SOURCE KEY (`i`) REFERENCES `a` (`id`) DESTINATION KEY (`j`) REFERENCES `a` PROPERTIES ARE ALL COLUMNS EXCEPT (`k`))',
  ],
  [
    'CREATE PROPERTY GRAPH g NODE TABLES (a DYNAMIC LABEL (l) DYNAMIC PROPERTIES (p))',
    'CREATE PROPERTY GRAPH `g` NODE TABLES (`a` DYNAMIC LABEL (`l`) DYNAMIC PROPERTIES (`p`))',
  ],
  [
    'CREATE PROPERTY GRAPH g NODE TABLES (a DEFAULT LABEL OPTIONS (x = 1) PROPERTIES (b OPTIONS (y = 2), c AS d))',
    'CREATE PROPERTY GRAPH `g` NODE TABLES (`a` DEFAULT LABEL OPTIONS(x = 1) PROPERTIES (`b` OPTIONS(y = 2), `c` AS `d`))',
  ],
  ['DROP PROPERTY GRAPH IF EXISTS d.g', 'DROP PROPERTY GRAPH IF EXISTS `d`.`g`'],
  ["CREATE DATA_POLICY `p.l.n` OPTIONS (x = 'y')", "CREATE DATA_POLICY `p.l.n` OPTIONS(x = 'y')"],
])('%s', (sql, printed) => {
  expect(canonical(sql)).toBe(printed)
  expect(canonical(printed)).toBe(printed)
})
