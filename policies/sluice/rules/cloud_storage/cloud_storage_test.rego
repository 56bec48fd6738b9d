package sluice.rules.cloud_storage_test

import data.sluice.lib.questions_test as questions
import data.sluice.rules.cloud_storage

engineer := {"identity": {"groups": ["data-engineers"], "kind": "human"}}

about(uri, access, who) := questions.asked(object.union(who, {"query": {"files": [{"uri": uri, "access": access}]}}))

codes(question) := found if {
	reasons := cloud_storage.reasons with input as question
	found := {reason.code | some reason in reasons}
}

test_no_files_no_reason if codes(questions.question) == set()

test_files_are_closed_to_whoever_was_granted_none if {
	codes(about("gs://acme-lab/rows.csv", "read", {})) == {"file_closed"}
}

test_an_engineer_reads_and_writes_the_lab if {
	codes(about("gs://acme-lab/rows.csv", "read", engineer)) == set()
	codes(about("gs://acme-lab/out/*.csv", "write", engineer)) == set()
}

test_other_buckets_stay_closed if {
	codes(about("gs://acme-lab-secrets/rows.csv", "read", engineer)) == {"file_closed"}
	codes(about("gs://acme-hr/rows.csv", "write", engineer)) == {"file_closed"}
}

test_a_prefix_ends_with_a_slash if {
	question := about("gs://acme-lab-secrets/rows.csv", "read", engineer)
	reasons := cloud_storage.reasons with input as question
		with data.data.grants.groups["data-engineers"].files as {"read": ["gs://acme-lab"]}
	count(reasons) == 1
}
