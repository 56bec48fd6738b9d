# METADATA
# title: PII may not steer a query
# description: Agents may show masked personal data but not filter, join, group or order by it. Off in the example data.
package sluice.rules.pii_predicates

import data.sluice.lib.names
import data.sluice.rules.column_masks

switch := data.data.switches.pii_predicates

reasons contains {
	"code": "pii_steers_query",
	"message": concat("", [
		"Column ", column.name, " of ", names.short(table.id), " is personal data and may be selected only, not used in ",
		clauses[use], ". Leave it out of that clause.",
	]),
	"table": table.id,
	"column": column.name,
} if {
	switch.enabled
	input.identity.kind in switch.kinds
	not column_masks.sees_raw
	some table in input.query.tables
	some column in table.columns
	some tag in column.tags
	startswith(tag, "pii.")
	some use in column.uses
	use in switch.uses
}

clauses := {
	"filter": "WHERE, HAVING or QUALIFY",
	"join": "a join condition",
	"group": "GROUP BY",
	"order": "ORDER BY",
	"aggregate": "an aggregate",
	"window": "a window",
	"write": "a write",
	"select": "the select list",
}
