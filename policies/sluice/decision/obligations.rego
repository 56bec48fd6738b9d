package sluice.decision

import data.sluice.lib.masks as lib

# By table and column, so that each is looked at once however many there are.
kinds_wanted[mask.table][mask.column] contains mask.kind if {
	some rule
	some mask in data.sluice.rules[rule].masks
}

masks[table] := {column: {"kind": lib.strictest(kinds)} | some column, kinds in columns} if {
	some table, columns in kinds_wanted
}

filters_wanted[entry.table] contains entry.filter if {
	some rule
	some entry in data.sluice.rules[rule].row_filters
}

# All filters of a table hold together.
row_filters[table] := sort(filters) if some table, filters in filters_wanted

figures_wanted[name] contains figure if {
	some rule
	some name, figure in data.sluice.rules[rule].limits
}

limits[name] := min(figures) if some name, figures in figures_wanted
