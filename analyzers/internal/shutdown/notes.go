package shutdown

import (
	"cmp"
	"go/types"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// noted lists by import path, without major version, and then by name, with the
// receiver's type before a dot, the calls that are worth a note on the way to
// serving. A name that ends in a star stands for all that begin so.
var noted = map[string][]string{
	"time":       {"Sleep", "After"},
	"net":        {"Dial", "DialTCP", "Dialer.Dial"},
	"crypto/tls": {"Dial"},
	"net/smtp":   {"Dial"},
	"net/rpc":    {"Dial", "DialHTTP"},

	"database/sql": {
		"Open", "OpenDB", "DB.Ping", "DB.PingContext", "DB.Conn", "DB.Exec", "DB.ExecContext", "Tx.Exec", "Tx.ExecContext",
		"Conn.ExecContext", "Conn.PingContext",
	},
	"github.com/jmoiron/sqlx":      {"Open", "MustOpen", "Connect*", "MustConnect", "NewDb", "DB.MustExec*", "MustExec*", "DB.NamedExec*", "Tx.MustExec*"},
	"github.com/jackc/pgx":         {"Connect*", "Conn.Ping", "Conn.Exec", "ConnPool.Exec*"},
	"github.com/jackc/pgx/pgxpool": {"New*", "Connect*", "Pool.Ping", "Pool.Exec"},
	"github.com/jackc/pgx/stdlib":  {"OpenDB*"},
	"gorm.io/gorm":                 {"Open", "DB.AutoMigrate", "DB.Exec", "Migrator.*"},
	"gorm.io/gorm/migrator":        {"Migrator.*"},
	"github.com/jinzhu/gorm":       {"Open", "DB.AutoMigrate", "DB.CreateTable", "DB.DropTable*", "DB.ModifyColumn", "DB.DropColumn", "DB.Add*Index", "DB.Exec"},
	"xorm.io/xorm":                 {"NewEngine*", "Engine.Sync*", "Engine.Ping*", "Engine.Exec"},

	"github.com/golang-migrate/migrate":   {"Migrate.Up", "Migrate.Down", "Migrate.Steps", "Migrate.Migrate", "Migrate.Force", "Migrate.Drop", "Migrate.Run"},
	"github.com/mattes/migrate":           {"Migrate.Up", "Migrate.Down", "Migrate.Steps", "Migrate.Migrate", "Migrate.Force"},
	"github.com/pressly/goose":            {"Up*", "Down*", "Run*", "Redo*", "Reset*", "Provider.Up*", "Provider.Down*", "Provider.ApplyVersion"},
	"github.com/go-gormigrate/gormigrate": {"Gormigrate.Migrate*", "Gormigrate.Rollback*"},
	"gopkg.in/gormigrate":                 {"Gormigrate.Migrate*", "Gormigrate.Rollback*"},
	"entgo.io/ent/dialect/sql/schema":     {"Migrate.Create", "Atlas.Create"},
	"github.com/uptrace/bun": {
		"DB.Exec*", "DB.Ping*", "CreateTableQuery.Exec", "DropTableQuery.Exec", "TruncateTableQuery.Exec", "AddColumnQuery.Exec",
		"DropColumnQuery.Exec", "CreateIndexQuery.Exec", "DropIndexQuery.Exec",
	},
	"github.com/uptrace/bun/migrate":                 {"Migrator.Migrate", "Migrator.Rollback", "Migrator.RunMigration"},
	"ariga.io/atlas-go-sdk/atlasexec":                {"Client.MigrateApply*", "Client.SchemaApply*"},
	"ariga.io/atlas/sql/migrate":                     {"Executor.Execute*"},
	"github.com/jackc/tern/migrate":                  {"Migrator.Migrate*"},
	"github.com/rubenv/sql-migrate":                  {"Exec*", "MigrationSet.Exec*"},
	"github.com/amacneil/dbmate/pkg/dbmate":          {"DB.Migrate", "DB.CreateAndMigrate"},
	"xorm.io/xorm/migrate":                           {"Migrate.Migrate"},
	"src.techknowlogick.com/xormigrate":              {"Xormigrate.Migrate"},
	"github.com/go-pg/migrations":                    {"Run", "Collection.Run"},
	"github.com/go-pg/pg/orm":                        {"Query.CreateTable", "Query.DropTable"},
	"github.com/GuiaBolso/darwin":                    {"Migrate", "Darwin.Migrate"},
	"github.com/lopezator/migrator":                  {"Migrator.Migrate"},
	"github.com/gobuffalo/pop":                       {"Migrator.Up*", "FileMigrator.Up", "MigrationBox.Up"},
	"github.com/ory/x/popx":                          {"MigrationBox.Up*", "Migrator.Up"},
	"github.com/riverqueue/river/rivermigrate":       {"Migrator.Migrate*"},
	"github.com/maragudk/migrate":                    {"Up", "Migrator.MigrateUp"},
	"maragu.dev/migrate":                             {"Up", "Migrator.MigrateUp"},
	"github.com/gocql/gocql":                         {"Session.Query"},
	"github.com/ClickHouse/clickhouse-go/lib/driver": {"Conn.Exec"},
}

// A Note is a call that the program makes and some rule asks for: of a function
// that the table of notes lists.
type Note struct {
	Func string // full name of what is called
	In   string // ID of the function around it
	Site Site   // of the call
	// OnMain is true if the main goroutine makes the call, or waits for the one
	// that does.
	OnMain bool
	// Live is true if the call comes before anything that holds control.
	Live bool
	// Before is true if the call lies on the way to serving: the main goroutine
	// makes it before anything holds control, and what comes behind it on that
	// way serves. It is false in the branches and commands that do not serve.
	Before bool
}

// Notes returns the calls worth a note that the program reaches, ordered by
// place. A call that is reached in several ways is one note that holds for all.
func (p *Program) Notes() []Note {
	p.noting.Do(func() { p.notes = p.takeNotes() })
	return p.notes
}

func (p *Program) takeNotes() []Note {
	p.once.Do(p.settle)
	w := newWalk(p, p.instances())
	w.ahead = p.leadingToSinks()
	w.apart = true
	w.from(p.entries()...)
	notes := w.notes
	for _, id := range slices.Sorted(maps.Keys(w.commandIDs)) {
		f := p.funcs[id]
		if f == nil || !w.runs {
			continue
		}
		part := newWalk(p, p.instances())
		part.ahead = w.ahead
		part.from(f)
		serves := p.ServesIn(id)
		for _, n := range part.notes {
			n.Before = n.Before && serves
			notes = append(notes, n)
		}
	}
	return mergedNotes(notes)
}

// instances returns what the walk through the whole program has seen behind
// interfaces, for further walks to begin with.
func (p *Program) instances() map[string]map[string]Mode {
	all := make(map[string]map[string]Mode, len(p.whole.instances))
	for name, methods := range p.whole.instances {
		all[name] = maps.Clone(methods)
	}
	return all
}

// mergedNotes makes one note of those about the same call.
func mergedNotes(notes []Note) []Note {
	slices.SortStableFunc(notes, func(a, b Note) int {
		return cmp.Or(cmp.Compare(a.Site.Package, b.Site.Package), cmp.Compare(a.Site.File, b.Site.File),
			cmp.Compare(a.Site.Line, b.Site.Line), cmp.Compare(a.Site.Column, b.Site.Column), cmp.Compare(a.Func, b.Func))
	})
	var merged []Note
	for _, n := range notes {
		if k := len(merged) - 1; k >= 0 && merged[k].Site == n.Site && merged[k].Func == n.Func {
			merged[k].OnMain = merged[k].OnMain || n.OnMain
			merged[k].Live = merged[k].Live || n.Live
			merged[k].Before = merged[k].Before || n.Before
			continue
		}
		merged = append(merged, n)
	}
	return merged
}

// leadingToSinks returns the functions that serve or lead to one that does.
func (p *Program) leadingToSinks() map[string]bool {
	leading := make(map[string]bool)
	for changed := true; changed; {
		changed = false
		for id, f := range p.funcs {
			if leading[id] {
				continue
			}
			if f.any(func(op *Op) bool { return p.leadsToSink(op, leading) }) {
				leading[id], changed = true, true
			}
		}
	}
	return leading
}

func (p *Program) leadsToSink(op *Op, leading map[string]bool) bool {
	switch op.Kind {
	case opSink, opRun, opHosted:
		return true
	case opCall, opRef:
		return leading[op.Func]
	case opInvoke:
		for _, t := range p.types {
			for _, m := range t.Methods {
				if m.Name == op.Func && t.has(op.Methods) && (leading[m.Func] || p.funcs[m.Func] == nil) {
					return true
				}
			}
		}
	}
	return false
}

// any reports whether some operation of a function meets a condition.
func (f *Func) any(meets func(*Op) bool) bool {
	for i := range f.Blocks {
		for j := range f.Blocks[i].Ops {
			if meets(&f.Blocks[i].Ops[j]) {
				return true
			}
		}
	}
	return false
}

// note takes a note of a call.
func (w *walk) note(f *Func, op *Op, s state) {
	if w.ahead == nil {
		return
	}
	onMain := s.onMain && op.Mode != async
	w.notes = append(w.notes, Note{
		Func:   op.Func,
		In:     f.ID,
		Site:   op.Site,
		OnMain: onMain,
		Live:   s.live && op.Mode != deferred,
		Before: onMain && s.live && op.Mode != deferred && s.leads,
	})
}

// goesOn reports whether what comes behind an operation of a function serves, be
// it there or, once the function returns, in its callers.
func (w *walk) goesOn(f *Func, op *Op, callersServe bool) bool {
	seen := make([]bool, len(f.Blocks))
	var queue []int
	// serves looks at the rest of a block and queues what follows it.
	serves := func(block *Block, from int) bool {
		for j := from; j < len(block.Ops); j++ {
			if w.leadsToSink(&block.Ops[j], w.ahead) {
				return true
			}
		}
		queue = append(queue, block.Succs...)
		return callersServe && block.Returns
	}
	for i := range f.Blocks {
		for j := range f.Blocks[i].Ops {
			if &f.Blocks[i].Ops[j] == op && serves(&f.Blocks[i], j+1) {
				return true
			}
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		if i := queue[0]; !seen[i] {
			seen[i] = true
			if serves(&f.Blocks[i], 0) {
				return true
			}
		}
	}
	return false
}

// isNoted reports whether a call of a function is worth a note.
func isNoted(fn *types.Func) bool {
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	if isEntMigration(fn) {
		return true
	}
	names := notedIn(fn.Pkg().Path())
	if names == nil {
		return false
	}
	name := fn.Name()
	if recv := fn.Signature().Recv(); recv != nil {
		named := namedOf(recv.Type())
		if named == nil {
			return false
		}
		name = named.Obj().Name() + "." + name
	}
	return slices.ContainsFunc(names, func(pattern string) bool {
		if prefix, ok := strings.CutSuffix(pattern, "*"); ok {
			return strings.HasPrefix(name, prefix)
		}
		return name == pattern
	})
}

// isEntMigration reports whether a method is the Create of what ent generates.
func isEntMigration(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil || fn.Name() != "Create" || fn.Pkg().Name() != "migrate" {
		return false
	}
	named := namedOf(recv.Type())
	return named != nil && named.Obj().Name() == "Schema" && slices.ContainsFunc(fn.Pkg().Imports(), func(imported *types.Package) bool {
		return imported.Path() == "entgo.io/ent/dialect/sql/schema"
	})
}

func notedIn(path string) []string {
	if names, ok := noted[path]; ok {
		return names
	}
	return noted[unversioned(path)]
}

// takesNotes reports whether a package makes a call that is worth a note.
func takesNotes(pass *analysis.Pass) bool {
	if !slices.ContainsFunc(pass.Pkg.Imports(), func(imported *types.Package) bool {
		return notedIn(imported.Path()) != nil || imported.Name() == "migrate"
	}) {
		return false
	}
	for _, obj := range pass.TypesInfo.Uses {
		if fn, ok := obj.(*types.Func); ok && isNoted(fn) {
			return true
		}
	}
	return false
}
