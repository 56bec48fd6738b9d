# METADATA
# title: Files by group
# description: >-
#   Loads read files and exports write them under the gateway's own identity, which reaches more than any person should. So a
#   file is open only below the prefixes that data.data.grants lists for a group.
package sluice.rules.cloud_storage

import data.sluice.lib.people

reasons contains {
	"code": "file_closed",
	"message": concat("", [
		"File ", file.uri, " is not open to your groups (", people.groups_text, ") for ", verbs[file.access], ". ",
		"Files you may ", infinitives[file.access], ": ", prefixes_text(file.access), ".",
	]),
} if {
	some file in input.query.files
	not is_open(file)
}

is_open(file) if {
	some prefix in prefixes[file.access]
	endswith(prefix, "/")
	startswith(file.uri, prefix)
}

prefixes[access] contains prefix if {
	some group in people.known_groups
	some access, granted in data.data.grants.groups[group].files
	some prefix in granted
}

prefixes_text(access) := concat(", ", sort(prefixes[access]))

prefixes_text(access) := "none" if not prefixes[access]

verbs := {"read": "reading", "write": "writing"}

infinitives := {"read": "load", "write": "write"}
