# METADATA
# title: Break-glass
# description: >-
#   A person in an emergency, with a ticket and an approval, gets past the fixed list of reasons in
#   data.data.switches.break_glass. It never lifts a mask or a filter, and agents have no glass to break.
package sluice.rules.break_glass

switch := data.data.switches.break_glass

is_broken if {
	input.session.break_glass
	input.session.ticket != ""
	input.identity.kind == "human"
}

waives contains code if {
	is_broken
	some code in switch.waives
}

approvals contains {
	"code": "break_glass",
	"message": concat("", [
		"Break-glass for ticket ", input.session.ticket, " needs an approval by ", concat(" or ", switch.approver_groups), ".",
	]),
	"approver_groups": switch.approver_groups,
} if {
	is_broken
}

reasons contains {
	"code": "no_break_glass",
	"message": "Break-glass is for people with a ticket. Leave it out.",
} if {
	input.session.break_glass
	not is_broken
}
