package sluice.lib.masks_test

import data.sluice.lib.masks

test_the_strictest_mask_wins if {
	masks.strictest({"email", "sha256"}) == "sha256"
	masks.strictest({"redact", "sha256"}) == "redact"
	masks.strictest({"always_null", "redact"}) == "always_null"
}

test_two_masks_of_one_rank_hide_everything if masks.strictest({"first_four", "last_four"}) == "always_null"

test_an_unknown_mask_hides_everything if {
	masks.strictest({"rot13"}) == "always_null"
	masks.strictest({"rot13", "sha256"}) == "always_null"
}

test_a_mask_that_does_not_fit_its_type_hides_everything if {
	masks.fitting("redact", "INT64") == "always_null"
	masks.fitting("date_year", "STRING") == "always_null"
	masks.fitting("sha256", "BYTES") == "sha256"
	masks.fitting("date_year", "TIMESTAMP") == "date_year"
	masks.fitting("default_value", "NUMERIC") == "default_value"
}
