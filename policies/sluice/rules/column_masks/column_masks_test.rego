package sluice.rules.column_masks_test

import data.sluice.lib.questions_test as questions
import data.sluice.rules.column_masks

tagged(tags) := questions.asked({"query": {"tables": [object.union(questions.users, {"columns": [{
	"name": "email",
	"type": "STRING",
	"tags": tags,
	"uses": [],
}]})]}})

test_a_tag_chooses_the_mask if {
	masks := column_masks.masks with input as tagged(["pii.email"])
	masks == {{"table": "acme-prod.crm.users", "column": "email", "kind": "sha256"}}
}

test_a_pii_tag_that_has_no_mask_hides_the_column if {
	masks := column_masks.masks with input as tagged(["pii.shoe_size"])
	{mask.kind | some mask in masks} == {"always_null"}
}

test_other_tags_mask_nothing if {
	masks := column_masks.masks with input as tagged(["finance"])
	count(masks) == 0
}

test_only_the_exact_group_sees_raw_values if {
	raw := column_masks.masks with input as questions.asked({"identity": {"groups": ["pii-admins"]}})
	count(raw) == 0
	masked := column_masks.masks with input as questions.asked({"identity": {"groups": ["pii-admins-x", "PII-ADMINS"]}})
	count(masked) == 1
}
