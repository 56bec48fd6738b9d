# METADATA
# title: PII masks by tag
# description: A column's tags choose its mask. Tags come with the input, from the catalog and from data.data.classifications.
package sluice.rules.column_masks

import data.sluice.lib.masks as lib
import data.sluice.lib.people

# Without its data this rule would mask nothing, so the decision refuses until it is there.
default ready := false

ready if {
	is_object(data.data.masks.by_tag)
	is_array(data.data.masks.unmasked_groups)
}

sees_raw if people.is_in_any(data.data.masks.unmasked_groups)

masks contains {"table": table.id, "column": column.name, "kind": lib.fitting(kind_for(tag), column.type)} if {
	not sees_raw
	some table in input.query.tables
	some column in table.columns
	some tag in column.tags
	kind_for(tag)
}

kind_for(tag) := data.data.masks.by_tag[tag]

# A tag of personal data that nobody chose a mask for hides the column.
kind_for(tag) := "always_null" if {
	startswith(tag, "pii.")
	not data.data.masks.by_tag[tag]
}
