package dockerfile

import (
	"regexp"
	"slices"
	"strings"
)

// What /bin/sh is, or which shell is named. Only these differ in what becomes of
// "sh -c app": dash stays in front of app, the others step aside for it.
const (
	shellDash    = "dash"
	shellBash    = "bash"
	shellAsh     = "ash"     // BusyBox
	shellNone    = "none"    // the image has no shell
	shellUnknown = "unknown" // some POSIX shell
	shellOther   = "other"   // no POSIX shell: PowerShell, cmd
)

// What an image's own ENTRYPOINT does with the command.
const (
	entrypointNone    = "none"    // there is none: the command is process 1
	entrypointPasses  = "passes"  // a script that ends in exec "$@"
	entrypointOwn     = "own"     // a program that takes the command as arguments
	entrypointUnknown = "unknown" // cannot be seen from here
)

// workdirOfBase stands for the working directory of a base image that is not in
// the table, so that relative paths still meet each other.
const workdirOfBase = "/.workdir-of-base"

// A baseInfo is what is known about an image outside the file.
type baseInfo struct {
	shell      string
	entrypoint string
	workdir    string
}

var unknownBase = baseInfo{shell: shellUnknown, entrypoint: entrypointUnknown, workdir: workdirOfBase}

// splitReference returns the parts of an image reference that say which image it
// is. Official images have no namespace, whatever mirror they come through.
func splitReference(image string) (repository, tag string) {
	repository, _, _ = strings.Cut(strings.ToLower(image), "@")
	if colon := strings.LastIndexByte(repository, ':'); colon > strings.LastIndexByte(repository, '/') {
		repository, tag = repository[:colon], repository[colon+1:]
	}
	for _, mirror := range []string{"docker.io/", "index.docker.io/", "registry-1.docker.io/", "mirror.gcr.io/", "public.ecr.aws/docker/"} {
		repository = strings.TrimPrefix(repository, mirror)
	}
	return strings.TrimPrefix(repository, "library/"), tag
}

// lookUpBase says what is known about an image by its name and tag.
func lookUpBase(image string) baseInfo {
	repository, tag := splitReference(image)
	if repository == "scratch" {
		return baseInfo{shell: shellNone, entrypoint: entrypointNone, workdir: "/"}
	}
	info := unknownBase
	if official, ok := officialImages[repository]; ok {
		info = official
	} else {
		for _, family := range imageFamilies {
			if family.name.MatchString(repository) {
				info = family.baseInfo
				break
			}
		}
	}
	if info.shell == shellByVersion {
		info.shell = openjdkShell(tag)
	}
	if shell := shellByTag(repository, tag); shell != "" {
		info.shell = shell
	}
	return info
}

// shellByVersion: the tag decides.
const shellByVersion = "version"

// openjdkShell: the images moved from Debian to Oracle Linux with Java 12.
func openjdkShell(tag string) string {
	major := regexp.MustCompile(`^\d+`).FindString(tag)
	switch {
	case major == "8" || major == "11":
		return shellDash
	case len(major) == 2:
		return shellBash
	}
	return shellUnknown
}

var tagWord = regexp.MustCompile(`[a-z]+`)

// Words of a tag that name the system that the image is built on.
var tagShells = []struct {
	shell string
	words []string
}{
	{shellOther, []string{"windows", "windowsservercore", "servercore", "nanoserver"}},
	{shellNone, []string{"chiseled", "distroless"}},
	{shellAsh, []string{"alpine", "busybox", "musl"}},
	{shellBash, []string{
		"ubi", "rockylinux", "rocky", "centos", "fedora", "oraclelinux", "oracle", "ol", "al", "amazonlinux", "almalinux",
		"corretto", "azurelinux", "mariner", "cm", "leap", "opensuse", "photon",
	}},
	{shellDash, []string{
		"slim", "debian", "ubuntu", "stretch", "buster", "bullseye", "bookworm", "trixie", "forky", "sid", "jessie", "wheezy",
		"trusty", "xenial", "bionic", "focal", "jammy", "noble",
	}},
}

// shellByTag returns the shell that a suffix of the tag tells, "" if none does.
func shellByTag(repository, tag string) string {
	if strings.Contains(repository, "distroless/") {
		if strings.Contains(tag, "debug") {
			return shellAsh
		}
		return shellNone
	}
	words := tagWord.FindAllString(tag, -1)
	if strings.Contains(repository, "chainguard/") && slices.Contains(words, "dev") {
		return shellAsh
	}
	for _, word := range tagWord.FindAllString(repository[strings.LastIndexByte(repository, '/')+1:], -1) {
		if word == "alpine" || word == "busybox" {
			return shellAsh
		}
	}
	for _, system := range tagShells {
		for _, word := range system.words {
			if slices.Contains(words, word) {
				return system.shell
			}
		}
	}
	return ""
}

var (
	dashPlain  = baseInfo{shellDash, entrypointNone, "/"}
	dashPasses = baseInfo{shellDash, entrypointPasses, "/"}
	bashPlain  = baseInfo{shellBash, entrypointNone, "/"}
	ashPlain   = baseInfo{shellAsh, entrypointNone, "/"}
)

// officialImages are those of the Docker library without a suffix in the tag.
var officialImages = map[string]baseInfo{
	"alpine": ashPlain, "busybox": ashPlain,
	"debian": dashPlain, "ubuntu": dashPlain, "buildpack-deps": dashPlain,
	"fedora": bashPlain, "centos": bashPlain, "rockylinux": bashPlain, "almalinux": bashPlain, "amazonlinux": bashPlain,
	"oraclelinux": bashPlain, "archlinux": bashPlain, "photon": bashPlain, "amazoncorretto": bashPlain,
	"python": dashPlain, "ruby": dashPlain, "rust": dashPlain, "perl": dashPlain, "gcc": dashPlain, "swift": dashPlain,
	"elixir": dashPlain, "erlang": dashPlain, "dart": dashPlain, "pypy": dashPlain, "haskell": dashPlain, "julia": dashPasses,
	"golang": {shellDash, entrypointNone, "/go"}, "php": {shellDash, entrypointPasses, "/var/www/html"}, "node": dashPasses,
	"openjdk": {shellByVersion, entrypointNone, "/"}, "eclipse-temurin": dashPasses, "maven": dashPasses,
	"tomcat": {shellDash, entrypointPasses, "/usr/local/tomcat"}, "jetty": {shellDash, entrypointPasses, "/var/lib/jetty"},
	"httpd": {shellDash, entrypointNone, "/usr/local/apache2"}, "nginx": dashPasses, "haproxy": {shellDash, entrypointPasses, "/var/lib/haproxy"},
	"redis": {shellDash, entrypointPasses, "/data"}, "postgres": dashPasses, "mariadb": dashPasses,
	"mysql": {shellUnknown, entrypointPasses, "/"}, "mongo": dashPasses, "rabbitmq": dashPasses, "memcached": dashPasses,
	"cassandra": dashPasses, "rethinkdb": {shellDash, entrypointNone, "/data"},
	"wordpress": {shellDash, entrypointPasses, "/var/www/html"}, "ghost": {shellDash, entrypointPasses, "/var/lib/ghost"},
	"drupal": {shellDash, entrypointPasses, "/opt/drupal"},
}

// imageFamilies are known by their repository. The first match counts.
var imageFamilies = []struct {
	name *regexp.Regexp
	baseInfo
}{
	{regexp.MustCompile(`(^|/)distroless/(static|base|cc)(-|$)`), baseInfo{shellNone, entrypointNone, "/"}},
	{regexp.MustCompile(`(^|/)distroless/`), baseInfo{shellNone, entrypointOwn, "/"}},
	{regexp.MustCompile(`(^|/)chainguard/(wolfi-base|busybox)$`), ashPlain},
	{regexp.MustCompile(`(^|/)chainguard/`), baseInfo{shellNone, entrypointOwn, workdirOfBase}},
	{regexp.MustCompile(`^mcr\.microsoft\.com/dotnet/`), dashPlain},
	{regexp.MustCompile(`(^|/)ubi\d*(-|/|$)`), bashPlain},
	{regexp.MustCompile(`^opensuse/`), bashPlain},
	{regexp.MustCompile(`(^|/)(debian|ubuntu)(-[a-z0-9-]*)?$`), baseInfo{shellDash, entrypointUnknown, workdirOfBase}},
}

var relinked = regexp.MustCompile(`\bln\b[^;&|]*/bin/bash\s+/bin/sh\b|dpkg-reconfigure\b.*\bdash\b`)

// relinksShell reports whether a RUN makes bash the /bin/sh of Debian.
func relinksShell(command string) bool { return relinked.MatchString(command) }

// shellNamed returns the shell that a program is, "" if it is none. Sh is what
// the image has as /bin/sh.
func shellNamed(program, sh string) string {
	name := program[strings.LastIndexAny(program, `/\`)+1:]
	switch strings.TrimSuffix(strings.ToLower(name), ".exe") {
	case "sh":
		return sh
	case "bash":
		return shellBash
	case "dash":
		return shellDash
	case "ash":
		return shellAsh
	case "zsh", "ksh", "mksh":
		return shellUnknown
	case "pwsh", "powershell", "cmd":
		return shellOther
	}
	return ""
}
