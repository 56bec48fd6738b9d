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

granted(tables) if {
	"information_schema" in information_schema.feature_grants with input as questions.asked({"query": {"tables": tables}})
}

test_columns_are_open_in_any_case if {
	granted([view("crm", "INFORMATION_SCHEMA.COLUMNS", "column_name")])
	granted([view("crm", "information_schema.columns", "column_name")])
}

test_other_views_are_closed if not granted([view("crm", "INFORMATION_SCHEMA.JOBS", "query")])

test_definitions_are_closed if not granted([view("crm", "INFORMATION_SCHEMA.TABLES", "DDL")])

test_regions_are_closed if not granted([view("region-us", "INFORMATION_SCHEMA.COLUMNS", "column_name")])

test_one_closed_view_closes_all if {
	not granted([
		view("crm", "INFORMATION_SCHEMA.COLUMNS", "column_name"),
		view("crm", "INFORMATION_SCHEMA.JOBS", "query"),
	])
}
