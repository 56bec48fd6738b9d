package sluice.decision_test

import data.sluice.decision
import data.sluice.lib.questions_test as questions

test_the_example_question_is_allowed if {
	answer := decision.decision with input as questions.question
	answer.effect == "allow"
}

test_an_empty_input_is_denied if {
	answer := decision.decision with input as {}
	answer.effect == "deny"
	count(answer.reasons) > 0
}

test_no_grants_no_access if {
	answer := decision.decision with input as questions.question with data.data.grants as {"groups": {}, "members": {}}
	answer.effect == "deny"
}

test_a_query_without_statements_is_denied if {
	answer := decision.decision with input as questions.asked({"query": {"statements": []}})
	answer.effect == "deny"
}

test_a_table_without_access_is_denied if {
	table := object.union(questions.users, {"access": []})
	answer := decision.decision with input as questions.asked({"query": {"tables": [table]}})
	answer.effect == "deny"
}

test_a_rule_without_its_data_stops_everything[rule] if {
	some rule, path in {"column_masks": "masks", "region_rows": "regions", "cost_ceiling": "ceilings", "daily_budget": "ceilings", "result_records": "records"}
	answer := decision.decision with input as questions.question with data.data as object.remove(data.data, [path])
	answer.effect == "deny"
	some reason in answer.reasons
	reason.code == "policy_incomplete"
	reason.policy == rule
}

test_masks_of_several_rules_give_the_strictest if {
	answer := decision.masks with decision.kinds_wanted as {"t": {"c": {"email", "redact"}, "d": {"sha256"}}}
	answer == {"t": {"c": {"kind": "redact"}, "d": {"kind": "sha256"}}}
}

test_row_filters_of_several_rules_all_hold if {
	one := {"type": "field", "operator": "eq", "field": "a", "value": 1}
	two := {"type": "field", "operator": "eq", "field": "b", "value": 2}
	answer := decision.row_filters with decision.filters_wanted as {"t": {one, two}}
	answer == {"t": [one, two]}
}

test_the_lowest_limit_holds if {
	answer := decision.limits with decision.figures_wanted as {"max_rows": {10, 5}, "timeout_ms": {1}}
	answer == {"max_rows": 5, "timeout_ms": 1}
}
