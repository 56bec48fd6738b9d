# METADATA
# title: Wildcard tables
# description: >-
#   A wildcard reads whatever matches, today and tomorrow; so it is granted by prefix, and never over a table that has
#   masks or a row filter for the caller.
package sluice.rules.wildcard_tables

import data.sluice.lib.names
import data.sluice.lib.people

feature_grants contains "wildcard_table" if people.is_member

reasons contains {
	"code": "wildcard_closed",
	"message": concat("", [
		"The wildcard ", names.short(table.id), " is not open to your groups (", people.groups_text, "). Wildcards you may read: ",
		names.join({names.short(pattern) | some pattern in people.read_wildcards}), ". Otherwise name the tables one by one.",
	]),
	"table": table.id,
} if {
	some table in input.query.tables
	is_wildcard(table)
	not is_open(table)
}

is_wildcard(table) if table.kind == "wildcard"

is_wildcard(table) if {
	endswith(table.table, "*")
	"read" in table.access
}

is_open(table) if {
	some pattern in people.read_wildcards
	startswith(table.id, trim_suffix(pattern, "*"))
}

reasons contains {
	"code": "wildcard_over_protected",
	"message": concat("", [
		"The wildcard ", names.short(wildcard.id), " matches a table whose columns or rows are protected. ",
		"Use a longer prefix, or name the table by itself.",
	]),
	"table": wildcard.id,
} if {
	some wildcard in input.query.tables
	wildcard.kind == "wildcard"
	some matched in input.query.tables
	wildcard.id in matched.via
	is_protected(matched.id)
}

is_protected(id) if {
	some mask in data.sluice.rules.column_masks.masks
	mask.table == id
}

is_protected(id) if {
	some entry in data.sluice.rules.region_rows.row_filters
	entry.table == id
}
