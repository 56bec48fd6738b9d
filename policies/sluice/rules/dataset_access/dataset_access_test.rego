package sluice.rules.dataset_access_test

import data.sluice.lib.questions_test as questions
import data.sluice.rules.dataset_access

test_readers_get_read_and_metadata_but_no_write if {
	grants := dataset_access.table_grants with input as questions.question
	{grant.access | some grant in grants} == {"read", "metadata"}
}

test_nobody_gets_nothing if {
	grants := dataset_access.table_grants with input as questions.asked({"identity": {"groups": []}})
	count(grants) == 0
}

test_writers_write_where_they_may if {
	grants := dataset_access.table_grants with input as questions.question
		with data.data.grants.groups.analysts as {"write_datasets": ["acme-prod.crm"]}
	{"table": "acme-prod.crm.users", "access": "write"} in grants
}

test_a_dataset_of_the_same_name_elsewhere_is_not_granted if {
	table := object.union(questions.users, {"project": "evil-prod", "id": "evil-prod.crm.users"})
	grants := dataset_access.table_grants with input as questions.asked({"query": {"tables": [table]}})
	count(grants) == 0
}

test_closed_is_closed_whatever_another_group_opens if {
	table := object.union(questions.users, {"dataset": "hr", "id": "acme-prod.hr.salaries", "table": "salaries"})
	asked := questions.asked({"identity": {"groups": ["analysts", "pii-admins"]}, "query": {"tables": [table]}})
	reasons := dataset_access.reasons with input as asked
	{reason.code | some reason in reasons} == {"dataset_closed"}
}
