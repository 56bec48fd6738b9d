package sluice.decision

unmet_approvals contains need if {
	some rule
	some need in data.sluice.rules[rule].approvals
	not is_met(need)
}

# An approval counts for this very query, until it expires, from somebody else who may give it.
is_met(need) if {
	some approval in input.approvals
	approval.code == need.code
	approval.expires_unix_ms > input.time.unix_ms
	approval.fingerprint == input.query.fingerprint
	approval.fingerprint != ""
	[approval.approver.issuer, approval.approver.subject] != [input.identity.issuer, input.identity.subject]
	some group in approval.approver.groups
	group in need.approver_groups
}
