# Input documents for tests: `question` is an agent of the analysts reading one column of crm.users.
package sluice.lib.questions_test

question := {
	"version": 1,
	"id": "test",
	"phase": "parse",
	"environment": "test",
	"time": {
		"unix_ms": 1764000000000,
		"rfc3339": "2025-11-24T16:00:00.000Z",
		"zone": "UTC",
		"weekday": "monday",
		"minute_of_day": 960,
		"date": "2025-11-24",
	},
	"identity": {
		"subject": "alice",
		"issuer": "https://idp.acme.example",
		"kind": "agent",
		"groups": ["analysts"],
		"attributes": {},
	},
	"client": {"kind": "agent", "name": "test", "version": "1", "protocol": "mcp", "ip": "127.0.0.1"},
	"session": {"id": "test", "break_glass": false},
	"approvals": [],
	"query": {
		"fingerprint": "f",
		"text": "SELECT email FROM crm.users",
		"project": "acme-prod",
		"location": "US",
		"statements": [{"type": "SELECT", "class": "read"}],
		"tables": [users],
		"functions": [],
		"features": [],
		"params": [],
	},
}

users := {
	"id": "acme-prod.crm.users",
	"project": "acme-prod",
	"dataset": "crm",
	"table": "users",
	"kind": "table",
	"size_bytes": 1000,
	"access": ["read"],
	"tags": [],
	"labels": {},
	"via": [],
	"source": "parser",
	"columns": [{"name": "email", "type": "STRING", "tags": ["pii.email"], "uses": ["select"]}],
}

# The question with some parts replaced: changes are merged, lists replaced whole.
asked(changes) := object.union(question, changes)

orders := object.union(users, {"id": "acme-prod.crm.orders", "table": "orders", "columns": []})
