package sluice.rules.features_test

import data.sluice.lib.questions_test as questions
import data.sluice.rules.features

dangerous := {"unverified", "masked_write", "dynamic_sql", "system_variable"}

test_dangerous_features_are_not_granted_by_default if {
	grants := features.feature_grants with input as questions.question
	grants & dangerous == set()
	"pipe" in grants
}

test_features_that_other_rules_judge_are_not_granted_here if {
	grants := features.feature_grants with input as questions.question
	grants & {"information_schema", "wildcard_table"} == set()
}

test_outsiders_use_nothing if {
	grants := features.feature_grants with input as questions.asked({"identity": {"groups": []}})
	count(grants) == 0
}
