# METADATA
# title: The decision
# description: >-
#   Joins what every rule under sluice.rules contributes into one answer. What no rule grants is denied; what one rule
#   denies is denied. See README.md for what a rule may contribute and how contributions combine.
package sluice.decision

default decision := {
	"effect": "deny",
	"reasons": [{
		"code": "undecided",
		"message": "The policy came to no decision. Report it to the policy's author.",
		"policy": "decision",
	}],
	"masks": {},
	"row_filters": {},
	"limits": {},
	"approvals": [],
	"needs": [],
	"obligations": [],
	"redact": [],
	"policies": ["decision"],
}

# METADATA
# entrypoint: true
decision := {
	"effect": effect,
	"reasons": sort(reasons),
	"masks": masks,
	"row_filters": row_filters,
	"limits": limits,
	"approvals": sort(unmet_approvals),
	"needs": sort(needs),
	"obligations": sort(obligations),
	"redact": sort(redact),
	"policies": sort(policies),
}

effect := "deny" if count(reasons) > 0

effect := "approval_required" if {
	count(reasons) == 0
	count(unmet_approvals) > 0
}

effect := "allow" if {
	count(reasons) == 0
	count(unmet_approvals) == 0
}

reasons := ((given_reasons - waived_reasons) | missing_grants) | (unready_rules | malformed)

waived_reasons := {reason | some reason in given_reasons; reason.code in waived}

# What cannot be read cannot be judged: every rule below would find nothing to object to.
malformed contains {
	"code": "input_not_understood",
	"message": "The policy does not understand the question. Report it to the policy's author.",
	"policy": "decision",
} if {
	not is_well_formed
}

is_well_formed if {
	input.version == 1
	is_array(input.identity.groups)
	count(input.query.statements) > 0
	is_array(input.query.functions)
	is_array(input.query.features)
	every table in input.query.tables {
		is_string(table.id)
		count(table.access) > 0
		is_array(table.columns)
	}
}

given_reasons contains object.union(reason, {"policy": rule}) if {
	some rule
	some reason in data.sluice.rules[rule].reasons
}

waived contains code if {
	some rule
	some code in data.sluice.rules[rule].waives
}

needs contains need if {
	some rule
	some need in data.sluice.rules[rule].needs
}

obligations contains obligation if {
	some rule
	some obligation in data.sluice.rules[rule].obligations
}

redact contains pointer if {
	some rule
	some pointer in data.sluice.rules[rule].redact
}

# A rule that lacks its data would protect nothing, so it stops everything.
unready_rules contains {
	"code": "policy_incomplete",
	"message": concat("", ["The rule ", rule, " lacks its data. Report it to the policy's author."]),
	"policy": rule,
} if {
	some rule
	data.sluice.rules[rule].ready == false
}

policies := ((((({reason.policy | some reason in reasons} | {rule | some rule; count(data.sluice.rules[rule].masks) > 0}) | {rule | some rule; count(data.sluice.rules[rule].row_filters) > 0}) | {rule | some rule; count(data.sluice.rules[rule].limits) > 0}) | {rule | some rule; count(data.sluice.rules[rule].approvals) > 0}) | {rule | some rule; count(data.sluice.rules[rule].obligations) > 0}) | {rule | some rule; count(data.sluice.rules[rule].table_grants) > 0}
