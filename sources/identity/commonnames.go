package identity

import "strings"

// Lists of names that many people have. They decide only what is too weak to join by: a name that is
// missing here costs a suspect at worst where others agree, and one too many costs a join.

var placeholderNames = words(`root admin administrator unknown user username nobody anonymous none null
	github gitlab git noname developer dev default ubuntu vagrant build test tester guest me`)

func init() {
	for _, name := range []string{
		"your name", "first last", "john doe", "jane doe", "joe doe", "test user", "no author", "no name",
		"your full name", "full name", "name surname", "firstname lastname", "first name last name", "git user",
		"root user", "system administrator", "super user", "foo bar", "test test", "unknown author",
		"not committed yet", "default user", "local user", "my name", "example user", "github actions",
		"gitlab ci", "jenkins ci", "ec2 default user", "amazon ec2", "joe schmoe", "joe bloggs", "git hub",
		"user name", "given name", "unknown unknown", "unknown user", "your username", "mac user",
		"windows user", "the user", "some one", "no one", "no body", "cloud user",
	} {
		placeholderNames[name] = true
	}
}

var organisationWords = words(`team developers contributors inc ltd gmbh llc corp community admin
	administrator release automation maintainers server jenkins travis github gitlab project committers
	localhost laptop macbook imac desktop labs`)

var nicknames = map[string]string{
	"bob": "robert", "rob": "robert", "bobby": "robert", "bill": "william", "will": "william", "billy": "william",
	"mike": "michael", "jim": "james", "jimmy": "james", "tony": "anthony", "joe": "joseph", "steve": "steven",
	"andy": "andrew", "drew": "andrew", "dick": "richard", "rick": "richard", "rich": "richard", "ted": "edward",
	"ned": "edward", "jack": "john", "johnny": "john", "jon": "jonathan", "larry": "lawrence", "greg": "gregory",
	"kate": "katherine", "liz": "elizabeth", "beth": "elizabeth", "peggy": "margaret", "meg": "margaret",
	"chuck": "charles", "hank": "henry", "sasha": "alexander", "misha": "mikhail", "dima": "dmitry",
	"kolya": "nikolay", "zhenya": "evgeny", "jeff": "jeffrey", "geoff": "geoffrey", "ken": "kenneth",
	"danny": "daniel", "benny": "benjamin", "nate": "nathan", "zach": "zachary", "zack": "zachary",
	"pete": "peter", "dave": "david", "tom": "thomas", "tommy": "thomas", "matt": "matthew", "chris": "christopher",
}

// Given names that are common as one-word names and mailboxes: `mike@` says little.
var givenNames = words(`aaron adam adrian akira alan albert alejandro alessandro alex alexander alexandre
	alexey alexis alfred alice alison allan allen amanda amit amy ana anand andre andrea andreas andrei andres
	andrew andrey andy angela anil anna anne anthony anton antonio ariel armin arnaud arthur arun ashley august
	barbara barry bart beau becky ben benjamin benoit bernard bernd bert bill billy björn bjorn bob bobby boris brad
	brandon brendan brent brett brian bruce bruno bryan cameron carl carlo carlos carol caroline casey
	catherine cathy cedric chad charles charlie chen chloe chris christian christina christine christoph
	christophe christopher chuck claire claude claudio clint colin connor corey cory craig curtis cynthia
	daisuke dale damien dan dana daniel daniele danny darren dave david dean debbie dennis derek diana diego
	dieter dima dirk dmitri dmitry dominic dominik don donald doug douglas duane duncan dustin dylan ed eddie
	edgar eduardo edward edwin eli elena elizabeth ellen emil emily emma eric erica erik erin ethan etienne
	eugene eva evan evgeny fabian fabien fabio felipe felix fernando florian francesco francis francisco
	francois frank franz fred frederic frederik gabriel gareth gary gavin geoff george georg gerald gerard
	gilles giovanni giulio glen glenn gordon graham grant greg gregor gregory guido guillaume gustavo guy hannah
	hans harald harry harvey heather heiko helen henri henrik henry hiro hiroshi holger howard hubert hugh
	hugo ian igor ilya ingo irina isaac ivan jack jackie jackson jacob jake jakob jakub james jamie jan jane
	janet jared jason javier jay jean jeff jeffrey jen jennifer jens jeremy jerome jerry jesse jessica jim jimmy
	joachim joan joe joel joey johan johannes john johnny jon jonas jonathan jordan jorge jose josef joseph josh
	joshua juan judy julia julian julie julien jun jürgen jurgen justin kai karen karl karsten kate kathy katie
	keith kelly ken kenji kenneth kenny kent kevin kim kirill kirk klaus konrad kris kumar kurt kyle lance larry
	lars laura lauren laurent lawrence lee leo leon leonard leonardo leonid lewis liam linda lisa liz
	lorenzo louis luca lucas luis lukas luke maciej manuel marc marcel marcin marco marcos marcus margaret
	maria marie mario marius mark marko markus martin martijn marty mary masahiro mathias mathieu mats matt
	matteo matthew matthias matthieu maurice mauro max maxim maxime mel melissa michael michal michel michele
	michelle miguel mika mike mikhail milan mitch mohamed mohammed monica morgan murray nancy naoki natalie
	nate nathan nathaniel neil nelson nicholas nick nico nicola nicolas nicole niels nigel nikita nikolai
	noah noel nils norbert norman oleg oliver olivier omar oscar otto owen pablo pamela pascal pat patricia
	patrick patrik paul paula paulo pavel pawel pedro peter phil philip philipp philippe pierre piotr rachel rafael
	rahul rainer ralf ralph raj ram ramon randall randy raphael raul ravi ray raymond rebecca remi rene ricardo
	richard rick riccardo rob robert roberto robin rod rodrigo roger roland rolf roman ron ronald rory ross roy
	ruben russ russell ryan sam samuel sandra sandro sandy sanjay sara sarah sascha satoshi scott sean sebastian
	sebastien serge sergei sergey sergio seth shane shannon sharon shaun shawn sheila simon simone sofia sophie
	stan stanley stefan stefano stephan stephane stephanie stephen steve steven stewart stuart sue suresh susan
	sven sylvain takashi tara taylor ted teresa terry theo theodore thierry thomas thorsten tiago tim timo
	timothy tina tobias todd tom tomas tomasz tommy toni tony torsten travis trevor tristan troy tyler ulrich
	ulrik urs uwe valentin vasily vern vic victor viktor vijay vince vincent vinay vladimir volker wade wally
	walter warren wayne wendy werner wes wesley will william willy wolfgang xavier yan yann yannick yasuhiro
	yuki yuri yves zach zachary zack alisa christy devin dominique guillermo jenny jules kirsten lenny loic
	luiz marek mickael mihai miroslav oskar pavol petr petra radek rasmus rich roberta rupert sander sasha
	abhishek ajay akash akshay aman ankit anup arjun ashish deepak gaurav harsh karan manish mohit neha nikhil
	nitin pankaj pradeep prashant priya rajesh rakesh rishabh rohan rohit sachin sandeep saurabh shivam shubham
	sumit sunil tushar vikas vikram vishal vivek aditya ganesh ahmed ali hassan hussein mustafa omar yusuf shinji stas takeshi tamas tanya tatiana thibault ville wojciech yusuke zoltan`)

// Family names that initials and given names combine with again and again.
var commonFamilyNames = words(`smith jones brown johnson williams taylor davis davies miller wilson anderson
	thomas martin lee white harris thompson clark lewis walker hall young king wright hill green adams baker
	nelson carter moore evans roberts robinson jackson scott allen mitchell campbell phillips parker edwards
	collins stewart morris rogers reed cook morgan bell murphy bailey cooper richardson cox howard ward
	peterson gray watson brooks kelly price bennett wood barnes ross henderson coleman jenkins perry powell
	long patterson hughes james garcia rodriguez martinez hernandez lopez gonzalez perez sanchez ramirez
	torres silva santos oliveira souza pereira ferreira costa muller mueller schmidt schneider fischer weber
	meyer wagner becker schulz hoffmann ivanov petrov smirnov kumar singh sharma patel gupta shah khan ahmed
	ali das jain mehta reddy rao verma hansen olsen larsen nielsen jensen andersen johansson andersson
	karlsson nilsson eriksson rossi russo ferrari bianchi novak dupont dubois bernard tanaka suzuki sato
	takahashi watanabe ito yamamoto nakamura kobayashi kato`)

// Family names in languages whose short names collide constantly when written in Latin letters.
var shortFamilyNames = words(`wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo
	zheng liang xie song tang han feng deng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei
	su lu ding ren shen yao zhong cui tan lai shi fan fang kim lee park choi jung kang cho yoon jang lim oh
	shin seo kwon nguyen tran le pham hoang vu vo dang bui do ho ngo duong ly lau wong chan cheung ng leung lam
	chang chiu kwok yip tsai hsu lo qian jin bai qin gu hao kong lei lv meng mo qiu xia xiang xiong xue yan yin`)

// isCommonName holds for full names that two people in one company may well share.
func isCommonName(tokens []string) bool {
	if len(tokens) != 2 {
		return false
	}
	first, last := tokens[0], tokens[1]
	if shortFamilyNames[last] && len(first) <= 5 || shortFamilyNames[first] && len(last) <= 5 {
		return true
	}
	return givenNames[first] && commonFamilyNames[last]
}

// isDistinctive tells whether a handle belongs to one person in the world with fair certainty: not
// a given name, a role, a common family name, nor an initial before one.
func isDistinctive(handle string) bool {
	bare := trimDigits(handle)
	switch {
	case len(bare) >= 4 && len(handle) <= 64 && strings.ContainsAny(bare, "0123456789"):
		return true // m1ga, k0suke: nobody is called so by birth
	case len(bare) < 5 || len(handle) > 64:
		return false
	case givenNames[bare] || roleLocals[bare] || commonFamilyNames[bare] || shortFamilyNames[bare]:
		return false
	case placeholderLocals[bare] || placeholderNames[bare] || organisationWords[bare]:
		return false
	case isFamilyName(bare[1:]) || isFamilyName(bare[2:]) || isFamilyName(bare[:len(bare)-1]) || givenNames[bare[:len(bare)-1]]:
		return false // jsmith, smithj, davidm
	}
	return !isShortWholeName(bare)
}

// isShortWholeName holds for short family names with a short given name behind: many bear each.
func isShortWholeName(bare string) bool {
	for end := 2; end <= min(6, len(bare)-2); end++ {
		if shortFamilyNames[bare[:end]] && len(bare)-end <= 4 {
			return true
		}
	}
	return false
}

func isFamilyName(word string) bool { return commonFamilyNames[word] || shortFamilyNames[word] }

func trimDigits(handle string) string { return strings.TrimRight(handle, "0123456789") }
