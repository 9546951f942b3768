package identity

import (
	"net"
	"strings"
)

// reach says how far an address can be trusted to mean one person.
type reach uint8

const (
	noReach  reach = iota // empty, a placeholder, or one that many write: joins nobody
	machine               // a machine or a role: joins only names that agree
	personal              // a mailbox: joins unless its names contradict
)

// address is an e-mail address taken apart.
type address struct {
	full    string // trimmed, case-folded
	mailbox string // the same for two spellings that reach one mailbox
	local   string // before the @, without a plus tag
	domain  string // after the @; empty when there is none
	tagged  bool   // local had a plus tag
	reach   reach
	account string // "github 12345" where the address names an account by number
	login   string // "github joe" where the address names an account by login
}

func parseAddress(text string) address {
	a := address{full: foldAddress(text)}
	a.mailbox = a.full
	at := strings.LastIndexByte(a.full, '@')
	if at < 0 {
		a.local = a.full
		if a.local != "" && !isPlaceholderLocal(a.local) {
			a.reach = machine // imports from older systems write the account alone
		}
		return a
	}
	a.local, a.domain = a.full[:at], a.full[at+1:]
	if a.parseNoReply() {
		return a
	}
	if base, _, ok := strings.Cut(a.local, "+"); ok && base != "" {
		a.local, a.tagged = base, true
	}
	if a.domain == "gmail.com" || a.domain == "googlemail.com" {
		// The mail provider ignores dots and tags, so these are one mailbox by its own rules.
		a.mailbox = strings.ReplaceAll(a.local, ".", "") + "@gmail.com"
	}
	a.reach = reachOf(a.local, a.domain)
	return a
}

// foldAddress is the form in which two addresses are compared.
func foldAddress(text string) string {
	return strings.ToLower(strings.Trim(repairEncoding(text), " \t\r\n<>\"'"))
}

// parseNoReply recognises the addresses that code hosts give to accounts, which name a person
// better than a mailbox does.
func (a *address) parseNoReply() bool {
	var host string
	switch a.domain {
	case "users.noreply.github.com":
		host = "github"
		if number, login, ok := strings.Cut(a.local, "+"); ok && isNumber(number) {
			a.account, a.local = host+" "+number, login
		}
	case "users.noreply.gitlab.com":
		host = "gitlab"
		if number, login, ok := strings.Cut(a.local, "-"); ok && isNumber(number) {
			a.account, a.local = host+" "+number, login
		}
	default:
		return false
	}
	if a.local == "" {
		return true
	}
	a.login = host + " " + a.local
	a.reach = personal
	return true
}

func isNumber(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != "" && len(text) <= 20
}

func reachOf(local, domain string) reach {
	switch {
	case isPlaceholderLocal(local), placeholderDomains[domain], strings.HasSuffix(domain, ".invalid"):
		return noReach
	case isLocalDomain(domain):
		if roleLocals[local] {
			return noReach // root on whichever machine
		}
		return machine
	case roleLocals[local]:
		return machine
	}
	return personal
}

// IsRole says whether a lower-case login or local part is that of a role rather than of somebody: "admin", "support".
func IsRole(local string) bool { return roleLocals[local] }

func isPlaceholderLocal(local string) bool {
	if placeholderLocals[local] {
		return true
	}
	plain := withoutPunctuation(local)
	return plain == "noreply" || plain == "donotreply" || strings.HasPrefix(plain, "noreply") && len(plain) < 12
}

// withoutPunctuation removes the signs that people put between the words of a local part.
func withoutPunctuation(local string) string {
	if !strings.ContainsAny(local, ".-_") {
		return local
	}
	return localPunctuation.Replace(local)
}

var localPunctuation = strings.NewReplacer(".", "", "-", "", "_", "")

// isLocalDomain tells names that only mean something on one network.
func isLocalDomain(domain string) bool {
	if !strings.Contains(domain, ".") || strings.HasSuffix(domain, ".(none)") || strings.HasPrefix(domain, ".") {
		return true
	}
	if net.ParseIP(strings.Trim(domain, "[]")) != nil {
		return true
	}
	last := domain[strings.LastIndexByte(domain, '.')+1:]
	return localTopDomains[last]
}

// sharesOffice tells whether an address is under a domain that its owner's colleagues share, so
// that agreement of the domain means something: not a mail provider's, not a code host's.
func (a *address) sharesOffice() bool {
	return a.domain != "" && a.login == "" && !isLocalDomain(a.domain) && !publicDomains[a.domain] && !placeholderDomains[a.domain]
}

var (
	placeholderLocals = words(`none unknown nobody anonymous null undefined you your your.email youremail
		your-email your_email email@example user@example noone no-one no_one nomail no-email noemail invalid
		username your_name yourname name first.last devnull (no`)
	// Mailboxes by role: people with a domain of their own use them too.
	roleLocals = words(`root admin administrator build builder builds buildbot ci cibuild jenkins hudson travis
		dev devel developer developers development devops ops git svn cvs github gitlab user users test tester
		testing info support contact office team staff sales ubuntu debian centos fedora vagrant ec2-user azureuser pivotal
		www-data www apache nginx web webmaster postmaster hostmaster docker runner deploy deployer release
		releases system daemon sysadmin mail default guest demo owner pair pairing pairs bot service security
		opensource open-source oss community maintainer maintainers code engineering tech it help hello`)
	placeholderDomains = words(`localhost localhost.localdomain localhost.local example.com example.org
		example.net none none.com unknown invalid email.com domain.com yourdomain.com mydomain.com test.com
		test (none) noreply.com local localdomain nowhere nowhere.com noreply.github.com company.com
		your.email.com your-domain.com devnull.localhost`)
	localTopDomains = words(`local localdomain localhost lan internal home intranet corp private localnet box`)
	publicDomains   = words(`gmail.com googlemail.com hotmail.com hotmail.co.uk hotmail.fr outlook.com live.com
		msn.com yahoo.com yahoo.co.uk yahoo.co.jp yahoo.fr yahoo.de yahoo.co.in ymail.com rocketmail.com aol.com
		icloud.com me.com mac.com gmx.de gmx.net gmx.com gmx.at gmx.ch web.de t-online.de freenet.de mail.ru
		yandex.ru yandex.com ya.ru qq.com foxmail.com 163.com 126.com sina.com sina.cn sohu.com naver.com
		hanmail.net daum.net protonmail.com protonmail.ch proton.me pm.me fastmail.com fastmail.fm hey.com
		tutanota.com posteo.de mailbox.org riseup.net free.fr orange.fr wanadoo.fr laposte.net libero.it
		comcast.net verizon.net att.net cox.net sbcglobal.net earthlink.net pobox.com zoho.com inbox.ru
		list.ru bk.ru rambler.ru seznam.cz wp.pl o2.pl gazeta.pl onet.pl interia.pl bigpond.com optonline.net
		btinternet.com users.sourceforge.net sourceforge.net acm.org ieee.org alum.mit.edu debian.org gentoo.org
		kernel.org apache.org gnu.org freebsd.org netbsd.org openbsd.org ubuntu.com lists.sourceforge.net
		users.noreply.github.com users.noreply.gitlab.com duck.com privaterelay.appleid.com uol.com.br`)
)

// words makes a set of the words in text.
func words(text string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(text) {
		set[word] = true
	}
	return set
}
