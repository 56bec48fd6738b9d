# METADATA
# title: Business hours
# description: Outside of the hours that are set, the kinds of principals that are named do not query. Off in the example data.
package sluice.rules.business_hours

switch := data.data.switches.business_hours

is_open if {
	input.time.weekday in switch.weekdays
	input.time.minute_of_day >= switch.from_minute
	input.time.minute_of_day < switch.until_minute
}

reasons contains {
	"code": "outside_business_hours",
	"message": concat("", [
		"Queries run on ", concat(", ", switch.weekdays), " from ", clock(switch.from_minute), " to ",
		clock(switch.until_minute), " (", input.time.zone, ") only. Try again then.",
	]),
} if {
	switch.enabled
	input.identity.kind in switch.kinds
	not is_open
}

clock(minute) := concat(":", [two_digits(floor(minute / 60)), two_digits(minute % 60)])

two_digits(number) := format_int(number, 10) if number >= 10

two_digits(number) := concat("", ["0", format_int(number, 10)]) if number < 10
