package sluice.rules.break_glass_test

import data.sluice.lib.questions_test as questions
import data.sluice.rules.break_glass

asked(kind, ticket) := questions.asked({
	"identity": {"kind": kind},
	"session": {"break_glass": true, "ticket": ticket},
})

test_a_person_with_a_ticket_waits_for_approval if {
	needs := break_glass.approvals with input as asked("human", "INC-1")
	{need.code | some need in needs} == {"break_glass"}
}

test_agents_and_services_are_denied[kind] if {
	some kind in ["agent", "bi", "service"]
	reasons := break_glass.reasons with input as asked(kind, "INC-1")
	{reason.code | some reason in reasons} == {"no_break_glass"}
	waived := break_glass.waives with input as asked(kind, "INC-1")
	count(waived) == 0
}

test_no_ticket_no_glass if {
	reasons := break_glass.reasons with input as asked("human", "")
	{reason.code | some reason in reasons} == {"no_break_glass"}
}

test_it_waives_the_list_only if {
	waived := break_glass.waives with input as asked("human", "INC-1")
	waived == {"outside_business_hours", "query_too_large", "daily_budget_spent"}
}
