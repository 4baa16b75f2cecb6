package report

import (
	"bytes"
	"strconv"

	"lossxfer-report/templates"
)

// Live makes of a page one that is served while it is built: a script on it asks the
// server, and nobody else, for what is new. Version names the page. A page that has not
// been made yet, nil, is one that says so.
func Live(page []byte, version string) ([]byte, error) {
	script, err := templates.Live()
	if err != nil {
		return nil, err
	}
	script = "var VERSION = " + strconv.Quote(version) + ";\n" + script
	if page == nil {
		page = []byte(`<!doctype html><html lang="en"><head><meta charset="utf-8">` + policyOpen + policy("") + policyClose +
			`<title>lossxfer-report</title></head><body><p>The first page is being made.</p></body></html>`)
	}
	page = bytes.Replace(page, []byte(policyOpen+"default-src 'none'; script-src "),
		[]byte(policyOpen+"default-src 'none'; connect-src 'self'; script-src "+scriptHash(script)+" "), 1)
	at := bytes.LastIndex(page, []byte("</body>"))
	if at < 0 {
		at = len(page)
	}
	out := append([]byte(nil), page[:at]...)
	out = append(out, "<script>"+script+"</script>\n"...)
	return append(out, page[at:]...), nil
}
