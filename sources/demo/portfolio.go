package demo

// service is something customers use and somebody looks after.
type service struct {
	id        string // unique: "payments", in a large organisation "payments-07"
	directory string
	plan      *servicePlan
	cell      *cell
}

// servicePlan is a service as every cell has it.
type servicePlan struct {
	name      string
	tier      int
	customers string
	language  language
	state     SystemState
	knows     []int // members who work on its code
}

// SystemState is what is true of the code of a service at the end.
type SystemState string

// The states.
const (
	OnePerson SystemState = "one person"  // one active person has written and changed all of it
	TwoPeople SystemState = "two people"  // two have
	Shared    SystemState = "shared"      // four or more have
	Orphaned  SystemState = "nobody left" // the one who had has left, others pass through
	Dormant   SystemState = "dormant"     // nothing has changed for three quarters
)

var servicePlans = [servicesPerCell]servicePlan{
	{"payments", 1, "three banks and 40 shops", golang, Shared, []int{engineerA, engineerB, engineerC, craftsman}},
	{"ledger", 1, "three banks", java, OnePerson, []int{craftsman}},
	{"signin", 1, "every customer", python, Shared, []int{engineerA, engineerD, bridge, associateC}},
	{"gateway", 1, "every customer", golang, Shared, []int{engineerB, engineerC, engineerD, associateA}},
	{"billing", 2, "the finance departments of 60 customers", ruby, TwoPeople, []int{engineerC, engineerD}},
	{"mail-relay", 2, "120 customers", python, Shared, []int{engineerA, bridge, associateB, engineerC}},
	{"dns", 2, "200 zones of 80 customers", shell, OnePerson, []int{holder}},
	{"backup", 2, "95 customers", python, Shared, []int{bridge, associateA, associateB, associateC}},
	{"reports", 3, "12 customers", typescript, Dormant, []int{engineerA, associateC}},
	{"archive", 3, "30 customers", ruby, Orphaned, []int{leaver}},
	{"intranet", 3, "ourselves", typescript, Shared, []int{engineerB, engineerD, associateB, associateC}},
	{"metering", 3, "the billing service", golang, Shared, []int{engineerA, engineerC, engineerD, associateA}},
}

// story is what is planted about a kind of task.
type story int

const (
	held            story = iota // one person alone, from memory
	converted                    // the bridge alone, until a procedure is written and others follow it
	manual                       // by procedure, by three people, all along
	craft                        // judgement, by the craftsman
	abandoned                    // by the leaver until then, by nobody since
	inherited                    // by the leaver until then, by one person since
	regressed                    // by two people until one of them leaves
	sharedRoutine                // by four people, from memory
	bumped                       // one person alone, beside a procedure of which only the review date moves
	sharedJudgement              // by five people, never the same twice
	rare                         // too seldom to say anything
)

// placing is what lets a reader tell that a ticket is of a kind.
type placing int

const (
	byRule placing = iota // a rule in keyperson.yaml
	byRequestType
	byComponent // the component together with the issue type
	byTemplate  // nothing but the summary
)

// kindPlan is a kind of task as every cell has it.
type kindPlan struct {
	slug, name string
	service    int
	story      story
	placing    placing
	issueType  string
	class      string  // scheduled, requested or urgent
	perQuarter float64 // executions in a quarter
	hours      float64 // of handling, usually
	doers      []int   // members; what they do depends on the story
	since      int     // converted: planted quarter from which others follow the procedure
	summary    string  // with {host}, {customer}, {region}, {number} to fill in; empty for judgement, which varies
	command    string  // that the procedure's steps run
	japanese   bool
}

var (
	associates = []int{associateA, associateB, associateC}
	onCall     = []int{engineerA, engineerB, engineerC, engineerD}
)

// The kinds of task: 40 in a cell.
var kindPlans = []kindPlan{
	{slug: "certificate-renewal", name: "Renew a customer certificate", service: 6, story: held, placing: byRule, issueType: "Task", class: "scheduled", perQuarter: 13, hours: 2, doers: []int{holder}, summary: "Renew TLS certificate of {host}"},
	{slug: "zone-change", name: "Zone change", service: 6, story: held, placing: byRequestType, issueType: "Service Request", class: "requested", perQuarter: 14, hours: 1, doers: []int{holder}, summary: "Change DNS zone of {customer}"},
	{slug: "mailbox-quota", name: "Mailbox quota", service: 5, story: held, placing: byRequestType, issueType: "Service Request", class: "requested", perQuarter: 11, hours: 0.5, doers: []int{holder}, summary: "Raise mailbox quota for {customer} to {number} GB"},
	{slug: "bank-file-transfer", name: "Bank file transfer", service: 1, story: held, placing: byRule, issueType: "Task", class: "scheduled", perQuarter: 13, hours: 1.5, doers: []int{holder}, summary: "Send settlement file to bank {number}"},
	{slug: "storage-expansion", name: "Storage expansion", service: 7, story: held, placing: byRequestType, issueType: "Service Request", class: "requested", perQuarter: 9, hours: 2, doers: []int{holder}, summary: "Expand storage volume of {customer} by {number} GB"},
	{slug: "queue-stuck", name: "Stuck mail queue", service: 5, story: held, placing: byComponent, issueType: "Incident", class: "urgent", perQuarter: 9, hours: 1, doers: []int{holder}, summary: "Mail queue stuck on {host}"},
	{slug: "firewall-opening", name: "Firewall opening", service: 3, story: held, placing: byRequestType, issueType: "Service Request", class: "requested", perQuarter: 12, hours: 1, doers: []int{holder}, summary: "Open firewall from {customer} to {host}"},
	{slug: "month-end-close", name: "月次締め処理", service: 4, story: held, placing: byRule, issueType: "Task", class: "scheduled", perQuarter: 6, hours: 4, doers: []int{holder}, summary: "請求の月次締め処理 {customer}", japanese: true},

	{slug: "restore-request", name: "Restore from backup", service: 7, story: converted, placing: byRequestType, issueType: "Service Request", class: "requested", perQuarter: 10, hours: 2, doers: []int{bridge}, since: 2, summary: "Restore files of {customer} from backup", command: "bin/restore --customer CUSTOMER --date DATE"},
	{slug: "account-onboarding", name: "アカウント発行", service: 2, story: converted, placing: byRequestType, issueType: "Service Request", class: "requested", perQuarter: 13, hours: 1, doers: []int{bridge}, since: 3, summary: "アカウント発行依頼 {customer}", command: "bin/accounts create --customer CUSTOMER", japanese: true},
	{slug: "backup-verification", name: "Backup verification", service: 7, story: converted, placing: byRule, issueType: "Task", class: "scheduled", perQuarter: 13, hours: 1.5, doers: []int{bridge}, since: 3, summary: "Verify weekly backup of {region}", command: "bin/verify-backup --region REGION"},
	{slug: "relay-failover", name: "Relay failover", service: 5, story: converted, placing: byRequestType, issueType: "Change", class: "requested", perQuarter: 8, hours: 1, doers: []int{bridge}, since: 4, summary: "Fail over mail relay {host}", command: "bin/failover --relay RELAY"},
	{slug: "key-rotation", name: "Signing key rotation", service: 2, story: converted, placing: byComponent, issueType: "Change", class: "scheduled", perQuarter: 9, hours: 2, doers: []int{bridge}, since: 5, summary: "Rotate signing key of {region}", command: "bin/rotate-key --region REGION"},

	{slug: "password-reset", name: "Password reset", service: 2, story: manual, placing: byRequestType, issueType: "Service Request", class: "requested", perQuarter: 18, hours: 0.5, doers: associates, summary: "Reset password of user {number} at {customer}", command: "bin/accounts reset --user USER"},
	{slug: "disk-full", name: "Disk full", service: 7, story: manual, placing: byComponent, issueType: "Incident", class: "urgent", perQuarter: 12, hours: 1, doers: associates, summary: "Disk full on {host}", command: "bin/free-space --host HOST"},
	{slug: "gateway-restart", name: "Gateway restart", service: 3, story: manual, placing: byRule, issueType: "Task", class: "urgent", perQuarter: 9, hours: 0.5, doers: associates, summary: "Restart gateway node {host}", command: "systemctl restart gateway"},
	{slug: "patch-window", name: "Patch window", service: 3, story: manual, placing: byRule, issueType: "Change", class: "scheduled", perQuarter: 13, hours: 3, doers: associates, summary: "Monthly patch window {region} group {number}", command: "bin/patch --region REGION"},
	{slug: "invoice-resend", name: "Invoice copy", service: 4, story: manual, placing: byRequestType, issueType: "Service Request", class: "requested", perQuarter: 12, hours: 0.5, doers: associates, summary: "Send copy of invoice {number} to {customer}", command: "bin/invoice send --number NUMBER"},
	{slug: "intranet-publish", name: "社内ページ公開", service: 10, story: manual, placing: byRequestType, issueType: "Service Request", class: "requested", perQuarter: 9, hours: 0.5, doers: associates, summary: "社内ページの公開依頼 {number}", command: "bin/publish --page PAGE", japanese: true},
	{slug: "log-rotation", name: "Log archive", service: 9, story: manual, placing: byTemplate, issueType: "Task", class: "scheduled", perQuarter: 13, hours: 0.5, doers: associates, summary: "Move old logs of {host} to cold storage", command: "bin/archive-logs --host HOST"},

	{slug: "architecture-review", name: "Architecture review", service: 1, story: craft, placing: byRequestType, issueType: "Design", class: "requested", perQuarter: 1.5, hours: 12, doers: []int{craftsman}},
	{slug: "major-incident", name: "Major incident rescue", service: 0, story: craft, placing: byRequestType, issueType: "Incident", class: "urgent", perQuarter: 1.6, hours: 9, doers: []int{craftsman}},
	{slug: "data-repair", name: "Ledger data repair", service: 1, story: craft, placing: byComponent, issueType: "Problem", class: "urgent", perQuarter: 1.4, hours: 10, doers: []int{craftsman}},
	{slug: "performance-inquiry", name: "Performance inquiry", service: 0, story: craft, placing: byComponent, issueType: "Problem", class: "requested", perQuarter: 1.4, hours: 14, doers: []int{craftsman}},

	{slug: "retention-purge", name: "Retention purge", service: 9, story: abandoned, placing: byRule, issueType: "Task", class: "scheduled", perQuarter: 12, hours: 1.5, doers: []int{leaver}, summary: "Purge expired archives of {customer}"},
	{slug: "archive-export", name: "Archive export", service: 9, story: inherited, placing: byRequestType, issueType: "Service Request", class: "requested", perQuarter: 10, hours: 2, doers: []int{leaver, engineerC}, summary: "Export archive of {customer} for audit"},

	{slug: "terminal-swap", name: "Payment terminal swap", service: 0, story: regressed, placing: byRequestType, issueType: "Service Request", class: "requested", perQuarter: 14, hours: 1, doers: []int{engineerA, second}, summary: "Swap payment terminal {number} at {customer}", command: "bin/terminal swap --id TERMINAL"},

	{slug: "report-rerun", name: "Report rerun", service: 8, story: sharedRoutine, placing: byRequestType, issueType: "Service Request", class: "requested", perQuarter: 14, hours: 0.5, doers: []int{associateA, associateC, engineerB, engineerD}, summary: "Rerun report {number} for {customer}"},
	{slug: "rate-limit", name: "Rate limit change", service: 3, story: sharedRoutine, placing: byRequestType, issueType: "Service Request", class: "requested", perQuarter: 14, hours: 0.5, doers: onCall, summary: "Change rate limit of {customer} to {number}"},
	{slug: "metering-gap", name: "Gap in metering", service: 11, story: sharedRoutine, placing: byComponent, issueType: "Incident", class: "urgent", perQuarter: 14, hours: 1, doers: onCall, summary: "Metering data missing for {region}"},
	{slug: "price-list", name: "Price list update", service: 4, story: sharedRoutine, placing: byComponent, issueType: "Change", class: "scheduled", perQuarter: 13, hours: 1, doers: onCall, summary: "Load price list {number} for {customer}"},
	{slug: "access-review", name: "Access review", service: 10, story: sharedRoutine, placing: byTemplate, issueType: "Task", class: "scheduled", perQuarter: 13, hours: 1, doers: []int{associateA, associateB, engineerA, engineerD}, summary: "Review access rights of team {number}"},

	{slug: "tax-table", name: "Tax table update", service: 4, story: bumped, placing: byRule, issueType: "Task", class: "scheduled", perQuarter: 6, hours: 2, doers: []int{engineerD}, summary: "Update tax table of {region}", command: "bin/taxes load --region REGION"},
	{slug: "sftp-account", name: "SFTP account", service: 9, story: bumped, placing: byRequestType, issueType: "Service Request", class: "requested", perQuarter: 9, hours: 0.5, doers: []int{engineerD}, summary: "Create SFTP account for {customer}", command: "bin/sftp create --customer CUSTOMER"},

	{slug: "capacity-study", name: "Capacity study", service: 3, story: sharedJudgement, placing: byRequestType, issueType: "Design", class: "requested", perQuarter: 3.5, hours: 10, doers: []int{craftsman, engineerA, engineerB, engineerC, bridge}},
	{slug: "vendor-dispute", name: "Vendor dispute", service: 5, story: sharedJudgement, placing: byComponent, issueType: "Problem", class: "requested", perQuarter: 3.5, hours: 8, doers: []int{engineerA, engineerB, engineerD, bridge, associateB}},
	{slug: "security-assessment", name: "Security assessment", service: 2, story: sharedJudgement, placing: byComponent, issueType: "Problem", class: "requested", perQuarter: 3.5, hours: 11, doers: []int{craftsman, engineerB, engineerC, engineerD, associateC}},

	{slug: "office-move", name: "Office move", service: 10, story: rare, placing: byRequestType, issueType: "Service Request", class: "requested", perQuarter: 0.35, hours: 16, doers: []int{associateB}, summary: "Move office network of {region}"},
	{slug: "tape-shipment", name: "Tape shipment", service: 7, story: rare, placing: byRequestType, issueType: "Service Request", class: "requested", perQuarter: 0.35, hours: 4, doers: []int{associateA}, summary: "Ship backup tapes to {region}"},
	{slug: "escrow-deposit", name: "Source escrow deposit", service: 1, story: rare, placing: byRequestType, issueType: "Service Request", class: "scheduled", perQuarter: 0.35, hours: 5, doers: []int{craftsman}, summary: "Deposit sources in escrow for bank {number}"},
}

func (k *kindPlan) isJudgement() bool { return k.story == craft || k.story == sharedJudgement }

// hasRunbook says whether the plan has a procedure written for the kind, sooner or later.
func (k *kindPlan) hasRunbook() bool {
	switch k.story {
	case converted, manual, regressed, bumped:
		return true
	}
	return false
}
