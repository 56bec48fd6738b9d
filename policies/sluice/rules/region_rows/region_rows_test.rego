package sluice.rules.region_rows_test

import data.sluice.lib.questions_test as questions
import data.sluice.rules.region_rows

asked(groups) := questions.asked({"identity": {"groups": groups}, "query": {"tables": [questions.orders]}})

filter_of(groups) := filter if {
	filters := region_rows.row_filters with input as asked(groups)
		with data.data.regions.groups as {"analysts": ["EU"], "americas": ["US", "BR"], "world": ["*"]}
	some entry in filters
	filter := object.remove(entry.filter, ["guard"])
}

test_one_region_is_an_equality if {
	filter_of(["analysts"]) == {"type": "field", "operator": "eq", "field": "region", "value": "EU"}
}

test_several_regions_are_a_list if {
	filter_of(["analysts", "americas"]) == {"type": "field", "operator": "in", "field": "region", "value": ["BR", "EU", "US"]}
}

test_every_region_is_no_filter if not filter_of(["analysts", "world"])

test_no_region_is_a_reason_and_not_no_filter if {
	reasons := region_rows.reasons with input as asked(["strangers"])
	{reason.code | some reason in reasons} == {"no_region"}
}

test_other_tables_have_no_filter if {
	filters := region_rows.row_filters with input as questions.question
	count(filters) == 0
}
