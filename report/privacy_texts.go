package report

var privacyInEnglish = privacyTexts{
	title:   "What Keyperson does with personal data",
	purpose: "What it is for",
	purposes: []string{
		"To find the services and recurring tasks that depend on a single person, so that work does not stop when someone is away, and so that nobody has to be always there.",
		"People are a property of systems and tasks. Keyperson is not made to judge anyone's performance or behaviour, and computes nothing that could be used for it.",
	},
	read: "What is read, and why", readTitles: []string{"Source", "Personal data", "Why"},
	reads: [][]string{
		{"git history", "names and addresses of authors, co-authors and reviewers; when and what they changed; mailmap", "who knows which files today"},
		{"tickets", "accounts and names of reporters, assignees, commenters and resolvers; who did what on a ticket, and when; time logged on it; its summary", "who can do which recurring task, and how much of it"},
		{"manuals (runbooks)", "authors and reviewers of each revision, owners listed in them", "who knows a procedure, and who has followed it"},
		{"CODEOWNERS, catalogs, configuration", "people and teams listed as owners, as having left, or as one person under several names", "which system is whose; who is who"},
	},
	kept: "What is kept, where, and how long", keptTitles: []string{"What", "Where", "How long"},
	keeps: [][]string{
		{"facts read from git, names and addresses included", "keyperson in the user's cache directory, or --cache DIR; readable by that user", "until it is deleted; --no-cache keeps nothing"},
		{"imported tickets: fields, acts and times, accounts; of descriptions and comments only the documents they cite", "a file in the user's data directory, or --store FILE; only after keyperson import", "until it is deleted; nothing else keeps tickets"},
		{"saved plans and baselines", "the file named with --save or --baseline", "until it is deleted; plans under pseudonyms unless --names is given, baselines name nobody"},
		{"reports and tables", "where --output or --tables says", "until they are deleted"},
	},
	seen: "Who sees it", seenTitles: []string{"Output", "Who", "How people appear"},
	sees: [][]string{
		{"keyperson, explain, people, tasks, handover, whatif, plan", "whoever runs them, who can read the sources anyway", "by name; under pseudonyms with --pseudonyms"},
		{"report, check and their tables", "those they are passed on to", "under stable pseudonyms, unless --names or the configuration asks for names"},
		{"the tracker, when keyperson import reads from it live", "nobody else: nothing is sent but the search and the token of the user", "not at all"},
	},
	never: "What is never computed or shown",
	nevers: []string{
		"Totals, speeds, ranks or comparisons of people; hours or days on which someone works; the content of mails, chats or calendars.",
		"Nothing is sent anywhere. There is no telemetry, and the report loads nothing from a network.",
		"Below the smallest group (5 active people, --smallest-group) a report shows nobody's coverage under a pseudonym.",
	},
	choices: "What those responsible decide",
	choicesGiven: []string{
		"The secret behind the pseudonyms: --pseudonym-key FILE or KEYPERSON_PSEUDONYM_KEY, kept apart from the reports. Without one, whoever has the repository can find out who is who.",
		"Pseudonymous is not anonymous: whoever knows the work can guess who stands behind a pseudonym. Treat reports as personal data.",
		"A wrong join of two people, or a wrong name, is put right in the alias file or .mailmap: keyperson people shows both. Someone who has left is listed under left in keyperson.yaml.",
		"To erase: delete the cache and the store named above; what is in git and in the tracker is erased there, and gone with the next run.",
		"Whether staff representatives are to be heard, how long reports may be kept, and who may use --names.",
	},
}

var privacyInJapanese = privacyTexts{
	title:   "Keyperson における個人データの取り扱い",
	purpose: "目的",
	purposes: []string{
		"特定の一人に依存するサービスや繰り返し作業(属人化)を見つけ、誰かが不在でも業務が止まらず、誰も常に待機しなくて済むようにすること。",
		"人はシステムと作業の属性としてのみ扱います。個人の業績や行動の評価を目的とせず、それに使える数値を計算しません。",
	},
	read: "読み取るものとその理由", readTitles: []string{"情報源", "個人データ", "理由"},
	reads: [][]string{
		{"git 履歴", "作者・共同作者・レビュー担当者の氏名とアドレス、変更の日時と対象、mailmap", "現在どのファイルを誰が知っているか"},
		{"チケット", "起票者・担当者・コメント者・解決者のアカウントと氏名、誰がいつ何をしたか、記録された作業時間、件名", "どの繰り返し作業を誰が実施でき、どれだけあるか"},
		{"手順書", "各改訂の作者とレビュー担当者、記載された責任者", "手順を誰が知り、誰が実行したか"},
		{"CODEOWNERS・カタログ・設定", "責任者、退職者、別名として記載された人とチーム", "どのシステムが誰のものか、誰が誰か"},
	},
	kept: "保存するもの、場所、期間", keptTitles: []string{"対象", "場所", "期間"},
	keeps: [][]string{
		{"git から読み取った事実(氏名とアドレスを含む)", "利用者のキャッシュディレクトリの keyperson、または --cache DIR。その利用者だけが読める", "削除するまで。--no-cache なら保存しない"},
		{"取り込んだチケット: 項目、行為と日時、アカウント。本文とコメントは引用された文書名だけ", "利用者のデータディレクトリのファイル、または --store FILE。keyperson import の実行時のみ", "削除するまで。ほかにチケットは保存しない"},
		{"保存した計画とベースライン", "--save または --baseline で指定したファイル", "削除するまで。計画は --names がなければ仮名、ベースラインに人名はない"},
		{"報告と表", "--output または --tables で指定した場所", "削除するまで"},
	},
	seen: "閲覧する人", seenTitles: []string{"出力", "閲覧者", "人の表示"},
	sees: [][]string{
		{"keyperson、explain、people、tasks、handover、whatif、plan", "実行する本人(もともと情報源を読める人)", "氏名。--pseudonyms なら仮名"},
		{"report、check とその表", "渡された人", "固定の仮名。--names または設定で指定した場合だけ氏名"},
		{"keyperson import が直接読むトラッカー", "ほかの誰も見ない: 送るのは検索条件と利用者のトークンだけ", "表示なし"},
	},
	never: "決して計算・表示しないもの",
	nevers: []string{
		"個人の合計・速度・順位・比較、勤務した時刻や曜日、メール・チャット・予定表の内容。",
		"どこにも送信しません。利用状況の収集はなく、報告はネットワークから何も読み込みません。",
		"最小人数(活動者 5 人、--smallest-group)を下回る場合、報告は仮名でも個人のカバー状況を表示しません。",
	},
	choices: "責任者が決めること",
	choicesGiven: []string{
		"仮名の秘密鍵: --pseudonym-key FILE または KEYPERSON_PSEUDONYM_KEY。報告とは別に保管してください。鍵がないと、リポジトリを持つ人は誰が誰か突き止められます。",
		"仮名は匿名ではありません。業務を知る人は推測できるため、報告は個人データとして扱ってください。",
		"人物の誤った統合や氏名の誤りは、別名ファイルまたは .mailmap で訂正します(keyperson people で確認)。退職者は keyperson.yaml の left に記載します。",
		"消去: 上記のキャッシュと保存ファイルを削除してください。git とトラッカーの内容はそこで消去すれば、次回の実行から反映されます。",
		"従業員代表への説明の要否、報告の保存期間、--names を使える人。",
	},
}
