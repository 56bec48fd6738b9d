# METADATA
# title: Sluice's policy
# description: >-
#   Every package below this one is checked against the schema of the input document, so that a misspelt
#   `input.query.tabels` does not compile.
# scope: subpackages
# schemas:
#   - input: schema.input
package sluice
