// Package analyzers checks Go source: one package below it per rule, each with
// an ordinary analysis.Analyzer.
//
// Start with [All], the table. [Check] runs the analyzers over the Go modules of
// a workspace; [Vet] runs them for the go command, one package at a time.
package analyzers

import (
	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/blockingstartup"
	"github.com/opslint/opslint/analyzers/fatalafterdefer"
	"github.com/opslint/opslint/analyzers/flattenedlogerror"
	"github.com/opslint/opslint/analyzers/hardcodedloglevel"
	"github.com/opslint/opslint/analyzers/ignoredexitcode"
	"github.com/opslint/opslint/analyzers/incompletesecurityevent"
	"github.com/opslint/opslint/analyzers/logtofile"
	"github.com/opslint/opslint/analyzers/logwithoutcontext"
	"github.com/opslint/opslint/analyzers/migrationinserver"
	"github.com/opslint/opslint/analyzers/misregisteredsignalhandler"
	"github.com/opslint/opslint/analyzers/missingbusinessmetric"
	"github.com/opslint/opslint/analyzers/missingclienttimeout"
	"github.com/opslint/opslint/analyzers/missingcorrelationid"
	"github.com/opslint/opslint/analyzers/missinghealthendpoint"
	"github.com/opslint/opslint/analyzers/missinglifecyclelog"
	"github.com/opslint/opslint/analyzers/missinglogattributes"
	"github.com/opslint/opslint/analyzers/missingrequestlog"
	"github.com/opslint/opslint/analyzers/missingrequestmetrics"
	"github.com/opslint/opslint/analyzers/missingservertimeout"
	"github.com/opslint/opslint/analyzers/misusedloglevel"
	"github.com/opslint/opslint/analyzers/nonzeroexitonshutdown"
	"github.com/opslint/opslint/analyzers/personaldatainlog"
	"github.com/opslint/opslint/analyzers/secretinlog"
	"github.com/opslint/opslint/analyzers/unawaitedshutdown"
	"github.com/opslint/opslint/analyzers/unboundedshutdown"
	"github.com/opslint/opslint/analyzers/undrainedserver"
	"github.com/opslint/opslint/analyzers/unhandledsigterm"
	"github.com/opslint/opslint/analyzers/unstructuredlog"
	"github.com/opslint/opslint/analyzers/untracedserver"
	"github.com/opslint/opslint/analyzers/unverifiedconnection"
	"github.com/opslint/opslint/analyzers/unverifiedmigration"
	"github.com/opslint/opslint/internal/rule"
)

// An Analyzer is a rule about Go source together with what implements it. The
// analyzer's ResultType is judge.Type, its flags are the rule's parameters by
// name, and the Category of its diagnostics is the rule's ID.
type Analyzer struct {
	*analysis.Analyzer
	Rule *rule.Rule
}

// All is the table of the rules about Go source, ordered by ID.
var All = []Analyzer{
	{blockingstartup.Analyzer, blockingstartup.Rule},
	{fatalafterdefer.Analyzer, fatalafterdefer.Rule},
	{flattenedlogerror.Analyzer, flattenedlogerror.Rule},
	{hardcodedloglevel.Analyzer, hardcodedloglevel.Rule},
	{ignoredexitcode.Analyzer, ignoredexitcode.Rule},
	{incompletesecurityevent.Analyzer, incompletesecurityevent.Rule},
	{logtofile.Analyzer, logtofile.Rule},
	{logwithoutcontext.Analyzer, logwithoutcontext.Rule},
	{migrationinserver.Analyzer, migrationinserver.Rule},
	{misregisteredsignalhandler.Analyzer, misregisteredsignalhandler.Rule},
	{missingbusinessmetric.Analyzer, missingbusinessmetric.Rule},
	{missingclienttimeout.Analyzer, missingclienttimeout.Rule},
	{missingcorrelationid.Analyzer, missingcorrelationid.Rule},
	{missinghealthendpoint.Analyzer, missinghealthendpoint.Rule},
	{missinglifecyclelog.Analyzer, missinglifecyclelog.Rule},
	{missinglogattributes.Analyzer, missinglogattributes.Rule},
	{missingrequestlog.Analyzer, missingrequestlog.Rule},
	{missingrequestmetrics.Analyzer, missingrequestmetrics.Rule},
	{missingservertimeout.Analyzer, missingservertimeout.Rule},
	{misusedloglevel.Analyzer, misusedloglevel.Rule},
	{nonzeroexitonshutdown.Analyzer, nonzeroexitonshutdown.Rule},
	{personaldatainlog.Analyzer, personaldatainlog.Rule},
	{secretinlog.Analyzer, secretinlog.Rule},
	{unawaitedshutdown.Analyzer, unawaitedshutdown.Rule},
	{unboundedshutdown.Analyzer, unboundedshutdown.Rule},
	{undrainedserver.Analyzer, undrainedserver.Rule},
	{unhandledsigterm.Analyzer, unhandledsigterm.Rule},
	{unstructuredlog.Analyzer, unstructuredlog.Rule},
	{untracedserver.Analyzer, untracedserver.Rule},
	{unverifiedconnection.Analyzer, unverifiedconnection.Rule},
	{unverifiedmigration.Analyzer, unverifiedmigration.Rule},
}
