# METADATA
# title: INFORMATION_SCHEMA
# description: >-
#   The columns and tables of a dataset that one may read are no secret from its readers; views that show row counts, other
#   people's queries, definitions or whole regions stay closed. Who may write to a dataset may also see what its tables are told to be
#   and how large they are.
package sluice.rules.information_schema

import data.sluice.lib.names
import data.sluice.lib.people

allowed := data.data.grants.members.information_schema

feature_grants contains "information_schema" if people.is_member

reasons contains {
	"code": "information_schema_closed",
	"message": concat("", [
		names.short(table.id), " is not open. Of a dataset that you may read you can ask for the views ",
		names.join(allowed.views), " of its INFORMATION_SCHEMA, without the columns ", names.join(allowed.closed_columns), ".",
	]),
	"table": table.id,
} if {
	some table in input.query.tables
	is_view(table)
	not is_open(table)
}

is_view(table) if table.kind == "information_schema"

is_view(table) if startswith(upper(table.table), "INFORMATION_SCHEMA")

is_view(table) if table.table == "__TABLES__"

is_open(table) if {
	# BigQuery's dataset names have no dashes: this one is a region.
	not contains(table.dataset, "-")
	table.dataset != ""
	trim_prefix(upper(table.table), "INFORMATION_SCHEMA.") in open_views(table)
	shown := {lower(column.name) | some column in table.columns; count(column.uses) > 0}
	shown & {column | some column in allowed.closed_columns} == set()
}

open_views(table) := allowed.views if names.dataset_patterns(table) & people.write_datasets == set()

open_views(table) := array.concat(allowed.views, allowed.writers_views) if {
	names.dataset_patterns(table) & people.write_datasets != set()
}
