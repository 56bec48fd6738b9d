import type { Method } from './method.ts'
import { cancelJob } from './methods/cancel-job.ts'
import { deleteDataset } from './methods/delete-dataset.ts'
import { deleteJob } from './methods/delete-job.ts'
import { deleteRoutine } from './methods/delete-routine.ts'
import { deleteTable } from './methods/delete-table.ts'
import { getDataset } from './methods/get-dataset.ts'
import { getJob } from './methods/get-job.ts'
import { getModel } from './methods/get-model.ts'
import { getQueryResults } from './methods/get-query-results.ts'
import { getRoutine } from './methods/get-routine.ts'
import { getTable } from './methods/get-table.ts'
import { insertDataset } from './methods/insert-dataset.ts'
import { insertJob } from './methods/insert-job.ts'
import { insertRows } from './methods/insert-rows.ts'
import { insertTable } from './methods/insert-table.ts'
import { listDatasets } from './methods/list-datasets.ts'
import { listJobs } from './methods/list-jobs.ts'
import { listModels } from './methods/list-models.ts'
import { listProjects } from './methods/list-projects.ts'
import { listRoutines } from './methods/list-routines.ts'
import { listRows } from './methods/list-rows.ts'
import { listTables } from './methods/list-tables.ts'
import { patchDataset } from './methods/patch-dataset.ts'
import { patchTable } from './methods/patch-table.ts'
import { query } from './methods/query.ts'

/** Every method that is served. */
export const servedMethods: readonly Method[] = [
  query,
  insertJob,
  getJob,
  listJobs,
  cancelJob,
  deleteJob,
  getQueryResults,
  listDatasets,
  getDataset,
  insertDataset,
  patchDataset,
  deleteDataset,
  listTables,
  getTable,
  insertTable,
  patchTable,
  deleteTable,
  listRows,
  insertRows,
  listRoutines,
  getRoutine,
  deleteRoutine,
  listModels,
  getModel,
  listProjects,
]
