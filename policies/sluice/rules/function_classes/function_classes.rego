# METADATA
# title: Function classes
# description: Members may call the classes of functions that are listed; the sensitive ones are not.
package sluice.rules.function_classes

import data.sluice.lib.names
import data.sluice.lib.people

function_grants contains class if {
	people.is_member
	some class in data.data.grants.members.functions
}

function_grants contains class if {
	some group in people.known_groups
	some class in data.data.grants.groups[group].functions
}

hints contains {
	"kind": "function",
	"text": concat("", ["Classes of functions you may use: ", names.join(function_grants), "."]),
}
