package sluice.rules.pii_predicates_test

import data.sluice.lib.questions_test as questions
import data.sluice.rules.pii_predicates

used_in(use) := questions.asked({"query": {"tables": [object.union(questions.users, {"columns": [{
	"name": "email",
	"type": "STRING",
	"tags": ["pii.email"],
	"uses": [use],
}]})]}})

test_it_is_off_in_the_example if {
	reasons := pii_predicates.reasons with input as used_in("filter")
	count(reasons) == 0
}

test_steering_by_pii_is_denied_when_on[use] if {
	some use in ["filter", "join", "order", "group", "window"]
	reasons := pii_predicates.reasons with input as used_in(use) with data.data.switches.pii_predicates.enabled as true
	{reason.column | some reason in reasons} == {"email"}
}

test_selecting_pii_is_not if {
	reasons := pii_predicates.reasons with input as used_in("select") with data.data.switches.pii_predicates.enabled as true
	count(reasons) == 0
}

test_people_are_not_bound if {
	asked := object.union(used_in("filter"), {"identity": {"kind": "human"}})
	reasons := pii_predicates.reasons with input as asked with data.data.switches.pii_predicates.enabled as true
	count(reasons) == 0
}
