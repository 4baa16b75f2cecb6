/* What only scripts read stands on the page packed by gzip and written in base64. */

function unpackText(base64) {
  var bytes = Uint8Array.from(atob(base64), function (c) { return c.charCodeAt(0); });
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
}

function unpack(id) { return unpackText(document.getElementById(id).textContent); }

/* report.json as text, exactly as it was written. */
function reportText() { return unpackText(JSON.parse(document.getElementById('report-json').textContent).data); }

var reportValue = null;

function report() {
  reportValue = reportValue || reportText().then(JSON.parse);
  return reportValue;
}
