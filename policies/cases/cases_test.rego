# Every case of this folder, as opa evaluates it. Sluice evaluates the same files through WASM.
package sluice.cases_test

import data.sluice.decision

test_case[name] if {
	some name, case in data.cases
	decision.decision == case.expected with input as case.input
}

test_there_are_cases if count(data.cases) > 40
