package runbook

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"keyperson/sources"
)

// tools are programs that operators run: a line beginning with one of them is a command.
var tools = words(`kubectl oc helm docker podman nerdctl crictl systemctl service journalctl terraform tofu ansible ansible-playbook
	aws gcloud gsutil az doctl eksctl kops git gh glab ssh scp rsync curl wget sudo su rm mv cp ln ls cat grep sed awk tail head less find
	chmod chown kill pkill ps top df du mount umount dd mkfs lsblk fdisk lvextend resize2fs ip ping dig nslookup host traceroute telnet nc ss
	netstat tcpdump openssl psql pg_dump pg_restore pg_ctl mysql mysqldump redis-cli mongo mongosh etcdctl vault consul nomad make bash sh zsh
	python python3 node npm yarn npx ruby rake rails bundle bundler go java jq yq echo export cd mkdir touch tar gzip apt apt-get yum dnf
	rpm dpkg pip pip3 crontab mdadm smartctl iptables nft ceph rados rbd virsh virtctl promtool amtool kafka-topics rabbitmqctl nginx
	apachectl haproxy patronictl reboot shutdown passwd useradd userdel adduser cap bosh cf heroku flyctl k9s flux argocd istioctl velero
	calicoctl cilium etcdutl kubeadm minikube nodetool cqlsh influx sqlplus logrotate fsck xfs_repair gcore strace lsof watch timedatectl
	chronyc ntpq ethtool nmcli source while for if`)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		set[word] = true
	}
	return set
}

var (
	shellLanguages = words("shell sh bash zsh console shell-session terminal sh-session powershell ps1 pwsh cmd bat command commandline")
	prompt         = lazily(`^\s*(?:\[[^\]\n]{1,40}\][$#]|[\w.@:~/-]{0,40}[$#]|>|PS>|%)\s+(\S.*)$`)
	assignments    = lazily(`^(?:[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|\$\([^)]*\)|\S*)\s+)+`)
)

// commandsIn are the lines of a block of code that an operator types. Where lines have prompts, the others are
// what is printed.
func commandsIn(b *block) (commands []string, prompts bool) {
	var plain, prompted []string
	continued := false
	for line := range strings.SplitSeq(b.text, "\n") {
		text := strings.TrimSpace(line)
		isContinuation := continued
		continued = strings.HasSuffix(text, "\\")
		if m := prompt.FindStringSubmatch(line); m != nil && !strings.HasPrefix(text, "# ") {
			prompted = append(prompted, m[1])
			continue
		}
		if text == "" || strings.HasPrefix(text, "#") || strings.HasPrefix(text, "//") {
			continue
		}
		if isContinuation && len(plain) > 0 {
			plain[len(plain)-1] += " " + text
			continue
		}
		plain = append(plain, text)
	}
	if len(prompted) > 0 {
		return prompted, true
	}
	if shellLanguages[b.language] || b.language == "sql" {
		return plain, false
	}
	if b.language != "" && b.language != "text" && b.language != "txt" && b.language != "plaintext" {
		return nil, false
	}
	// Nothing says what it is: commands where the first line is one.
	if len(plain) == 0 || !isCommand(plain[0]) {
		return nil, false
	}
	return plain, false
}

// isCommand says whether a text is something to type into a shell.
func isCommand(text string) bool {
	text = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), "$ "))
	text = assignments.ReplaceAllString(text, "")
	first, rest, hasRest := strings.Cut(text, " ")
	if tools[first] {
		return hasRest && rest != "" || first == "reboot"
	}
	return hasRest && (strings.HasPrefix(first, "./") || strings.HasSuffix(first, ".sh") || strings.HasSuffix(first, ".py")) || statement.MatchString(text)
}

var statement = lazily(`(?i)^(?:select\s.+\sfrom\s|update\s+\S+\s+set\s|delete\s+from\s|insert\s+into\s|(?:drop|alter|create|truncate)\s+(?:table|database|index|user|role)\s)`)

var inlineCode = lazily("`([^`]+)`")

// inlineCommands are the commands in running text.
func inlineCommands(text string) []string {
	var commands []string
	for _, m := range inlineCode.FindAllStringSubmatch(text, -1) {
		if isCommand(m[1]) {
			commands = append(commands, m[1])
		}
	}
	return commands
}

// changing are commands that change the state of something.
var changing = lazily(`(?i)(?:^|[\s;&|(])(?:` + strings.Join([]string{
	`(?:kubectl|oc)\s+(?:-\S+(?:[ =]\S+)?\s+)*(?:delete|apply|patch|edit|scale|drain|cordon|uncordon|create|replace|set|label|annotate|taint|rollout\s+(?:restart|undo|pause|resume)|adm\s+(?:drain|cordon|uncordon|taint|policy|upgrade|prune))\b`,
	`systemctl\s+(?:-\S+\s+)*(?:restart|stop|start|reload|enable|disable|mask|unmask|daemon-reload)\b`, `service\s+\S+\s+(?:restart|stop|start|reload)\b`,
	`rm\s+-?\S`, `mv\s+\S`, `dd\s+if=`, `mkfs\S*\s`, `p?kill(?:all)?\s+\S`, `reboot\b`, `shutdown\b`, `chmod\s`, `chown\s`, `truncate\s`, `u?mount\s+\S`, `(?:user|group)(?:add|del|mod)\s`, `sed\s+-i`, `crontab\s+-[er]`,
	`(?:lvextend|lvremove|resize2fs|fsck|xfs_repair|mdadm\s+--(?:add|remove|fail|stop|manage))\b`,
	`(?:terraform|tofu)\s+(?:-\S+\s+)*(?:apply|destroy|import|taint|state\s+(?:rm|mv|push))\b`, `helm\s+(?:install|upgrade|rollback|uninstall|delete)\b`,
	`(?:docker|podman)\s+(?:(?:rm|rmi|stop|restart|kill|run|start|prune)\b|\S+\s+(?:prune|rm|up|down|restart)\b)`, `docker-compose\s+(?:up|down|restart|stop)\b`,
	`aws\s[^|;]*?\s(?:create|delete|update|put|modify|terminate|start|stop|reboot|attach|detach|run|restore|revoke|authorize|rotate|register|deregister|send)-\w`, `aws\s+s3\s+(?:rm|mv|cp|sync|rb|mb)\b`,
	`gcloud\s[^|;]*?\s(?:create|delete|update|deploy|start|stop|reset|resize)\b`, `az\s[^|;]*?\s(?:create|delete|update|start|stop|restart)\b`,
	`git\s+(?:push|merge|revert|reset|rebase|tag)\b`, `ansible-playbook\s`, `(?:apt|apt-get|yum|dnf|brew|pip3?|npm|gem)\s+(?:-\S+\s+)*(?:install|remove|upgrade|update|purge|publish)\b`,
	`etcdctl\s+(?:\S+\s+)*?(?:put|del|defrag|compact|compaction|member\s+(?:add|remove)|snapshot\s+restore|alarm\s+disarm|move-leader)\b`, `redis-cli\s+(?:\S+\s+)*?(?:flushall|flushdb|del|set|config\s+set|failover|shutdown)\b`,
	`(?:pg_restore|pg_ctl|patronictl\s+(?:failover|switchover|restart|reinit))\b`, `vault\s+(?:write|delete|kv\s+put|operator)\b`, `rabbitmqctl\s+(?:stop|start|reset|purge|delete|set)\S*`,
	`rake\s+\S`, `curl\s[^|;]*-X\s*(?:POST|PUT|DELETE|PATCH)\b`, `(?:drop|alter)\s+(?:table|database|index|user|role)\b`, `delete\s+from\s`, `truncate\s+table\b`, `update\s+\S+\s+set\s`, `insert\s+into\s`, `(?:argocd\s+app|flux)\s+(?:sync|rollback|delete|suspend|resume|reconcile)\b`,
}, "|") + `)`)

// looking are commands that only show something.
var looking = lazily(`(?i)(?:^|[\s;&|(])(?:(?:kubectl|oc)\s+(?:-\S+(?:[ =]\S+)?\s+)*(?:get|describe|logs|top|rollout\s+(?:status|history)|explain|wait|events|adm\s+(?:top|node-logs))\b|systemctl\s+(?:\S+\s+)*?(?:status|is-\w+|list-\w+)\b|journalctl\b|(?:terraform|tofu)\s+(?:plan|show|output|state\s+list)\b|helm\s+(?:status|list|ls|history|get)\b|(?:docker|podman)\s+(?:ps|logs|inspect|stats)\b|aws\s[^|;]*?\s(?:describe|get|list)-\w|git\s+(?:status|log|diff|show)\b|etcdctl\s+(?:\S+\s+)*?(?:endpoint|member\s+list|get|alarm\s+list)\b|(?:ping|dig|nslookup|host|curl|wget|openssl\s+(?:s_client|x509)|df|du|ps|ss|netstat|cat|grep|tail|head|ls|lsblk|stat|top|less|smartctl|mdadm\s+--detail|psql|select|promtool|amtool|jq)\b)`)

// destroying are commands and statements whose effect no other command takes back.
var destroying = lazily(`(?i)(?:^|[\s;&|(` + "`" + `])(rm\s+(?:-\w*\s+)*-\w*[rf]\w*(?:\s+-\w+)*|(?:kubectl|oc)\s+(?:-\S+(?:[ =]\S+)?\s+)*delete\s+(?:-\S+\s+)*(?:pvc|pv|persistentvolumes?|persistentvolumeclaims?|namespaces?|ns|projects?|crds?|customresourcedefinitions?)\b|(?:terraform|tofu)\s+destroy|drop\s+(?:table|database)|truncate\s+table|delete\s+from|mkfs\S*|dd\s+if=|git\s+push\s+(?:\S+\s+)*(?:--force|-f)\b|flushall|flushdb|(?:docker|podman)\s+(?:system|volume)\s+(?:prune|rm)|aws\s+s3\s+(?:rb|rm)|aws\s[^|;]*?\s(?:delete-db-\w+|delete-bucket|terminate-instances|delete-volume|delete-snapshot|schedule-key-deletion)|helm\s+(?:uninstall|delete)|lvremove|etcdctl\s+(?:\S+\s+)*?del)(?:\s|$|\b)`)

var placeholder = lazily(`<\p{L}[\p{L}\p{N}_ .:/-]{0,40}>|\$\{[A-Z_][A-Z0-9_]*\}|\$[A-Z][A-Z0-9_]+|\{\{\s*[A-Za-z_][\w-]*\s*\}\}|\bYOUR[_-][A-Z][A-Z_-]+`)

// ownVariables are those that a shell sets itself, or that hold no more than where something lies, and the words of
// templates that look like placeholders.
var ownVariables = words("end else range if with block define template HOME PATH PWD USER SHELL RANDOM HOSTNAME IFS UID LANG TERM TMPDIR EDITOR KUBECONFIG OLDPWD LOGNAME")

// parameter is one use of a placeholder.
type parameter struct {
	name string
	line int
}

// parametersIn are the placeholders in commands that stand from a line on.
func parametersIn(commands []string, line int) []parameter {
	var found []parameter
	for _, command := range commands {
		for _, name := range placeholder.FindAllString(command, -1) {
			if !ownVariables[strings.Trim(name, "${} ")] && !strings.HasPrefix(name, "<http") {
				found = append(found, parameter{name, line})
			}
		}
	}
	return found
}

// mostParameters bounds what is kept of one document.
const mostParameters = 100

// explained makes parameters out of uses: each name once, and whether the text around the commands, or a command
// itself, says what it is.
func explained(uses []parameter, prose, code string) []sources.Parameter {
	var parameters []sources.Parameter
	known := map[string]bool{}
	prose = lettersOf(prose)
	for _, use := range uses {
		if known[use.name] || len(parameters) == mostParameters {
			continue
		}
		known[use.name] = true
		bare := strings.Trim(use.name, "${}<> ")
		isSet := regexp.MustCompile(`(?m)(?:^|[\s;])(?:` + regexp.QuoteMeta(bare) + `=|(?:for|read(?:\s+-\S+)*)\s+` + regexp.QuoteMeta(bare) + `\b)`).MatchString(code)
		parameters = append(parameters, sources.Parameter{Name: use.name, Line: use.line, Explained: isSet || isNamed(bare, prose)})
	}
	slices.SortFunc(parameters, func(a, b sources.Parameter) int { return strings.Compare(a.Name, b.Name) })
	return parameters
}

// plainNames need no explanation: whoever runs commands knows what they are.
var plainNames = words("namespace ns pod podname node nodename name container deployment cluster user username password token file filename path date version region branch id ip host hostname port url email command")

// lastWords add nothing to the name before them.
var lastWords = words("name id ip pod podname node namespace address here value object")

// isNamed says whether a placeholder explains itself, or a text, as lettersOf gives it, names it.
func isNamed(bare, prose string) bool {
	words := strings.Fields(lettersOf(bare))
	for len(words) > 1 && (words[0] == "your" || words[0] == "the" || words[0] == "my") {
		words = words[1:]
	}
	const sentence = 4 // a placeholder of so many words says what it is: <value of the label from the alert>
	if len(words) == 0 || len(words) >= sentence && strings.Contains(bare, " ") || slices.Contains(words, "from") || plainNames[strings.Join(words, "")] {
		return len(words) > 0
	}
	if len(words) > 1 && lastWords[words[len(words)-1]] {
		words = words[:len(words)-1]
		if plainNames[strings.Join(words, "")] {
			return true
		}
	}
	name := strings.Join(words, " ")
	return strings.Contains(prose, " "+name+" ") || strings.Contains(prose, " "+name+"s ") || strings.Contains(prose, " "+strings.Join(words, "")+" ")
}

// lettersOf is a text in lower case with one blank for whatever is no letter or digit, and around it.
func lettersOf(text string) string {
	return " " + strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ") + " "
}
