# METADATA
# title: Dataset access by group
# description: Groups read the datasets that data.data.grants lists for them; everything else stays closed.
package sluice.rules.dataset_access

import data.sluice.lib.names
import data.sluice.lib.people
import data.sluice.rules.read_only_agents

writing := ["write", "create", "alter", "drop", "truncate"]

table_grants contains {"table": table.id, "access": access} if {
	some table in input.query.tables
	some pattern in names.dataset_patterns(table)
	pattern in people.read_datasets
	some access in ["read", "metadata"]
}

table_grants contains {"table": table.id, "access": access} if {
	some table in input.query.tables
	some pattern in names.dataset_patterns(table)
	pattern in people.write_datasets
	some access in writing
}

# Whoever may export at all, may export what there is to read.
table_grants contains {"table": table.id, "access": "export"} if {
	"export" in read_only_agents.statement_grants
	some table in input.query.tables
	some pattern in names.dataset_patterns(table)
	pattern in people.read_datasets
}

# A closed dataset stays closed, whatever another group opens.
reasons contains {
	"code": "dataset_closed",
	"message": concat("", [
		"Dataset ", names.short(dataset), " is closed to your groups (", people.groups_text, "), whatever other groups open. ",
		open_datasets,
	]),
	"table": table.id,
} if {
	some table in input.query.tables
	dataset := concat(".", [table.project, table.dataset])
	is_granted(table)
	names.dataset_patterns(table) & people.never_datasets != set()
}

hints contains {"kind": "table", "text": open_datasets}

open_datasets := concat("", ["Datasets you may read: ", names.datasets(people.read_datasets), "."])

is_granted(table) if names.dataset_patterns(table) & people.read_datasets != set()

is_granted(table) if names.dataset_patterns(table) & people.write_datasets != set()
