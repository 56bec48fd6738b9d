# METADATA
# title: Daily budget
# description: What a person's queries bill in one day is bounded; the last query gets what is left.
package sluice.rules.daily_budget

import data.sluice.lib.ceilings

default ready := false

ready if is_number(ceilings.bytes_per_day)

used := input.session.bytes_billed_today

left := ceilings.bytes_per_day - used

limits := {"maximum_bytes_billed": left} if left > 0

reasons contains {
	"code": "daily_budget_spent",
	"message": concat("", [
		"Your budget of ", ceilings.size_text(ceilings.bytes_per_day), " for today is spent. ",
		"Go on tomorrow, or ask for a larger budget.",
	]),
} if {
	left <= 0
}

reasons contains {
	"code": "daily_budget_exceeded",
	"message": concat("", [
		"The query would read ", ceilings.size_text(input.query.estimate.bytes_processed), "; of today's budget ",
		ceilings.size_text(left), " is left. Select fewer columns, or filter on the partition or clustering columns.",
	]),
} if {
	left > 0
	input.query.estimate.bytes_processed > left
}

reasons contains {
	"code": "usage_unknown",
	"message": "What you used today is not known, and this policy wants to know it. Try again in a minute.",
} if {
	data.data.ceilings.usage_unknown != "allow"
	not input.session.bytes_billed_today
}
