package sluice.rules.daily_budget_test

import data.sluice.lib.questions_test as questions
import data.sluice.rules.daily_budget

used(bytes) := questions.asked({"session": {"bytes_billed_today": bytes}})

test_what_is_left_is_the_limit if {
	limits := daily_budget.limits with input as used(107374182300)
	limits == {"maximum_bytes_billed": 100}
}

test_a_spent_budget_denies if {
	reasons := daily_budget.reasons with input as used(107374182400)
	{reason.code | some reason in reasons} == {"daily_budget_spent"}
}

test_an_estimate_over_what_is_left_denies if {
	estimate := {"bytes_processed": 101, "accuracy": "precise", "usd": 0}
	reasons := daily_budget.reasons with input as object.union(used(107374182300), {"query": {"estimate": estimate}})
	{reason.code | some reason in reasons} == {"daily_budget_exceeded"}
}

test_unknown_usage_denies_only_where_data_says_so if {
	lenient := daily_budget.reasons with input as questions.question
	count(lenient) == 0
	strict := daily_budget.reasons with input as questions.question with data.data.ceilings.usage_unknown as "deny"
	{reason.code | some reason in strict} == {"usage_unknown"}
}
