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
  lossxfer-report licenses > NOTICES.md`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if a.json {
				a.printJSON(map[string]string{"license": a.assets.License, "third_party": a.assets.ThirdParty})
				return nil
			}
			_, err := a.stdout.Write([]byte(a.assets.License + "\n" + a.assets.ThirdParty))
			return err
		},
	}
}
