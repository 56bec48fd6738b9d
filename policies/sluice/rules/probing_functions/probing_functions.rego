# METADATA
# title: Probing functions
# description: >-
#   Functions that tell how near a value is to a guess would let a caller climb towards a masked value step by step, so
#   they are not called in a query that uses one.
package sluice.rules.probing_functions

import data.sluice.lib.names
import data.sluice.rules.column_masks

reasons contains {
	"code": "masked_value_probed",
	"message": concat("", [
		called.name, " compares values step by step, and column ", column.name, " of ", names.short(table.id),
		" is masked for you. Leave out either the function or the column.",
	]),
	"table": table.id,
	"column": column.name,
} if {
	some called in input.query.functions
	called.name in data.data.switches.probing_functions.functions
	some mask in column_masks.masks
	some table in input.query.tables
	table.id == mask.table
	some column in table.columns
	column.name == mask.column
	count(column.uses) > 0
}
