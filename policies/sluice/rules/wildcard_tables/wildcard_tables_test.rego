package sluice.rules.wildcard_tables_test

import data.sluice.lib.questions_test as questions
import data.sluice.rules.wildcard_tables

wildcard(pattern) := object.union(questions.users, {
	"id": concat(".", ["acme-prod.crm", pattern]),
	"table": pattern,
	"kind": "wildcard",
	"columns": [],
})

closed(tables) := {reason.table | some reason in reasons; reason.code == "wildcard_closed"} if {
	reasons := wildcard_tables.reasons with input as questions.asked({"query": {"tables": tables}})
}

test_the_granted_prefix_and_longer_ones_are_open if {
	closed([wildcard("events_*"), wildcard("events_2024*")]) == set()
}

test_shorter_and_other_prefixes_are_closed if {
	tables := [wildcard("event*"), wildcard("*"), wildcard("u*"), wildcard("events_*")]
	closed(tables) == {"acme-prod.crm.event*", "acme-prod.crm.*", "acme-prod.crm.u*"}
}

test_a_wildcard_is_told_by_its_name_where_its_kind_is_not_known if {
	closed([object.union(wildcard("u*"), {"kind": "unknown"})]) == {"acme-prod.crm.u*"}
}

test_listing_a_dataset_is_no_wildcard if {
	closed([object.union(wildcard("*"), {"kind": "table", "access": ["metadata"]})]) == set()
}

test_a_wildcard_over_a_masked_table_is_denied if {
	pattern := "acme-prod.crm.events_*"
	tables := [wildcard("events_*"), object.union(questions.users, {"via": [pattern]})]
	reasons := wildcard_tables.reasons with input as questions.asked({"query": {"tables": tables}})
	{reason.code | some reason in reasons} == {"wildcard_over_protected"}
}
