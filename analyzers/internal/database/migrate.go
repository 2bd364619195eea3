package database

import (
	"go/types"
	"slices"
	"strings"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

// migrations lists by import path, without major version, what changes the
// schema of a database: functions, and methods behind their type and a dot.
var migrations = map[string][]string{
	"github.com/golang-migrate/migrate": {"Migrate.Up", "Migrate.Down", "Migrate.Steps", "Migrate.Migrate", "Migrate.Force", "Migrate.Drop", "Migrate.Run"},
	"github.com/mattes/migrate":         {"Migrate.Up", "Migrate.Down", "Migrate.Steps", "Migrate.Migrate", "Migrate.Force"},
	"github.com/pressly/goose": {
		"Up", "UpContext", "UpByOne", "UpByOneContext", "UpTo", "UpToContext", "Run", "RunContext", "RunWithOptions", "RunWithOptionsContext",
		"Down", "DownContext", "DownTo", "DownToContext", "Redo", "RedoContext", "Reset", "ResetContext",
		"Provider.Up", "Provider.UpByOne", "Provider.UpTo", "Provider.Down", "Provider.DownTo", "Provider.ApplyVersion",
	},
	"gorm.io/gorm": {
		"DB.AutoMigrate", "Migrator.AutoMigrate", "Migrator.CreateTable", "Migrator.DropTable", "Migrator.RenameTable",
		"Migrator.AddColumn", "Migrator.DropColumn", "Migrator.AlterColumn", "Migrator.RenameColumn",
		"Migrator.CreateIndex", "Migrator.DropIndex", "Migrator.CreateConstraint", "Migrator.DropConstraint",
	},
	"github.com/jinzhu/gorm":                {"DB.AutoMigrate", "DB.CreateTable", "DB.DropTable", "DB.DropTableIfExists", "DB.ModifyColumn", "DB.DropColumn", "DB.AddIndex", "DB.AddUniqueIndex"},
	"github.com/go-gormigrate/gormigrate":   {"Gormigrate.Migrate", "Gormigrate.MigrateTo", "Gormigrate.RollbackLast"},
	"gopkg.in/gormigrate":                   {"Gormigrate.Migrate", "Gormigrate.MigrateTo", "Gormigrate.RollbackLast"},
	"entgo.io/ent/dialect/sql/schema":       {"Migrate.Create", "Atlas.Create"},
	"github.com/uptrace/bun":                {"CreateTableQuery.Exec", "DropTableQuery.Exec", "TruncateTableQuery.Exec", "AddColumnQuery.Exec", "DropColumnQuery.Exec", "CreateIndexQuery.Exec", "DropIndexQuery.Exec"},
	"github.com/uptrace/bun/migrate":        {"Migrator.Migrate", "Migrator.Rollback", "Migrator.RunMigration"},
	"ariga.io/atlas-go-sdk/atlasexec":       {"Client.MigrateApply", "Client.MigrateApplySlice", "Client.SchemaApply"},
	"ariga.io/atlas/sql/migrate":            {"Executor.ExecuteN", "Executor.ExecuteTo", "Executor.Execute"},
	"github.com/jackc/tern/migrate":         {"Migrator.Migrate", "Migrator.MigrateTo"},
	"github.com/rubenv/sql-migrate":         {"Exec", "ExecContext", "ExecMax", "ExecMaxContext", "ExecVersion", "MigrationSet.Exec", "MigrationSet.ExecMax"},
	"github.com/amacneil/dbmate/pkg/dbmate": {"DB.Migrate", "DB.CreateAndMigrate"},
	"xorm.io/xorm":                          {"Engine.Sync", "Engine.Sync2", "Engine.CreateTables", "Engine.DropTables", "Session.Sync", "Session.Sync2", "Session.CreateTable", "EngineGroup.Sync", "EngineGroup.Sync2"},
	"xorm.io/xorm/migrate":                  {"Migrate.Migrate"},
	"src.techknowlogick.com/xormigrate":     {"Xormigrate.Migrate"},
	"github.com/go-pg/migrations":           {"Run", "Collection.Run"},
	"github.com/go-pg/pg/orm":               {"Query.CreateTable", "Query.DropTable"},
	"github.com/GuiaBolso/darwin":           {"Migrate", "Darwin.Migrate"},
	"github.com/lopezator/migrator":         {"Migrator.Migrate"},
	"github.com/gobuffalo/pop":              {"Migrator.Up", "Migrator.UpTo", "FileMigrator.Up", "MigrationBox.Up"},
	"github.com/ory/x/popx":                 {"MigrationBox.Up", "MigrationBox.UpTo", "Migrator.Up"},
	"github.com/riverqueue/river/rivermigrate": {
		"Migrator.Migrate", "Migrator.MigrateTx",
	},
	"github.com/maragudk/migrate": {"Up", "Migrator.MigrateUp"},
	"maragu.dev/migrate":          {"Up", "Migrator.MigrateUp"},
}

// Migration reports whether a function or method of a library, or of what ent
// generates, changes the schema of a database.
func Migration(fn *types.Func) bool {
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	name, receiver := fn.Name(), receiverOf(fn)
	if receiver != "" {
		name = receiver + "." + name
	}
	if slices.Contains(migrations[logapi.Path(fn.Pkg().Path())], name) {
		return true
	}
	return name == "Schema.Create" && fn.Pkg().Name() == "migrate" && slices.ContainsFunc(fn.Pkg().Imports(), func(p *types.Package) bool {
		return strings.HasPrefix(p.Path(), "entgo.io/ent/")
	})
}

// Library names the library that a migrating function belongs to.
func Library(fn *types.Func) string { return logapi.Path(fn.Pkg().Path()) }

// MigrationPackage reports whether a package has migrating functions.
func MigrationPackage(path string) bool { return migrations[logapi.Path(path)] != nil }

// receiverOf returns the name of the type a method is declared on.
func receiverOf(fn *types.Func) string {
	recv := fn.Signature().Recv()
	if recv == nil {
		return ""
	}
	if named := namedOf(recv.Type()); named != nil {
		return named.Obj().Name()
	}
	return ""
}

// namedOf returns the named type behind a type or a pointer to it.
func namedOf(t types.Type) *types.Named {
	if pointer, ok := types.Unalias(t).(*types.Pointer); ok {
		t = pointer.Elem()
	}
	named, _ := types.Unalias(t).(*types.Named)
	return named
}

// Executes reports whether a function, by its name, runs a statement that it is
// given as text: Exec, MustExec, ExecContext, and helpers that are named so.
func Executes(fn *types.Func) bool {
	name := strings.ToLower(fn.Name())
	return strings.HasPrefix(name, "exec") || strings.HasPrefix(name, "mustexec") || receiverOf(fn) == "Session" && fn.Name() == "Query"
}

// IsDefinition reports whether a statement defines or drops a part of the
// schema: ALTER, CREATE TABLE, CREATE INDEX, DROP, TRUNCATE. Partitions, and
// tables whose name is only known at run time, come and go while a service runs.
func IsDefinition(statement string) bool {
	text := withoutComments(statement)
	words := strings.Fields(strings.ToUpper(text))
	if len(words) < 2 || slices.Contains(words, "PARTITION") {
		return false
	}
	rest := words[2:]
	switch words[0] {
	case "ALTER":
		if slices.Contains([]string{"SYSTEM", "SESSION", "ROLE", "USER"}, words[1]) {
			return false
		}
	case "DROP":
		if !slices.Contains(objects, words[1]) {
			return false
		}
	case "TRUNCATE":
		if words[1] != "TABLE" {
			rest = words[1:]
		}
	case "CREATE":
		if words[1] != "TABLE" && words[1] != "INDEX" && (words[1] != "UNIQUE" || len(words) < 3 || words[2] != "INDEX") {
			return false
		}
	default:
		return false
	}
	return named(rest)
}

// named reports whether the first word that is no keyword is a name.
func named(words []string) bool {
	for _, word := range words {
		if slices.Contains([]string{"IF", "NOT", "EXISTS", "ONLY", "CONCURRENTLY", "INDEX"}, word) {
			continue
		}
		if i := strings.LastIndexByte(word, '.'); i >= 0 {
			word = word[i+1:]
		}
		return word != "" && !strings.ContainsAny(word, "%$@{")
	}
	return false
}

var objects = []string{"TABLE", "INDEX", "COLUMN", "VIEW", "SCHEMA", "DATABASE", "TYPE", "SEQUENCE", "CONSTRAINT", "TRIGGER", "FUNCTION", "MATERIALIZED", "KEYSPACE"}

// withoutComments drops the comments that a statement begins with.
func withoutComments(s string) string {
	for {
		s = strings.TrimSpace(s)
		var ok bool
		switch {
		case strings.HasPrefix(s, "--"):
			_, s, ok = strings.Cut(s, "\n")
		case strings.HasPrefix(s, "/*"):
			_, s, ok = strings.Cut(s, "*/")
		default:
			return s
		}
		if !ok {
			return ""
		}
	}
}
