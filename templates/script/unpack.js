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

function unpacked(text) {
  return new Response(new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream('gzip')));
}

function packed(id) { return document.getElementById(id).textContent; }

function unpack(id) { return unpacked(packed(id)).text(); }

/* JSON is packed in columns: the values of one field of all objects stand together, in the
   order of the text; an object is its keys there, an array its length. This puts the text
   together as it was, indented by one blank. */
function unpackColumns(text) {
  return unpacked(text).arrayBuffer().then(function (data) {
    var bytes = new Uint8Array(data), utf8 = new TextDecoder(), at = bytes.indexOf(10);
    var heads = JSON.parse(utf8.decode(bytes.subarray(0, at++))), taken = 0, out = [];

    function column() {
      var kind = heads[taken], width = heads[taken + 1], part = bytes.subarray(at, at += heads[taken + 2]), sum = 0;
      taken += 3;
      if (kind === 1) {
        return {fields: {}, next: function () {
          var hex = Array.from(part.subarray(0, width), function (b) { return (b + 256).toString(16).slice(1); });
          part = part.subarray(width);
          return '"' + hex.join('') + '"';
        }};
      }
      var lines = utf8.decode(part).split('\n'), line = 0;
      return {fields: {}, next: function () {
        var v = lines[line++];
        return kind === 2 ? String(sum += Number(v)) : v;
      }};
    }

    function write(c, margin) {
      var v = c.next(), inner = margin + ' ';
      if (v[0] === '{') {
        var keys = v.match(/"(?:[^"\\]|\\.)*"/g) || [];
        out.push('{');
        keys.forEach(function (key, i) {
          out.push(i ? ',' : '', inner, key, ': ');
          write(c.fields[key] = c.fields[key] || column(), inner);
        });
        out.push(keys.length ? margin : '', '}');
      } else if (v[0] === '[') {
        var n = Number(v.slice(1));
        out.push('[');
        for (var i = 0; i < n; i++) {
          out.push(i ? ',' : '', inner);
          write(c.inner = c.inner || column(), inner);
        }
        out.push(n ? margin : '', ']');
      } else {
        out.push(v);
      }
    }

    write(column(), '\n');
    return out.join('') + '\n';
  });
}

/* report.json as text, exactly as it was written. */
function reportText() { return unpackColumns(JSON.parse(packed('report-json')).data); }

var reportValue = null;

function report() {
  reportValue = reportValue || reportText().then(JSON.parse);
  return reportValue;
}
