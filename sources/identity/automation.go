package identity

import (
	"regexp"
	"strings"

	"keyperson/sources"
)

// account names a program by what its commits carry. An empty field matches anything; both are in
// folded form.
type programAccount struct {
	name, address string
}

// botNames are automation accounts that no human is called. A `noreply` address is not among the
// reasons: a tenth of all people use one.
var botNames = words(`dependabot dependabot-preview dependabot-bot dependabot-support greenkeeper greenkeeperio-bot
	renovate renovate-bot renovatebot whitesource-renovate semantic-release-bot pre-commit-ci copybara
	copybara-service copybara-github pyup-bot pyup.io-bot snyk-bot codecov-io codecov-commenter github-actions
	github-action gitlab-bot mergify bors bors-servo k8s-ci-robot k8s-merge-robot k8s-release-robot
	openshift-merge-robot openshift-ci-robot openshift-bot travisbot travis-ci jenkins-bot jenkinsbot jenkins-ci
	hudson-ci weblate hosted-weblate transifex-bot transifex imgbot imgbotapp allcontributors
	all-contributors release-please release-bot googlebot google-oss-prow istio-testing knative-automation
	prometheusbot prombot rustbot rust-highfive rust-timer homu asfbot asfgit ci-bot gitter-badger
	the-gitter-badger codetriage-readme-bot readthedocs-bot web-flow scala-steward nix-update r-ryantm facebook-github-bot
	pytorchmergebot pytorchupdatebot pytorchbot swift-ci chromium-autoroll skia-flutter-autoroll
	engine-flutter-autoroll fluttergithubbot docker-library-bot cf-pages azure-pipelines vsts dotnet-bot
	dotnet-maestro mirror-bot lgtm-com lgtm-migrator deepsource-autofix restyled-io stickler-ci houndci-bot
	houndci codefactor-io tensorflower-gardener homebrew-bot brewtestbot linuxbrewtestbot backstage-service
	goreleaserbot grafanabot grafana-delivery-bot elasticmachine kibanamachine cockroach-teamcity craig-bot
	buildkite-bot circleci-bot concourse-bot`)

// botAccounts need name and address, or an address that only the program uses.
var botAccounts = []programAccount{
	{"github", "noreply@github.com"},
	{"github web flow", "noreply@github.com"},
	{"", "support@dependabot.com"},
	{"", "support@greenkeeper.io"},
	{"", "bot@renovateapp.com"},
	{"", "bot@pyup.io"},
	{"", "github-bot@pyup.io"},
	{"", "semantic-release-bot@martynus.net"},
	{"", "snyk-bot@snyk.io"},
	{"", "hosted@weblate.org"},
	{"", "noreply@weblate.org"},
	{"", "action@github.com"},
	{"", "actions@github.com"},
	{"", "github-actions@github.com"},
	{"", "gitlab-bot@gitlab.com"},
	{"", "bot@stepsecurity.io"},
	{"", "k8s.ci.robot@gmail.com"},
	{"", "copybara-worker@google.com"},
	{"", "allstar-bot@google.com"},
	{"", "builds@travis-ci.org"},
	{"", "transifex-bot@transifex.com"},
	{"", "imgbothelp@gmail.com"},
	{"", "noreply@buildkite.com"},
	{"jenkins ci", ""},
	{"travis ci", ""},
	{"travis ci user", ""},
	{"circleci", ""},
	{"circle ci", ""},
	{"gitlab ci", ""},
	{"github actions", ""},
	{"github action", ""},
	{"mergify bot", ""},
	{"renovate bot", ""},
	{"dependabot bot", ""},
	{"weblate translation memory", ""},
	{"anonymous weblate", ""},
	{"continuous integration", ""},
	{"autoroll", ""},
}

// agentAddresses are those that AI assistants put into Co-authored-by trailers, as seen in public
// histories and in the assistants' documentation.
var agentAddresses = words(`noreply@anthropic.com claude@anthropic.com cursoragent@cursor.com
	noreply@cursor.com agent@cursor.com noreply@cursor.sh noreply@openai.com codex@openai.com amp@ampcode.com
	noreply@ampcode.com aider@aider.chat noreply@aider.chat openhands@all-hands.dev noreply@opencode.ai
	devin@cognition.ai devin@devin.ai noreply@devin.ai copilot@github.com noreply@pi.dev gemini-cli@google.com
	gemini-code-assist@google.com noreply@gemini.google.com jules@google.com crush@charm.land grok@x.ai
	junie@jetbrains.com noreply@windsurf.com noreply@codeium.com`)

// agentLogins are accounts of AI assistants on code hosts, with or without their [bot] suffix.
var agentLogins = words(`copilot copilot-swe-agent github-copilot claude devin-ai-integration cursor
	google-labs-jules gemini-code-assist chatgpt-codex-connector openai-codex openhands-agent sweep-ai
	amazon-q-developer factory-droid blackboxai ellipsis-dev coderabbitai codegen-sh anthropic-claude
	claude-code-action qodo-merge-pro seer-by-sentry cursoragent windsurf-bot roomote`)

// agentNames matches product names that need no address to be known, models included. A human
// called Claude, Devin, Jules or Gemini alone is not matched.
var agentNames = regexp.MustCompile(`^(claude[ -](code|opus|sonnet|haiku|fable|ai|\d).*|(github )?copilot( .*)?|copilot-swe-agent` +
	`|cursor[ -]agent|devin[ -]ai( .*)?|(openai|chatgpt|gpt)[ -](codex|\d).*|chatgpt|codex cli|gemini[ -](cli|code assist|pro|flash|\d).*` +
	`|google[ -](jules|gemini).*|aider( \(.*)?|amazon q( developer)?|openhands|sourcegraph amp|roo[ -]code|kilo ?code|opencode)$`)

// trackerPrograms are the names under which trackers and what is plugged into them write.
var trackerPrograms = words(`automation-for-jira jira-automation github-integration github-for-jira gitlab-for-jira
	gitlab-integration bitbucket-integration slack-integration jira-cloud-for-slack jira-service-management-widget
	jira-service-desk-widget jira-outlook opsgenie-incident-timeline statuspage-for-jira trello-for-jira
	microsoft-teams-for-jira-cloud confluence-analytics-(system) atlassian-assist chat-notifications
	alert-integration proforma-migrator jira-misc-workflow-extensions jira-spreadsheets`)

// classifyAccount tells a tracker's programs from its people: by the names of well-known ones, and by the
// words with which administrators mark service accounts.
func classifyAccount(written sources.Identity) (sources.PersonKind, string) {
	name, login := strings.Join(strings.Fields(strings.ToLower(written.Name)), "-"), strings.ToLower(written.Login)
	switch {
	case trackerPrograms[name]:
		return sources.Bot, "known automation account of trackers by name"
	case botNames[login]:
		return sources.Bot, "known automation account by login"
	case strings.HasPrefix(login, "svc-"), strings.HasPrefix(login, "svc_"), strings.HasSuffix(name, "service-account"):
		return sources.Bot, "service account"
	}
	return sources.Human, ""
}

// classifyProgram tells bots and agents from people, by the identity alone.
func classifyProgram(writtenName string, a address) (sources.PersonKind, string) {
	name := strings.ToLower(strings.TrimSpace(writtenName))
	login := a.loginName()
	if agentAddresses[a.full] {
		return sources.Agent, "address " + a.full + " of an AI assistant"
	}
	bareName, isBotName := strings.CutSuffix(name, "[bot]")
	bareLogin, isBotLogin := strings.CutSuffix(login, "[bot]")
	if a.login != "" && agentLogins[bareLogin] && (isBotLogin || isAgentAccount(a)) {
		return sources.Agent, "account " + login + " of an AI assistant"
	}
	if isBotName && agentLogins[bareName] {
		return sources.Agent, "name of an AI assistant"
	}
	if mayBeProgramAddress(a) && agentNames.MatchString(name) {
		return sources.Agent, "name of an AI assistant"
	}
	switch {
	case isBotName:
		return sources.Bot, "[bot] in the name"
	case isBotLogin:
		return sources.Bot, "[bot] in the account"
	case botNames[strings.ReplaceAll(name, " ", "-")]:
		return sources.Bot, "known automation account by name"
	case a.login != "" && botNames[login]:
		return sources.Bot, "known automation account by login"
	}
	if name == "jenkins" && (a.local == "jenkins" || a.local == "hudson" || a.local == "ci") {
		return sources.Bot, "known automation account" // Jenkins is a family name too
	}
	for _, known := range botAccounts {
		if (known.name == "" || known.name == name) && (known.address == "" || known.address == a.full) {
			return sources.Bot, "known automation account"
		}
	}
	return sources.Human, ""
}

// loginName is the login of an account address without its host.
func (a *address) loginName() string {
	_, login, _ := strings.Cut(a.login, " ")
	return login
}

// agentAccounts are the numbers of assistants' accounts that carry no [bot] suffix.
var agentAccounts = words(`198982749 175728472 223556219`)

func isAgentAccount(a address) bool {
	_, number, _ := strings.Cut(a.account, " ")
	return agentAccounts[number]
}

// mayBeProgramAddress keeps a product name from making a program of someone who writes from an
// ordinary mailbox.
func mayBeProgramAddress(a address) bool {
	return a.full == "" || a.reach == noReach || strings.HasPrefix(a.local, "no-reply") || isAgentAccount(a) ||
		(a.domain == "users.noreply.github.com" && agentLogins[a.loginName()])
}
