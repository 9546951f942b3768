package catalog

const configHead = `# keyperson.yaml: what Keyperson assesses. Written by "keyperson init"; edit it and commit it.
#
# A system is what your team would name when asked what it looks after. Merge and rename these until the
# report reads like your organisation; "keyperson systems" shows what belongs where.

systems:
`

const configTail = `
# Files that nobody has to know, as in .gitignore. Generated, vendored and documentation files are left out
# already, by linguist's rules and .gitattributes.
# exclude:
#   - third_party/

# People who have left: they cover nothing, however much they did. Names, addresses or IDs.
# left:
#   - someone@example.org

# The file that says which names and addresses are one person ("keyperson people --write" makes it).
# people: keyperson-people.yaml

# Who did something within so many days counts as active, and after how many days work counts half.
# activity_window_days: 180
# half_life_days: 365

# Tickets show the work that no file shows. Exported files (JSON or CSV, each also gzipped) lie beside or below
# this file; a live Jira is asked by "keyperson import", with a token from the environment. The columns are for
# the CSV of a tracker that Keyperson does not know: several columns make one value, and beside those below there are
# project, summary, description, type, components, labels, service, group, status, resolution, priority, updated,
# reporter, resolver, reassigned, reopened, escalated and used_procedure. nulls are texts that stand for no value.
# tickets:
#   - label: operations
#     files: [exports/*.json.gz]
#   - label: servicedesk
#     files: [exports/incidents.csv]
#     columns:
#       key: number
#       request_type: [category, subcategory]
#       assignee: assigned_to
#       created: opened_at
#       resolved: resolved_at
#     time_layout: day-first     # or iso, month-first, or a layout such as "02/01/2006 15:04"
#     time_zone: Europe/Berlin
#     nulls: ["?"]
#   - url: https://example.atlassian.net
#     user: someone@example.org  # left out, the token is a bearer token
#     token_env: KEYPERSON_JIRA_TOKEN
#     projects: [OPS]

# People, or accounts, who only assign and close: closing a ticket does not show that they did the work.
# triage:
#   - servicedesk@example.org

# Procedure documents, and what their front matter calls things.
# runbooks:
#   paths: [runbooks/, docs/operations/]
#   owner: [owner, owner_slack]
#   reviewed: last_reviewed_on
#   interval: review_in
#   interval_days: 180

# Kinds of recurring work. A ticket belongs to the first task of which every condition holds; what is left is
# placed by request type, component and type, or similar summaries.
# tasks:
#   - id: cert-renewal
#     name: Renew a certificate
#     match:
#       summary: "(?i)certificate|\\bcert\\b"
#       types: [Service Request]
#     runbook: runbooks/renew-certificate.md
#     class: scheduled           # or requested, urgent
#     obligation: true           # must be done on any day, whoever is in
#     hours: 2
#     level:                     # pins what would be computed
#       is: B
#       reason: the second person is being trained
#       until: 2027-03-31
# task_half_life_days: 180

# What "keyperson check" accepts: at most so many risks, and single ones for a time. "keyperson check" prints the
# rules and fingerprints.
# check:
#   budgets:
#     - tier: 1
#       most: 0
#     - most: 10
#   waivers:
#     - rule: system-one-person
#       id: payments
#       owner: head of operations
#       reason: the second person starts in January
#       until: 2027-03-31
#   tolerance: 0.1
#   names: false               # true: names instead of pseudonyms in what is passed on
`
