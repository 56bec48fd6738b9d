package sluice.decision

import data.sluice.lib.names
import data.sluice.lib.people

granted_accesses[grant.table] contains grant.access if {
	some rule
	some grant in data.sluice.rules[rule].table_grants
}

granted_statements contains class if {
	some rule
	some class in data.sluice.rules[rule].statement_grants
}

granted_functions contains class if {
	some rule
	some class in data.sluice.rules[rule].function_grants
}

granted_features contains feature if {
	some rule
	some feature in data.sluice.rules[rule].feature_grants
}

# Differences of sets, since a negation over something undefined would be undefined too and refuse nothing.
open_statements := {statement | some statement in input.query.statements; statement.class in granted_statements}

open_functions := {used | some used in input.query.functions; used.class in granted_functions}

missing_grants contains {
	"code": "statement_not_granted",
	"message": say([statement.type, " statements are not open to your groups (", people.groups_text, ")."], "statement", statement.class),
	"policy": "grants",
	"statement": statement.type,
} if {
	some statement in ({statement | some statement in input.query.statements} - open_statements)
}

missing_grants contains {
	"code": "table_not_granted",
	"message": say(table_text(table, missing), "table", table.id),
	"policy": "grants",
	"table": shown_table(table),
} if {
	some table in input.query.tables
	missing := {access | some access in table.access} - object.get(granted_accesses, table.id, set())
	count(missing) > 0
	is_worth_saying(missing)
}

# Where the kind of statement is refused already, its writes need no reason of their own.
is_worth_saying(missing) if missing & {"read", "metadata"} != set()

is_worth_saying(_) if {
	classes := {statement.class | some statement in input.query.statements}
	classes - granted_statements == set()
}

missing_grants contains {
	"code": "function_not_granted",
	"message": say(
		["Function ", used.name, " (class ", used.class, ") is not open to your groups (", people.groups_text, ")."],
		"function", used.class,
	),
	"policy": "grants",
} if {
	some used in ({used | some used in input.query.functions} - open_functions)
}

missing_grants contains {
	"code": "feature_not_granted",
	"message": say(["The query uses ", feature_text(feature), ", which is not open to your groups (", people.groups_text, ")."], "feature", feature),
	"policy": "grants",
} if {
	some feature in ({feature | some feature in input.query.features} - granted_features)
}

feature_text(feature) := replace(feature, "_", " ")

# What a view reads is the view's secret.
shown_table(table) := table.via[0] if count(table.via) > 0

shown_table(table) := table.id if count(table.via) == 0

table_text(table, _) := [names.short(table.via[0]), " reads a table that is not open to your groups (", people.groups_text, ")."] if {
	count(table.via) > 0
}

table_text(table, missing) := ["Table ", names.short(table.id), " is not open to your groups (", people.groups_text, ")."] if {
	count(table.via) == 0
	some access in missing
	access in {"read", "metadata"}
}

table_text(table, missing) := ["Table ", names.short(table.id), " is open to your groups (", people.groups_text, ") for reading only, not for ", names.join(missing), "."] if {
	count(table.via) == 0
	missing & {"read", "metadata"} == set()
}

# The sentence and what rules add to it: what would be allowed instead.
say(parts, kind, name) := concat(" ", array.concat([concat("", parts)], sort(hints_about(kind, name))))

hints_about(kind, name) := {hint.text |
	some rule
	some hint in data.sluice.rules[rule].hints
	hint.kind == kind
	object.get(hint, "name", name) == name
}
