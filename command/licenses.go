package command

import (
	"github.com/spf13/cobra"
)

// licenses prints the notices that whoever passes the binary on has to pass on with it:
// a release is a file alone.
func (a *App) licenses() *cobra.Command {
	return &cobra.Command{
		Use:   "licenses",
		Short: "Print the licences of the program and of everything it carries",
		Example: `  lossxfer-report licenses
  lossxfer-report licenses > THIRD_PARTY.md`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := a.stdout.Write([]byte(a.assets.License + "\n" + a.assets.ThirdParty))
			return err
		},
	}
}
