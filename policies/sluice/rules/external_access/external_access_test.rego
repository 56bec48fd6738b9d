package sluice.rules.external_access_test

import data.sluice.lib.questions_test as questions
import data.sluice.rules.external_access

export := questions.asked({"query": {"statements": [{"type": "EXPORT_DATA", "class": "export"}]}})

external := questions.asked({"query": {"tables": [object.union(questions.users, {"kind": "external"})]}})

test_exports_are_off if {
	reasons := external_access.reasons with input as export
	{reason.code | some reason in reasons} == {"export_off"}
}

test_external_tables_are_off if {
	reasons := external_access.reasons with input as external
	{reason.code | some reason in reasons} == {"external_table"}
}

test_a_trusted_group_may_read_them if {
	reasons := external_access.reasons with input as external with data.data.switches.external_access.groups as ["analysts"]
	count(reasons) == 0
}

test_a_group_that_is_granted_exports_may if {
	reasons := external_access.reasons with input as export with data.data.grants.groups.analysts.statements as ["export"]
	count(reasons) == 0
}
