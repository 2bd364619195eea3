package dockerfile

import (
	"path"
	"strconv"
	"strings"

	"github.com/opslint/opslint/internal/document"
)

// A setting is an instruction that is in force at the end of a stage.
type setting struct {
	*instruction
	stage int
	// shell is what the shell form is run by: the SHELL in force where the
	// instruction stands, nil for the platform's /bin/sh -c.
	shell *instruction
}

// empty holds for ENTRYPOINT [] and CMD [], which reset what was inherited.
func (s *setting) empty() bool { return len(s.arguments) == 0 }

// A reference is an image that a stage starts from or copies from.
type reference struct {
	image string // with variables replaced if known
	known bool
	node  *document.Node
}

// A config is the configuration that an image built from a stage has.
type config struct {
	base        reference // the image outside the file at the end of the chain
	baseInfo    baseInfo
	chain       []*stage // from the external base up to the stage itself
	entrypoint  *setting // nil: the base's
	command     *setting // nil: the base's
	shell       *instruction
	user        *setting
	stopSignal  *setting
	healthcheck *setting
	ports       []*instruction
	workdir     string // absolute; "" if unknown
	scope       scope
	assignments []assignment
	copies      []copyStep
	relinked    bool // /bin/sh was made a link to bash
}

// A copyStep is a COPY or ADD on the way to an image.
type copyStep struct {
	*instruction
	sources []argument
	target  string // absolute; "" if unknown
	from    *config
	// external: the files come from an image or a URL outside the file.
	external bool
}

// configure computes the configuration of every stage in order.
func (p *parsed) configure() []*config {
	global := globalScope()
	for _, i := range p.global {
		global.assign(i, global, p.escape)
	}
	configs := make([]*config, 0, len(p.stages))
	for _, s := range p.stages {
		configs = append(configs, p.configureStage(s, global, configs))
	}
	return configs
}

func (p *parsed) configureStage(s *stage, global scope, earlier []*config) *config {
	from := s.from().arguments[0]
	image, isKnown := global.expand(from.value, p.escape)
	c := &config{scope: scope{}}
	if parent := p.stageNamed(image, s.index); isKnown && parent != nil {
		c.inherit(earlier[parent.index])
	} else {
		c.base = reference{image: image, known: isKnown, node: scalar(image, isKnown, from.text.place())}
		c.baseInfo = unknownBase
		if isKnown {
			c.baseInfo = lookUpBase(image)
		}
		c.workdir = c.baseInfo.workdir
	}
	c.chain = append(c.chain[:len(c.chain):len(c.chain)], s)
	commandSet := false
	for _, i := range s.instructions[1:] {
		if i.name == "CMD" {
			commandSet = true
		}
		p.execute(c, s, i, global, earlier)
		if i.name == "ENTRYPOINT" && !commandSet {
			c.command = &setting{instruction: &instruction{name: "CMD", form: formExec}, stage: s.index}
		}
	}
	return c
}

// inherit takes over what an earlier stage ended with.
func (c *config) inherit(parent *config) {
	*c = *parent
	c.scope = parent.scope.environment()
	c.ports = parent.ports[:len(parent.ports):len(parent.ports)]
	c.copies = parent.copies[:len(parent.copies):len(parent.copies)]
	c.assignments = parent.assignments[:len(parent.assignments):len(parent.assignments)]
}

func (p *parsed) execute(c *config, s *stage, i *instruction, global scope, earlier []*config) {
	set := &setting{instruction: i, stage: s.index, shell: c.shell}
	switch i.name {
	case "ENTRYPOINT":
		c.entrypoint = set
	case "CMD":
		c.command = set
	case "SHELL":
		c.shell = i
	case "USER":
		c.user = set
	case "STOPSIGNAL":
		c.stopSignal = set
	case "HEALTHCHECK":
		c.healthcheck = set
	case "EXPOSE":
		c.ports = append(c.ports, i)
	case "ENV", "ARG":
		c.assignments = append(c.assignments, c.scope.assign(i, global, p.escape)...)
	case "WORKDIR":
		if len(i.arguments) == 1 {
			c.workdir = c.absolute(i.arguments[0].value, p.escape)
		}
	case "COPY", "ADD":
		c.copies = append(c.copies, p.copyStep(c, s, i, earlier))
	case "RUN":
		if len(i.arguments) > 0 {
			c.relinked = c.relinked || relinksShell(i.arguments[0].value)
		}
	}
}

// absolute expands a path and joins it to the working directory; "" if unknown.
func (c *config) absolute(written string, escape rune) string {
	name, isKnown := c.scope.expand(written, escape)
	switch {
	case !isKnown:
		return ""
	case path.IsAbs(name):
		return path.Clean(name)
	case c.workdir == "":
		return ""
	}
	return path.Join(c.workdir, name)
}

func (p *parsed) copyStep(c *config, s *stage, i *instruction, earlier []*config) copyStep {
	step := copyStep{instruction: i}
	if len(i.arguments) < 2 {
		return step
	}
	last := len(i.arguments) - 1
	step.sources = i.arguments[:last]
	step.target = c.absolute(i.arguments[last].value, p.escape)
	if written := i.arguments[last].value; step.target != "" && strings.HasSuffix(written, "/") && step.target != "/" {
		step.target += "/"
	}
	if from, ok := i.flag("from"); ok {
		if other := p.stageFrom(from.value, s.index); other != nil {
			step.from = earlier[other.index]
		} else {
			step.external = true
		}
	}
	return step
}

// stageNamed returns the stage before the given index that a FROM or --from
// means, nil if it means an image.
func (p *parsed) stageNamed(name string, before int) *stage {
	for index := before - 1; index >= 0; index-- {
		if s := p.stages[index]; s.name != "" && strings.EqualFold(s.name, name) {
			return s
		}
	}
	return nil
}

// stageFrom is stageNamed for --from, which also takes a stage's number.
func (p *parsed) stageFrom(name string, before int) *stage {
	if s := p.stageNamed(name, before); s != nil {
		return s
	}
	if index, err := strconv.Atoi(name); err == nil && index >= 0 && index < before {
		return p.stages[index]
	}
	return nil
}
