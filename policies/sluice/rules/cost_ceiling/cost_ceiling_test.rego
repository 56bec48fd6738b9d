package sluice.rules.cost_ceiling_test

import data.sluice.lib.questions_test as questions
import data.sluice.rules.cost_ceiling

sized(bytes) := questions.asked({"query": {"tables": [object.union(questions.users, {"size_bytes": bytes})]}})

estimated(bytes) := questions.asked({"phase": "estimate", "query": {"estimate": {
	"bytes_processed": bytes,
	"accuracy": "precise",
	"usd": 0,
}}})

test_small_tables_need_no_estimate if {
	needs := cost_ceiling.needs with input as sized(10737418240)
	count(needs) == 0
}

test_large_tables_need_one if {
	needs := cost_ceiling.needs with input as sized(10737418241)
	needs == {"estimate"}
}

test_tables_of_unknown_size_need_one if {
	unsized := object.remove(questions.users, ["size_bytes"])
	needs := cost_ceiling.needs with input as questions.asked({"query": {"tables": [unsized]}})
	needs == {"estimate"}
}

test_a_script_over_large_tables_may_not_run_whatever_a_dry_run_says if {
	script := object.union(sized(10737418241), {"phase": "estimate", "query": {"statements": [{"type": "SCRIPT", "class": "script"}]}})
	needs := cost_ceiling.needs with input as script
	count(needs) == 0
	reasons := cost_ceiling.reasons with input as script
	{reason.code | some reason in reasons} == {"query_too_large"}
}

test_a_script_over_small_tables_needs_no_estimate if {
	script := object.union(sized(10737418240), {"query": {"statements": [{"type": "SCRIPT", "class": "script"}]}})
	needs := cost_ceiling.needs with input as script
	reasons := cost_ceiling.reasons with input as script
	count(needs) + count(reasons) == 0
}

test_with_an_estimate_none_is_needed if {
	needs := cost_ceiling.needs with input as object.union(sized(10737418241), {"phase": "estimate"})
	count(needs) == 0
}

test_the_ceiling_itself_may_be_read if {
	reasons := cost_ceiling.reasons with input as estimated(10737418240)
	count(reasons) == 0
}

test_more_than_the_ceiling_may_not if {
	reasons := cost_ceiling.reasons with input as estimated(10737418241)
	{reason.code | some reason in reasons} == {"query_too_large"}
}

test_the_ceiling_is_always_a_limit if {
	limits := cost_ceiling.limits with input as questions.question
	limits.maximum_bytes_billed == 10737418240
}
