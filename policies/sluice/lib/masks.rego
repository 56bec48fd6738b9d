# Which of several masks counts.
package sluice.lib.masks

ranks := {
	"always_null": 90,
	"default_value": 80,
	"redact": 80,
	"hmac_sha256": 70,
	"sha256": 60,
	"date_year": 40,
	"email": 30,
	"first_four": 20,
	"last_four": 20,
}

# Anything that is not known masks everything.
known(kind) := kind if ranks[kind]

known(kind) := "always_null" if not ranks[kind]

# The strictest; where two that differ are equally strict, neither is right.
strictest(kinds) := kind if {
	highest := max({ranks[known(kind)] | some kind in kinds})
	best := {known(kind) | some kind in kinds; ranks[known(kind)] == highest}
	count(best) == 1
	some kind in best
}

strictest(kinds) := "always_null" if {
	highest := max({ranks[known(kind)] | some kind in kinds})
	count({known(kind) | some kind in kinds; ranks[known(kind)] == highest}) > 1
}

text_kinds := {"sha256", "hmac_sha256", "first_four", "last_four", "email", "redact"}

date_types := {"DATE", "DATETIME", "TIMESTAMP"}

# A mask that does not fit the column's type gives way to one that always does.
fitting(kind, type) := kind if fits(kind, type)

fitting(kind, type) := "always_null" if not fits(kind, type)

fits(kind, "STRING") if kind in text_kinds

fits(kind, "BYTES") if kind in {"sha256", "hmac_sha256"}

fits("date_year", type) if type in date_types

fits("default_value", _)
