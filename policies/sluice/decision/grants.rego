package sluice.decision

import data.sluice.lib.names
import data.sluice.lib.people

granted_tables contains grant if {
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

missing_grants contains {
	"code": "statement_not_granted",
	"message": say(["A ", statement.type, " statement is not open to your groups (", people.groups_text, ")."], "statement", statement.class),
	"policy": "grants",
	"statement": statement.type,
} if {
	some statement in input.query.statements
	not statement.class in granted_statements
}

missing_grants contains {
	"code": "statement_missing",
	"message": "The query has no statement. Send one.",
	"policy": "grants",
} if {
	count(input.query.statements) == 0
}

missing_grants contains {
	"code": "table_not_granted",
	"message": say(table_text(table, missing), "table", table.id),
	"policy": "grants",
	"table": shown_table(table),
} if {
	some table in input.query.tables
	missing := {access | some access in table.access; not {"table": table.id, "access": access} in granted_tables}
	count(missing) > 0
}

# A relation that is touched in no way that has a name is touched in a way that nobody granted.
missing_grants contains {
	"code": "table_without_access",
	"message": concat("", ["What the query does with ", names.short(shown_table(table)), " is not clear. Simplify the query."]),
	"policy": "grants",
	"table": shown_table(table),
} if {
	some table in input.query.tables
	count(table.access) == 0
}

missing_grants contains {
	"code": "function_not_granted",
	"message": say(
		["Function ", used.name, " (class ", used.class, ") is not open to your groups (", people.groups_text, ")."],
		"function", used.class,
	),
	"policy": "grants",
} if {
	some used in input.query.functions
	not used.class in granted_functions
}

missing_grants contains {
	"code": "feature_not_granted",
	"message": say(["The query uses ", feature_text(feature), ", which is not open to your groups (", people.groups_text, ")."], "feature", feature),
	"policy": "grants",
} if {
	some feature in input.query.features
	not feature in granted_features
}

feature_text(feature) := replace(feature, "_", " ")

# What a view reads is the view's secret.
shown_table(table) := table.via[0] if count(table.via) > 0

shown_table(table) := table.id if count(table.via) == 0

table_text(table, _) := ["View ", names.short(table.via[0]), " reads a table that is not open to your groups (", people.groups_text, ")."] if {
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
