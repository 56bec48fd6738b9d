# Who asks: groups that the policy knows, and what these are granted together.
package sluice.lib.people

groups := {group | some group in input.identity.groups}

known_groups := {group | some group in groups; data.data.grants.groups[group]}

# Nobody is a member by default: whoever is in no known group gets nothing.
is_member if count(known_groups) > 0

is_agent if input.identity.kind == "agent"

read_datasets contains dataset if {
	some group in known_groups
	some dataset in data.data.grants.groups[group].read_datasets
}

write_datasets contains dataset if {
	some group in known_groups
	some dataset in data.data.grants.groups[group].write_datasets
}

never_datasets contains dataset if {
	some group in known_groups
	some dataset in data.data.grants.groups[group].never_datasets
}

read_wildcards contains pattern if {
	some group in known_groups
	some pattern in data.data.grants.groups[group].read_wildcards
}

is_in_any(names) if {
	some name in names
	name in groups
}

groups_text := concat(", ", sort(groups)) if count(groups) > 0

groups_text := "none" if count(groups) == 0
