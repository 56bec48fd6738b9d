# METADATA
# title: Agents only read
# description: Members may read; a group can be granted more kinds of statement, but never for agents.
package sluice.rules.read_only_agents

import data.sluice.lib.people

# The statements of a script are in the list beside it.
reading := {"read", "metadata", "script"}

statement_grants contains class if {
	people.is_member
	some class in data.data.grants.members.statements
}

statement_grants contains class if {
	some group in people.known_groups
	some class in data.data.grants.groups[group].statements
}

reasons contains {
	"code": "agents_only_read",
	"message": concat("", [
		"Agents may only read; this is a ", statement.type, " statement. ",
		"Send a SELECT, or have a person run it outside of an agent.",
	]),
	"statement": statement.type,
} if {
	people.is_agent
	some statement in input.query.statements
	statement.class in statement_grants
	not statement.class in reading
}

hints contains {"kind": "statement", "text": advice}

advice := "None of your groups is known to this policy: ask its owner for access." if not people.is_member

advice := "Agents may only read: send a SELECT." if {
	people.is_member
	people.is_agent
}

advice := "Send a SELECT." if {
	people.is_member
	not people.is_agent
}
