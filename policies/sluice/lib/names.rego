# Names as people write them.
package sluice.lib.names

# The project is left out where it is the one that the query runs in.
short(id) := trim_prefix(id, concat("", [input.query.project, "."]))

# The patterns of datasets that cover a table: its own dataset, and all of its project.
dataset_patterns(table) := {concat(".", [table.project, table.dataset]), concat(".", [table.project, "*"])}

join(names) := concat(", ", sort(names)) if count(names) > 0

join(names) := "none" if count(names) == 0

datasets(patterns) := join({dataset_text(pattern) | some pattern in patterns})

dataset_text(pattern) := concat(" ", ["all of", trim_suffix(pattern, ".*")]) if endswith(pattern, ".*")

dataset_text(pattern) := short(pattern) if not endswith(pattern, ".*")
