package terraform

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Landing zones ship links to files of values that their users are to write.
func TestLinksThatLeadNowhere(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "prod"), 0o777); err != nil {
		t.Fatal(err)
	}
	configuration := `
variable "days" {
  default = 7
}

resource "aws_db_instance" "main" {
  backup_retention_period = var.days
}
`
	if err := os.WriteFile(filepath.Join(dir, "prod", "main.tf"), []byte(configuration), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ link, notice string }{
		{"common.auto.tfvars", "notice prod/common.auto.tfvars:1:1 evaluate root: the link leads nowhere, the variables it would set are unknown"},
		{"terraform.tfvars", "notice prod/terraform.tfvars:1:1 evaluate root: 2 links lead nowhere, the variables they would set are unknown: prod/common.auto.tfvars and prod/terraform.tfvars"},
	} {
		if err := os.Symlink(filepath.Join("..", "none", test.link), filepath.Join(dir, "prod", test.link)); err != nil {
			t.Skipf("no symbolic links here: %v", err)
		}
		r := assembleDir(t, dir)
		if got := r.value(t, "aws_db_instance.main", "backup_retention_period"); got != "unknown" {
			t.Errorf("%s: backup_retention_period is %s, want unknown", test.link, got)
		}
		if diff := cmp.Diff([]string{test.notice}, r.said()); diff != "" {
			t.Errorf("%s: notices (-want +got):\n%s", test.link, diff)
		}
	}
}
