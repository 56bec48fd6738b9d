# METADATA
# title: Features of a statement
# description: Members may use the constructs that are listed; every other one must be granted to a group.
package sluice.rules.features

import data.sluice.lib.people

feature_grants contains feature if {
	people.is_member
	some feature in data.data.grants.members.features
}

feature_grants contains feature if {
	some group in people.known_groups
	some feature in data.data.grants.groups[group].features
}

advice := {
	"dynamic_sql": "Send the statement itself instead of EXECUTE IMMEDIATE.",
	"masked_write": "Leave the masked columns out of what you write.",
	"multi_statement": "Send one statement at a time.",
	"system_variable": "Leave out the @@ variables.",
	"unverified": "Simplify the query so that it can be verified.",
}

hints contains {"kind": "feature", "name": feature, "text": text} if some feature, text in advice
