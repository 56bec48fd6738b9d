# METADATA
# title: Results on record
# description: Of an answer with personal data in clear, little is kept on record; the recorder's own settings hold in any case.
package sluice.rules.result_records

import data.sluice.lib.people

# Without its data everything would be kept, so the decision refuses until it is there.
default ready := false

ready if {
	is_number(data.data.records.in_clear.max_rows)
	is_number(data.data.records.in_clear.max_bytes)
}

obligations contains {
	"kind": "record_result",
	"max_rows": data.data.records.in_clear.max_rows,
	"max_bytes": data.data.records.in_clear.max_bytes,
} if {
	people.is_in_any(data.data.masks.unmasked_groups)
	some table in input.query.tables
	"read" in table.access
	some column in table.columns
	count(column.uses) > 0
	some tag in column.tags
	startswith(tag, "pii.")
}
