package sluice.rules.wildcard_tables_test

import data.sluice.lib.questions_test as questions
import data.sluice.rules.wildcard_tables

wildcard(pattern) := object.union(questions.users, {
	"id": concat(".", ["acme-prod.crm", pattern]),
	"table": pattern,
	"kind": "wildcard",
	"columns": [],
})

granted(tables) if {
	"wildcard_table" in wildcard_tables.feature_grants with input as questions.asked({"query": {"tables": tables}})
}

test_the_granted_prefix_and_longer_ones_are_open if {
	granted([wildcard("events_*")])
	granted([wildcard("events_2024*")])
}

test_shorter_and_other_prefixes_are_closed if {
	not granted([wildcard("event*")])
	not granted([wildcard("*")])
	not granted([wildcard("u*")])
	not granted([wildcard("events_*"), wildcard("u*")])
}

test_a_wildcard_over_a_masked_table_is_denied if {
	pattern := "acme-prod.crm.events_*"
	tables := [wildcard("events_*"), object.union(questions.users, {"via": [pattern]})]
	reasons := wildcard_tables.reasons with input as questions.asked({"query": {"tables": tables}})
	{reason.code | some reason in reasons} == {"wildcard_over_protected"}
}
