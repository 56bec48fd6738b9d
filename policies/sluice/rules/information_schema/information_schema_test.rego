package sluice.rules.information_schema_test

import data.sluice.lib.questions_test as questions
import data.sluice.rules.information_schema

view(dataset, name, column) := object.union(questions.users, {
	"id": concat(".", ["acme-prod", dataset, name]),
	"dataset": dataset,
	"table": name,
	"kind": "information_schema",
	"columns": [{"name": column, "type": "STRING", "tags": [], "uses": ["select"]}],
})

closed(tables) := {reason.table | some reason in reasons} if {
	reasons := information_schema.reasons with input as questions.asked({"query": {"tables": tables}})
}

test_columns_are_open_in_any_case if {
	closed([view("crm", "INFORMATION_SCHEMA.COLUMNS", "column_name")]) == set()
	closed([view("crm", "information_schema.columns", "column_name")]) == set()
}

test_other_views_are_closed if {
	closed([view("crm", "INFORMATION_SCHEMA.JOBS", "query")]) == {"acme-prod.crm.INFORMATION_SCHEMA.JOBS"}
}

test_definitions_are_closed if {
	closed([view("crm", "INFORMATION_SCHEMA.TABLES", "DDL")]) == {"acme-prod.crm.INFORMATION_SCHEMA.TABLES"}
}

test_regions_are_closed if count(closed([view("region-us", "INFORMATION_SCHEMA.COLUMNS", "column_name")])) == 1

test_a_view_is_told_by_its_name_where_its_kind_is_not_known if {
	unknown := object.union(view("crm", "INFORMATION_SCHEMA.JOBS", "query"), {"kind": "unknown"})
	count(closed([unknown])) == 1
}

test_outsiders_are_not_granted_it if {
	grants := information_schema.feature_grants with input as questions.asked({"identity": {"groups": []}})
	count(grants) == 0
}

test_writers_of_a_dataset_see_more_of_it if {
	engineer := {"identity": {"groups": ["data-engineers"], "kind": "human"}}
	seen := {"query": {"tables": [view("lab", "__TABLES__", "row_count"), view("lab", "INFORMATION_SCHEMA.TABLE_OPTIONS", "option_value")]}}
	read_only := {"query": {"tables": [view("crm", "__TABLES__", "row_count")]}}
	count(information_schema.reasons) == 0 with input as questions.asked(object.union(engineer, seen))
	count(information_schema.reasons) == 1 with input as questions.asked(object.union(engineer, read_only))
}
