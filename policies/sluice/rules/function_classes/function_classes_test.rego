package sluice.rules.function_classes_test

import data.sluice.lib.questions_test as questions
import data.sluice.rules.function_classes

sensitive := {
	"error", "external", "remote", "ml", "ai", "crypto_keys", "javascript", "python", "session", "unknown",
}

test_sensitive_classes_are_not_granted_by_default if {
	grants := function_classes.function_grants with input as questions.question
	grants & sensitive == set()
	"scalar" in grants
}

test_functions_in_sql_are_open_as_what_they_read_is_judged_too if {
	grants := function_classes.function_grants with input as questions.question
	{"sql_udf", "table_function"} - grants == set()
}

test_a_group_can_be_granted_more if {
	grants := function_classes.function_grants with input as questions.question
		with data.data.grants.groups.analysts as {"functions": ["ml"]}
	"ml" in grants
}

test_outsiders_call_nothing if {
	grants := function_classes.function_grants with input as questions.asked({"identity": {"groups": []}})
	count(grants) == 0
}
