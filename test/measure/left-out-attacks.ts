import type { AttackCase } from './cases.ts'

/** Attacks that no request to a gateway can express, and why. Every other one is run. */
const reasons: Readonly<Record<string, string>> = {
  'AUT-049': 'a bearer token is good for whoever holds it, from anywhere; what helps is that it lives shortly',
  'AUT-057': "the gateway's clock cannot be set from outside; src/identity/authenticate.test.ts runs it",
  'POL-017': 'a policy that judges texts allows what its author wrote; policies/README.md says never to',
  'POL-022': 'the query is answered under a policy that is no such burden; src/policy has the deadline',
  'POL-023': 'no table of the world is that wide; src/policy has the limit of the input',
  'POL-024': 'no decision is kept, so none gets old',
  'POL-026': 'no claim of the world is such a number',
  'POL-031': 'opa itself refuses bundles whose roots overlap',
  'POL-033': 'opa reads such a file as any other; what its reviewers see is not the gateway’s to say',
  'POL-034': 'nobody but the owner of the world sets labels in it, and its policy reads none',
  'HTP-036': 'it takes longer than a run; src/http has the time limit of a request',
  'HTP-040': 'the sandbox listens on loopback, without TLS',
  'HTP-041': 'no client of the sandbox has a certificate',
  'DIR-008': 'it happens on the host, past the gateway',
  'DIR-009': "it goes to a host of Google's past the gateway, which the network must block",
  'DIR-010': "it goes to a host of Google's past the gateway, which the network must block",
  'DIR-011': "it goes to a host of Google's past the gateway, which the network must block",
  'DIR-012': "it goes to a host of Google's past the gateway, which the network must block",
  'MCP-019': 'it is about what an agent makes of names',
  'MCP-020': 'it is about what an agent makes of data',
  'MCP-034': 'it needs the visit of another client at the same moment; src/protocol/mcp runs it',
  'MCP-047': 'the sandbox asks for no scopes',
  'MCP-051': 'it happens between two servers of one agent',
  'REC-001': 'src/recording and its crash tests take the store away',
  'REC-004': 'src/recording and its crash tests take the store away',
  'REC-005': 'src/recording and its crash tests take the disk away',
  'REC-006': 'src/recording and its crash tests take the store away',
  'REC-011': 'the scanner of results has no such fault to be asked for',
  'REC-012': 'the gateway speaks no HTTP/2 to clients of REST',
  'REC-013': 'bench asks that much; the records of a run are checked by their chain of hashes',
  'REC-014': "the gateway's clock cannot be set from outside",
  'REC-015': 'src/protocol/bigquery/door.test.ts sends one request twice',
  'REC-020': 'it is done by the operator, on the host',
  'REC-033':
    'the world has no such table; policy says how much of a page is kept, and the record says how much was not',
}

/** Why a case is not run; undefined for one that is. */
export function whyLeftOut({ id }: AttackCase): string | undefined {
  return reasons[id]
}
