# METADATA
# title: INFORMATION_SCHEMA
# description: >-
#   The columns and tables of a dataset that one may read are no secret from its readers; views that show row counts, other
#   people's queries, definitions or whole regions stay closed.
package sluice.rules.information_schema

import data.sluice.lib.names
import data.sluice.lib.people

allowed := data.data.grants.members.information_schema

feature_grants contains "information_schema" if {
	people.is_member
	asked := {table.id | some table in input.query.tables; table.kind == "information_schema"}
	asked == {table.id | some table in input.query.tables; is_open(table)}
}

is_open(table) if {
	table.kind == "information_schema"

	# BigQuery's dataset names have no dashes: this one is a region.
	not contains(table.dataset, "-")
	table.dataset != ""
	trim_prefix(upper(table.table), "INFORMATION_SCHEMA.") in allowed.views
	shown := {lower(column.name) | some column in table.columns; count(column.uses) > 0}
	shown & {column | some column in allowed.closed_columns} == set()
}

hints contains {
	"kind": "feature",
	"name": "information_schema",
	"text": concat("", [
		"Of a dataset that you may read you can ask for ", names.join(allowed.views), ", named in full as in ",
		"dataset.INFORMATION_SCHEMA.COLUMNS, without the columns ", names.join(allowed.closed_columns), ".",
	]),
}
