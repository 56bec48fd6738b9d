package sluice.rules.result_records_test

import data.sluice.lib.questions_test as questions
import data.sluice.rules.result_records

admins := {"groups": ["pii-admins"]}

test_little_is_kept_of_personal_data_in_clear if {
	caps := result_records.obligations with input as questions.asked({"identity": admins})
	{cap.kind | some cap in caps} == {"record_result"}
	{cap.max_rows | some cap in caps} == {data.data.records.in_clear.max_rows}
}

test_masked_answers_are_kept_as_the_settings_say if {
	caps := result_records.obligations with input as questions.question
	count(caps) == 0
}

test_answers_without_personal_data_are_kept_as_the_settings_say if {
	caps := result_records.obligations with input as questions.asked({
		"identity": admins,
		"query": {"tables": [questions.orders]},
	})
	count(caps) == 0
}
