package sluice.decision

import data.sluice.lib.masks as lib

given_masks contains mask if {
	some rule
	some mask in data.sluice.rules[rule].masks
}

masks := {table: columns |
	some table in {mask.table | some mask in given_masks}
	columns := {column: {"kind": lib.strictest({mask.kind | some mask in given_masks; mask.table == table; mask.column == column})} |
		some column in {mask.column | some mask in given_masks; mask.table == table}
	}
}

given_filters contains entry if {
	some rule
	some entry in data.sluice.rules[rule].row_filters
}

# All filters of a table hold together.
row_filters := {table: sort({entry.filter | some entry in given_filters; entry.table == table}) |
	some table in {entry.table | some entry in given_filters}
}

given_limits contains [name, figure] if {
	some rule
	some name, figure in data.sluice.rules[rule].limits
}

limits := {name: min({figure | some [other, figure] in given_limits; other == name}) | some [name, _] in given_limits}
