# METADATA
# title: Cost ceiling
# description: >-
#   A query bills at most its ceiling. The dry run is asked only where the tables are large enough to exceed it; it tells
#   nothing of a script, so there the sizes of the tables decide.
package sluice.rules.cost_ceiling

import data.sluice.lib.ceilings

# Without its data no query has a ceiling, so the decision refuses until it is there.
default ready := false

ready if {
	is_number(ceilings.bytes_per_query)
	is_number(ceilings.timeout_ms)
}

stored := {"table", "materialized_view", "snapshot", "clone", "external"}

limits := {"maximum_bytes_billed": ceilings.bytes_per_query, "timeout_ms": ceilings.timeout_ms}

needs contains "estimate" if {
	input.phase == "parse"
	not is_script
	may_exceed
}

is_script if {
	some statement in input.query.statements
	statement.class == "script"
}

may_exceed if sum([table.size_bytes | some table in input.query.tables]) > ceilings.bytes_per_query

may_exceed if {
	some table in input.query.tables
	table.kind in stored
	"read" in table.access
	not table.size_bytes
}

reasons contains {
	"code": "query_too_large",
	"message": concat("", [
		"The query would read ", ceilings.size_text(input.query.estimate.bytes_processed), "; you may read ",
		ceilings.size_text(ceilings.bytes_per_query), " in one query. ",
		"Select fewer columns, or filter on the partition or clustering columns.",
	]),
} if {
	input.query.estimate.bytes_processed > ceilings.bytes_per_query
}

reasons contains {
	"code": "query_too_large",
	"message": concat("", [
		"The script may read more than ", ceilings.size_text(ceilings.bytes_per_query), ", and what it reads is not known ",
		"before it runs. Send its statements one at a time.",
	]),
} if {
	is_script
	may_exceed
}
