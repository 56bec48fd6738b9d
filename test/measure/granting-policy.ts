import { cp, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const decision = `package sluice.decision

default effect := "deny"

effect := "allow" if "pii-admins" in input.identity.groups

reasons := [{"code": "stranger", "message": "Nobody knows you.", "policy": "grants_everything"} | effect == "deny"]

# METADATA
# entrypoint: true
decision := {
	"effect": effect,
	"reasons": reasons,
	"masks": {},
	"row_filters": {},
	"limits": {},
	"approvals": [],
	"needs": [],
	"obligations": [],
	"redact": [],
	"policies": ["grants_everything"],
}
`
const manifest = { revision: 'grants-everything', roots: ['sluice'], rego_version: 1 }
const capabilities = join(import.meta.dirname, '../../policies/capabilities.json')

/** A policy repository that grants everything to those it knows: what differs then is the gateway's own doing. */
export async function writeGrantingPolicy(directory: string): Promise<string> {
  const path = join(directory, 'sluice/decision/decision.rego')
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, decision)
  await writeFile(join(directory, '.manifest'), JSON.stringify(manifest))
  await cp(capabilities, join(directory, 'capabilities.json'))
  return directory
}
