# METADATA
# title: Masked writes
# description: >-
#   Whoever sees a column masked would write the masks over real values, so a statement that writes what it read from a
#   masked column needs the feature masked_write.
package sluice.rules.masked_writes

import data.sluice.lib.names
import data.sluice.lib.people
import data.sluice.rules.column_masks
import data.sluice.rules.read_only_agents

writing := {"write", "ddl", "load"}

reading := {"select", "filter", "join", "group", "order", "aggregate", "window"}

may_write_masks if {
	people.is_member
	"masked_write" in data.data.grants.members.features
}

may_write_masks if {
	some group in people.known_groups
	"masked_write" in data.data.grants.groups[group].features
}

reasons contains {
	"code": "masked_write",
	"message": concat("", [
		"Column ", column.name, " of ", names.short(table.id), " is masked for you, and a ", statement.type,
		" statement would write the mask for the value. Leave the masked columns out of what you write.",
	]),
	"table": table.id,
	"column": column.name,
} if {
	not may_write_masks
	not people.is_agent
	some statement in input.query.statements
	statement.class in writing

	# Where the kind of statement is refused already, this needs no reason of its own.
	statement.class in read_only_agents.statement_grants
	some mask in column_masks.masks
	some table in input.query.tables
	table.id == mask.table
	some column in table.columns
	column.name == mask.column
	some use in column.uses
	use in reading
}
