# What a slip in the data would open without a sound.
package sluice.data_test

import data.sluice.lib.masks

test_every_mask_is_one_that_exists if {
	every kind in data.data.masks.by_tag {
		masks.ranks[kind]
	}
}

test_every_group_has_known_settings_only if {
	known := {
		"read_datasets", "write_datasets", "never_datasets", "read_wildcards", "statements", "functions", "features", "files",
	}
	every settings in data.data.grants.groups {
		object.keys(settings) - known == set()
	}
}

test_every_dataset_is_written_as_project_and_dataset if {
	every settings in data.data.grants.groups {
		every pattern in settings.read_datasets {
			count(split(pattern, ".")) == 2
		}
	}
}

test_agents_are_granted_no_writing_by_belonging_alone if {
	{class | some class in data.data.grants.members.statements} == {"read", "metadata", "script"}
}

test_whoever_may_write_is_told_where if {
	every settings in data.data.grants.groups {
		may_write(settings) == has_place(settings)
	}
}

has_place(settings) := count(object.get(settings, "write_datasets", [])) > 0

may_write(settings) := count({"write", "ddl"} & {class | some class in object.get(settings, "statements", [])}) > 0

test_every_regional_table_names_its_column if {
	every regional in data.data.regions.tables {
		is_string(regional.column)
		is_boolean(regional.guard)
	}
}

test_only_reasons_of_cost_and_time_may_be_waived if {
	{code | some code in data.data.switches.break_glass.waives} - {
		"outside_business_hours", "query_too_large", "daily_budget_spent", "daily_budget_exceeded",
	} == set()
}
