import type { Script } from '../googlesql/ast/script.ts'
import type { Statement } from '../googlesql/ast/statement.ts'
import type { StatementClass, StatementKind } from '../model/statement.ts'

type Rows = {
  readonly [K in Statement['kind']]: (statement: Extract<Statement, { readonly kind: K }>) => StatementKind
}

const script = row('SCRIPT', 'script')

const rows: Rows = {
  QueryStatement: row('SELECT', 'read'),
  HintedStatement: ({ statement }) => kindOf(statement),
  Assert: row('ASSERT', 'read'),

  Insert: row('INSERT', 'write'),
  Update: row('UPDATE', 'write'),
  Delete: row('DELETE', 'write'),
  Merge: row('MERGE', 'write'),
  Truncate: row('TRUNCATE_TABLE', 'write'),

  CreateSchema: ({ external }) => ddl(external ? 'CREATE EXTERNAL SCHEMA' : 'CREATE SCHEMA'),
  CreateTable: ({ form, query }) => ddl(`CREATE ${form ?? ''} TABLE${query === undefined ? '' : ' AS SELECT'}`),
  CreateView: ({ form }) => ddl(`CREATE ${form ?? ''} VIEW`),
  CreateIndex: ({ form }) => ddl(`CREATE ${form === 'UNIQUE' ? '' : (form ?? '')} INDEX`),
  CreateModel: row('CREATE_MODEL', 'ddl'),
  CreateFunction: row('CREATE_FUNCTION', 'ddl'),
  CreateTableFunction: row('CREATE_TABLE_FUNCTION', 'ddl'),
  CreateProcedure: row('CREATE_PROCEDURE', 'ddl'),
  CreateEntity: ({ type }) => ddl(`CREATE ${type}`),
  CreatePropertyGraph: row('CREATE_PROPERTY_GRAPH', 'ddl'),
  CreateConstant: row('CREATE_CONSTANT', 'ddl'),
  Drop: ({ object }) => ddl(`DROP ${object}`),
  Undrop: ({ object }) => ddl(`UNDROP ${object}`),
  Alter: ({ object }) => ddl(`ALTER ${object}`),

  // They say who sees which rows, so that they are granted as GRANT is.
  CreateRowAccessPolicy: row('CREATE_ROW_ACCESS_POLICY', 'dcl'),
  DropRowAccessPolicy: row('DROP_ROW_ACCESS_POLICY', 'dcl'),
  AlterRowAccessPolicy: row('ALTER_ROW_ACCESS_POLICY', 'dcl'),
  Grant: row('GRANT', 'dcl'),
  Revoke: row('REVOKE', 'dcl'),

  ExportData: row('EXPORT_DATA', 'export'),
  ExportModel: row('EXPORT_MODEL', 'export'),
  ExportMetadata: row('EXPORT_TABLE_METADATA', 'export'),
  LoadData: row('LOAD_DATA', 'load'),
  Call: row('CALL', 'call'),

  BeginTransaction: row('BEGIN_TRANSACTION', 'transaction'),
  SetTransaction: row('SET_TRANSACTION', 'transaction'),
  CommitTransaction: row('COMMIT_TRANSACTION', 'transaction'),
  RollbackTransaction: row('ROLLBACK_TRANSACTION', 'transaction'),

  SetVariable: ({ targets }) => {
    const isSystem = targets.some(({ kind }) => kind === 'SystemVariable')
    return { kind: 'SCRIPT', class: isSystem ? 'session' : 'script' }
  },
  Declare: script,
  Block: script,
  If: script,
  CaseStatement: script,
  Loop: script,
  While: script,
  Repeat: script,
  ForIn: script,
  Break: script,
  Continue: script,
  Return: script,
  Raise: script,
  ExecuteImmediate: script,
}

export function kindOf(statement: Statement): StatementKind {
  const read = rows[statement.kind] as (statement: Statement) => StatementKind
  return read(statement)
}

/** Several statements are a script, whatever they are; temporary functions before a query are a part of that query. */
export function kindOfScript({ statements }: Script): StatementKind {
  const last = statements.at(-1)
  const before = statements.slice(0, -1)
  const isQuery = last?.kind === 'QueryStatement' && before.every(isTemporaryFunction)
  return last !== undefined && (isQuery || before.length === 0) ? kindOf(last) : { kind: 'SCRIPT', class: 'script' }
}

function isTemporaryFunction(statement: Statement): boolean {
  return statement.kind === 'CreateFunction' && statement.scope === 'TEMP'
}

function row(kind: string, statementClass: StatementClass): () => StatementKind {
  return () => ({ kind, class: statementClass })
}

/** The words of a definition as BigQuery joins them. */
function ddl(words: string): StatementKind {
  return { kind: words.replace(/ +/g, '_'), class: 'ddl' }
}
