package sluice.rules.business_hours_test

import data.sluice.lib.questions_test as questions
import data.sluice.rules.business_hours

codes(weekday, minute) := {reason.code | some reason in reasons} if {
	reasons := business_hours.reasons with input as questions.asked({"time": {"weekday": weekday, "minute_of_day": minute}})
		with data.data.switches.business_hours.enabled as true
}

test_it_is_off_in_the_example if {
	reasons := business_hours.reasons with input as questions.asked({"time": {"weekday": "sunday"}})
	count(reasons) == 0
}

test_inside_of_the_hours_queries_run if {
	codes("monday", 480) == set()
	codes("friday", 1079) == set()
}

test_outside_of_them_they_do_not if {
	codes("monday", 479) == {"outside_business_hours"}
	codes("monday", 1080) == {"outside_business_hours"}
	codes("sunday", 600) == {"outside_business_hours"}
}

test_the_hours_are_told if {
	reasons := business_hours.reasons with input as questions.asked({"time": {"weekday": "sunday"}})
		with data.data.switches.business_hours.enabled as true
	some reason in reasons
	contains(reason.message, "from 08:00 to 18:00 (UTC)")
}
