package filekind

import (
	"strings"

	"github.com/go-enry/go-enry/v2/data"
)

// words makes a set.
func words(text string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(text) {
		set[word] = true
	}
	return set
}

// binaryExtensions are of images, fonts, archives, media, documents, programs and databases: content
// that is never edited as text. All in lower case, without the dot.
var binaryExtensions = words(`
	png jpg jpeg jpe gif bmp ico icns cur webp avif heic tif tiff psd xcf sketch fig tga dds ktx
	ttf otf ttc woff woff2 eot pfb
	zip gz tgz bz2 tbz xz txz zst lz4 7z rar tar jar war ear aar apk ipa nupkg gem whl egg deb rpm msi dmg iso cab phar
	mp3 mp4 m4a m4v mov avi mkv webm wav flac ogg oga ogv opus aac mid swf
	pdf doc docx xls xlsx ppt pptx odt ods odp
	exe dll so dylib a o obj lib ko class pyc pyo wasm bin elf pdb beam node
	db sqlite sqlite3 mdb rdb parquet npy npz pkl h5 onnx
	mo p12 pfx jks keystore der gpg`)

// proseExtensions are of text that is written to be read by people.
// Digits are of manual pages.
var proseExtensions = words(`md markdown mdown mkd mdx rst adoc asciidoc rdoc textile mediawiki pod org 1 3 5 7 8`)

// proseNames are of prose without an extension, or with .txt, in lower case.
var proseNames = words(`
	authors contributors maintainers changelog changes history news todo thanks copying license licence notice
	readme security code_of_conduct governance credits`)

func isProse(base, extension string) bool {
	if proseExtensions[extension] {
		return true
	}
	name := strings.ToLower(base)
	return proseNames[strings.TrimSuffix(name, ".txt")]
}

// generatedExtensions are of files that only programs write.
var generatedExtensions = words(`svg map snap lockb`)

// lockFiles are what package managers write, in lower case.
var lockFiles = words(`
	go.sum go.work.sum gopkg.lock glide.lock yarn.lock package-lock.json npm-shrinkwrap.json pnpm-lock.yaml
	bun.lock gemfile.lock gems.locked berksfile.lock composer.lock symfony.lock cargo.lock cargo.toml.orig
	poetry.lock pdm.lock uv.lock pipfile.lock pixi.lock conda-lock.yml deno.lock mix.lock rebar.lock pubspec.lock
	podfile.lock cartfile.resolved package.resolved paket.lock packages.lock.json project.assets.json
	gradle.lockfile flake.lock module.bazel.lock .terraform.lock.hcl chart.lock requirements.lock buf.lock
	stack.yaml.lock cabal.project.freeze shard.lock conan.lock jsonnetfile.lock.json devbox.lock dub.selections.json`)

// generatedEndings are how the names of compiled interface descriptions and the like end, in lower case.
var generatedEndings = []string{
	".pb.go", ".pb.gw.go", ".pb.cc", ".pb.h", "_pb2.py", "_pb2.pyi", "_pb2_grpc.py", "_pb.rb", "_pb.js", "_pb.d.ts",
	".designer.cs", ".designer.vb", ".feature.cs", ".zep.c", ".zep.h", ".zep.php", "_tlb.pas",
	"_string.go", "zz_generated.deepcopy.go",
}

// generatedDirectories hold only what programs wrote there.
var generatedDirectories = words(`.idea Pods htmlcov node_modules Godeps __generated__ .sqlx`)

// hasGeneratedName applies linguist's rules for generated files that need the path only, without
// the few that only narrow a vendored directory further, and adds those of the package comment.
func hasGeneratedName(base, extension string) bool {
	lower := strings.ToLower(base)
	if lockFiles[lower] || generatedExtensions[extension] || strings.HasPrefix(base, ".pnp.") || strings.HasSuffix(lower, "esy.lock") {
		return true
	}
	if _, ok := data.GeneratedCodeExtensions["."+extension]; ok {
		return true
	}
	for _, ending := range generatedEndings {
		if strings.HasSuffix(lower, ending) {
			return true
		}
	}
	return false
}

// isGeneratedDirectory applies the rules for whole directories; directory ends in "/".
func isGeneratedDirectory(directory string) bool {
	for rest := directory; rest != ""; {
		var name string
		name, rest, _ = strings.Cut(rest, "/")
		if generatedDirectories[name] || strings.HasPrefix(name, ".pnp.") || name == "Carthage" && strings.HasPrefix(rest, "Build/") {
			return true
		}
	}
	return false
}

// extensionOf returns what follows the last dot of a base name, in lower case; "" where that is the
// whole name but for the dot, as of .profile.
func extensionOf(base string) string {
	at := strings.LastIndexByte(base, '.')
	if at <= 0 {
		return ""
	}
	return strings.ToLower(base[at+1:])
}
