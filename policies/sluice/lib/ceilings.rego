# What a query and a day may cost: the most generous of the asker's groups, or the default.
package sluice.lib.ceilings

import data.sluice.lib.people

of_groups := [data.data.ceilings.groups[group] | some group in people.known_groups]

bytes_per_query := most("bytes_per_query")

bytes_per_day := most("bytes_per_day")

timeout_ms := most("timeout_ms")

most(figure) := max([ceiling[figure] | some ceiling in of_groups]) if count(of_groups) > 0

most(figure) := data.data.ceilings["default"][figure] if count(of_groups) == 0

# Figures as people read them: whole gibibytes from 10 GiB on, else mebibytes, rounded up.
size_text(bytes) := concat(" ", [format_int(ceil(bytes / 1073741824), 10), "GiB"]) if bytes >= 10737418240

size_text(bytes) := concat(" ", [format_int(ceil(bytes / 1048576), 10), "MiB"]) if bytes < 10737418240
