# METADATA
# title: No exports, no external tables
# description: What leaves BigQuery or comes from outside of it is for the groups that are granted it only.
package sluice.rules.external_access

import data.sluice.lib.names
import data.sluice.lib.people
import data.sluice.rules.read_only_agents

is_trusted if people.is_in_any(data.data.switches.external_access.groups)

reasons contains {
	"code": "export_off",
	"message": "Exports are off. Query the rows instead; Sluice answers them page by page.",
	"statement": statement.type,
} if {
	some statement in input.query.statements
	statement.class == "export"
	not statement.class in read_only_agents.statement_grants
}

reasons contains {
	"code": "external_table",
	"message": concat("", [
		"Table ", names.short(table.id), " lies outside of BigQuery and is not open to your groups (", people.groups_text, "). ",
		"Use a table that is stored in BigQuery.",
	]),
	"table": table.id,
} if {
	not is_trusted
	some table in input.query.tables
	table.kind == "external"
}
