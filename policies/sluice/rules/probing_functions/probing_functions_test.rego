package sluice.rules.probing_functions_test

import data.sluice.lib.questions_test as questions
import data.sluice.rules.probing_functions

calling(name) := questions.asked({"query": {"functions": [{"name": name, "class": "scalar"}]}})

test_a_masked_column_is_not_probed if {
	reasons := probing_functions.reasons with input as calling("EDIT_DISTANCE")
	{reason.column | some reason in reasons} == {"email"}
}

test_other_functions_are_free if {
	reasons := probing_functions.reasons with input as calling("UPPER")
	count(reasons) == 0
}

test_a_column_that_is_only_named_is_not_used if {
	unused := object.union(questions.users, {"columns": [object.union(questions.users.columns[0], {"uses": []})]})
	asked := object.union(calling("EDIT_DISTANCE"), {"query": object.union(calling("EDIT_DISTANCE").query, {"tables": [unused]})})
	reasons := probing_functions.reasons with input as asked
	count(reasons) == 0
}

test_who_sees_the_value_may_measure_it if {
	asked := object.union(calling("EDIT_DISTANCE"), {"identity": {"groups": ["pii-admins"]}})
	reasons := probing_functions.reasons with input as asked
	count(reasons) == 0
}
