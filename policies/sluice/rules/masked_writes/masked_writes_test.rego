package sluice.rules.masked_writes_test

import data.sluice.lib.questions_test as questions
import data.sluice.rules.masked_writes

writing(uses) := questions.asked({
	"identity": {"kind": "human"},
	"query": {
		"statements": [{"type": "INSERT", "class": "write"}],
		"tables": [object.union(questions.users, {"columns": [object.union(questions.users.columns[0], {"uses": uses})]})],
	},
})

writers := {"statements": ["write"]}

test_what_was_masked_is_not_written if {
	reasons := masked_writes.reasons with input as writing(["select"]) with data.data.grants.groups.analysts as writers
	{reason.column | some reason in reasons} == {"email"}
}

test_a_masked_column_may_be_given_a_value if {
	reasons := masked_writes.reasons with input as writing(["write"]) with data.data.grants.groups.analysts as writers
	count(reasons) == 0
}

test_reading_is_not_writing if {
	reasons := masked_writes.reasons with input as questions.question
	count(reasons) == 0
}

test_it_can_be_granted if {
	reasons := masked_writes.reasons with input as writing(["select"])
		with data.data.grants.groups.analysts as object.union(writers, {"features": ["masked_write"]})
	count(reasons) == 0
}

test_who_sees_the_value_may_write_it if {
	asked := object.union(writing(["select"]), {"identity": {"groups": ["pii-admins"]}})
	reasons := masked_writes.reasons with input as asked with data.data.grants.groups["pii-admins"] as writers
	count(reasons) == 0
}
