package personaldatainlog

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"
)

func TestAnalyzer(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), Analyzer, "customers")
}

func TestAddressesOfClients(t *testing.T) {
	if err := Analyzer.Flags.Set("ip", "mask"); err != nil {
		t.Fatal(err)
	}
	defer Analyzer.Flags.Set("ip", "allow")
	analysistest.Run(t, analysistest.TestData(), Analyzer, "addresses")
}

func TestBodiesOfRequests(t *testing.T) {
	if err := Analyzer.Flags.Set("bodies", "true"); err != nil {
		t.Fatal(err)
	}
	defer Analyzer.Flags.Set("bodies", "false")
	analysistest.Run(t, analysistest.TestData(), Analyzer, "bodies")
}

func TestAuditPackages(t *testing.T) {
	if err := Analyzer.Flags.Set("audit_packages", "trail"); err != nil {
		t.Fatal(err)
	}
	defer Analyzer.Flags.Set("audit_packages", "")
	analysistest.Run(t, analysistest.TestData(), Analyzer, "trail")
}

func TestUnknownWayToTreatAddresses(t *testing.T) {
	if err := Analyzer.Flags.Set("ip", "drop"); err == nil {
		t.Error("ip=drop is accepted")
	}
}
