/** One step of the demo: what an agent asks, and what a reader should notice. */
export type DemoStep = { readonly title: string; readonly query: string }

/** A visit of alice's agent: six questions, from harmless to refused to repaired. */
export const demoScript: readonly DemoStep[] = [
  { title: 'A query that is allowed as it is', query: 'SELECT name, population FROM public_data.cities ORDER BY name' },
  { title: 'A column that is masked for analysts', query: 'SELECT id, name, email, ssn FROM crm.users ORDER BY id' },
  {
    title: 'Rows that are filtered by region',
    query: 'SELECT region, COUNT(*) AS orders, SUM(amount) AS total FROM crm.orders GROUP BY region',
  },
  { title: 'A table that is closed', query: 'SELECT user_id, salary FROM hr.salaries' },
  { title: 'A statement that agents may not send', query: 'DELETE FROM crm.orders WHERE TRUE' },
  {
    title: 'A query with a closed table in it',
    query: 'SELECT u.name, s.salary FROM crm.users AS u JOIN hr.salaries AS s ON s.user_id = u.id',
  },
  { title: 'The same, repaired as the denial says', query: 'SELECT u.name FROM crm.users AS u ORDER BY u.name' },
]
