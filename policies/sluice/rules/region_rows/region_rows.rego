# METADATA
# title: Row filter by region
# description: Of tables that have a region column, each group sees the rows of its own regions.
package sluice.rules.region_rows

import data.sluice.lib.names
import data.sluice.lib.people

# Without its data this rule would filter nothing, so the decision refuses until it is there.
default ready := false

ready if {
	is_object(data.data.regions.tables)
	is_object(data.data.regions.groups)
}

regions contains region if {
	some group in people.groups
	some region in data.data.regions.groups[group]
}

row_filters contains {"table": table.id, "filter": condition(regional)} if {
	count(regions) > 0
	not "*" in regions
	some table in input.query.tables
	regional := data.data.regions.tables[table.id]
}

reasons contains {
	"code": "no_region",
	"message": concat("", [
		"Table ", names.short(table.id), " shows each group the rows of its regions, and your groups (",
		people.groups_text, ") have none. Leave the table out of the query.",
	]),
	"table": table.id,
} if {
	count(regions) == 0
	some table in input.query.tables
	data.data.regions.tables[table.id]
}

condition(regional) := {
	"type": "field",
	"operator": "eq",
	"field": regional.column,
	"value": region,
	"guard": regional.guard,
} if {
	count(regions) == 1
	some region in regions
}

condition(regional) := {
	"type": "field",
	"operator": "in",
	"field": regional.column,
	"value": sort(regions),
	"guard": regional.guard,
} if {
	count(regions) > 1
}
