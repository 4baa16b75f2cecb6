/* What only scripts read stands on the page packed by gzip and written in base85. */
var ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.-:+=^!/*?()[]{}@%$#_~,';

function bytesOf(text) {
  var value = {};
  for (var k = 0; k < 85; k++) value[ALPHABET[k]] = k;
  var length = Math.floor(text.length / 5) * 4 + Math.max(text.length % 5 - 1, 0);
  var bytes = new Uint8Array(length);
  for (var at = 0, to = 0; at < text.length; at += 5) {
    var v = 0;
    for (var i = 0; i < 5; i++) v = v * 85 + (at + i < text.length ? value[text[at + i]] : 84);
    for (var shift = 24; shift >= 0 && to < length; shift -= 8) bytes[to++] = Math.floor(v / Math.pow(2, shift)) & 255;
  }
  return bytes;
}

function unpackText(text) {
  return new Response(new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
}

function unpack(id) { return unpackText(document.getElementById(id).textContent); }

/* report.json as text, exactly as it was written. */
function reportText() { return unpackText(JSON.parse(document.getElementById('report-json').textContent).data); }

var reportValue = null;

function report() {
  reportValue = reportValue || reportText().then(JSON.parse);
  return reportValue;
}
