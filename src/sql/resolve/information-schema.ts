import { nearestNames } from '../../base/nearest-names.ts'
import type { CatalogColumn, CatalogTable } from '../../model/catalog.ts'
import { Failure } from '../../model/failure.ts'
import { type TableRef, tableId } from '../../model/table-ref.ts'
import { isRegion } from '../table-name.ts'
import { scalarNamed } from './literal-types.ts'

const places = (kind: string) => `${kind}_catalog STRING, ${kind}_schema STRING, ${kind}_name STRING`

/** Columns of the views of a dataset's INFORMATION_SCHEMA, from BigQuery's documentation. */
const datasetViews: Readonly<Record<string, string>> = {
  TABLES: `${places('table')}, table_type STRING, managed_table_type STRING, is_insertable_into STRING, is_fine_grained_mutations_enabled STRING, is_typed STRING, is_change_history_enabled STRING, creation_time TIMESTAMP, base_table_catalog STRING, base_table_schema STRING, base_table_name STRING, snapshot_time_ms TIMESTAMP, replica_source_catalog STRING, replica_source_schema STRING, replica_source_name STRING, replication_status STRING, replication_error STRING, ddl STRING, default_collation_name STRING, sync_status JSON, upsert_stream_apply_watermark TIMESTAMP`,
  COLUMNS: `${places('table')}, column_name STRING, ordinal_position INT64, is_nullable STRING, data_type STRING, is_generated STRING, generation_expression STRING, is_stored STRING, is_hidden STRING, is_updatable STRING, is_system_defined STRING, is_partitioning_column STRING, clustering_ordinal_position INT64, collation_name STRING, column_default STRING, rounding_mode STRING, policy_tags STRING`,
  COLUMN_FIELD_PATHS: `${places('table')}, column_name STRING, field_path STRING, data_type STRING, description STRING, collation_name STRING, rounding_mode STRING, policy_tags STRING`,
  TABLE_OPTIONS: `${places('table')}, option_name STRING, option_type STRING, option_value STRING`,
  VIEWS: `${places('table')}, view_definition STRING, check_option STRING, use_standard_sql STRING`,
  MATERIALIZED_VIEWS: `${places('table')}, last_refresh_time TIMESTAMP, refresh_watermark TIMESTAMP`,
  PARTITIONS: `${places('table')}, partition_id STRING, total_rows INT64, total_logical_bytes INT64, total_billable_bytes INT64, last_modified_time TIMESTAMP, storage_tier STRING`,
  ROUTINES: `${places('specific')}, ${places('routine')}, routine_type STRING, data_type STRING, routine_body STRING, routine_definition STRING, external_language STRING, is_deterministic STRING, security_type STRING, created TIMESTAMP, last_altered TIMESTAMP, ddl STRING, connection STRING`,
  ROUTINE_OPTIONS: `${places('specific')}, option_name STRING, option_type STRING, option_value STRING`,
  PARAMETERS: `${places('specific')}, ordinal_position INT64, parameter_mode STRING, is_result STRING, parameter_name STRING, data_type STRING, parameter_default STRING, is_aggregate BOOL`,
  KEY_COLUMN_USAGE: `${places('constraint')}, ${places('table')}, column_name STRING, ordinal_position INT64, position_in_unique_constraint INT64`,
  TABLE_CONSTRAINTS: `${places('constraint')}, ${places('table')}, constraint_type STRING, is_deferrable STRING, initially_deferred STRING, enforced STRING`,
  CONSTRAINT_COLUMN_USAGE: `${places('table')}, column_name STRING, ${places('constraint')}`,
}

/** The tables of a dataset, with how many rows each has. */
const olderViews: Readonly<Record<string, string>> = {
  __TABLES__: `project_id STRING, dataset_id STRING, table_id STRING, creation_time INT64, last_modified_time INT64, row_count INT64, size_bytes INT64, type INT64`,
}

/** Those of a whole region that show no more than which datasets there are; jobs, tables and the like of all of them are not served. */
const regionViews: Readonly<Record<string, string>> = {
  SCHEMATA: `catalog_name STRING, schema_name STRING, schema_owner STRING, creation_time TIMESTAMP, last_modified_time TIMESTAMP, location STRING, ddl STRING, default_collation_name STRING, sync_status JSON`,
  SCHEMATA_OPTIONS: `catalog_name STRING, schema_name STRING, option_name STRING, option_type STRING, option_value STRING`,
}

/** A view of INFORMATION_SCHEMA as a relation of its dataset, or of a region. */
export function schemaView(ref: TableRef): CatalogTable {
  const name = ref.table.replace(/^INFORMATION_SCHEMA\./, '')
  const newerViews = isRegion(ref.dataset) ? regionViews : datasetViews
  const views = name === ref.table ? olderViews : newerViews
  const columns = views[name]
  if (columns === undefined || !Object.hasOwn(views, name)) {
    throw new Failure('unknown_name', {
      detail: `There is no view ${tableId(ref)} that Sluice knows.`,
      suggestions: nearestNames(name, Object.keys(views)),
    })
  }
  return { ref, kind: 'view', columns: columns.split(', ').map(columnOf), etag: '', labels: {}, pseudoColumns: [] }
}

function columnOf(text: string): CatalogColumn {
  const [name = '', type = ''] = text.split(' ')
  return { name, type: scalarNamed(type) ?? { kind: 'scalar', name: 'STRING' }, tags: {} }
}
