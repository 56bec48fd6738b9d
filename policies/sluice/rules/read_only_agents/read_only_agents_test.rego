package sluice.rules.read_only_agents_test

import data.sluice.lib.questions_test as questions
import data.sluice.rules.read_only_agents

insert := {"statements": [{"type": "INSERT", "class": "write"}]}

writers := {"statements": ["write"]}

test_members_may_read if {
	"read" in read_only_agents.statement_grants with input as questions.question
}

test_outsiders_may_not if {
	grants := read_only_agents.statement_grants with input as questions.asked({"identity": {"groups": ["nobody"]}})
	count(grants) == 0
}

test_agents_may_not_write_even_where_their_group_may if {
	reasons := read_only_agents.reasons with input as questions.asked({"query": insert})
		with data.data.grants.groups.analysts as writers
	{reason.code | some reason in reasons} == {"agents_only_read"}
}

test_agents_may_not_write_in_a_script_either if {
	script := {"statements": [{"type": "SCRIPT", "class": "script"}, {"type": "INSERT", "class": "write"}]}
	reasons := read_only_agents.reasons with input as questions.asked({"query": script})
		with data.data.grants.groups.analysts as writers
	{reason.statement | some reason in reasons} == {"INSERT"}
}

test_people_may_write_where_their_group_may if {
	asked := questions.asked({"identity": {"kind": "human"}, "query": insert})
	reasons := read_only_agents.reasons with input as asked with data.data.grants.groups.analysts as writers
	count(reasons) == 0
	"write" in read_only_agents.statement_grants with input as asked with data.data.grants.groups.analysts as writers
}
