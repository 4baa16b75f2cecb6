/* Tables sort by a column, and can be copied as CSV and LaTeX. */

// words of an element as one line, without what stands in the parts left out.
function words(element, without) {
  var copy = element.cloneNode(true);
  if (without) copy.querySelectorAll(without).forEach(function (e) { e.remove(); });
  return copy.textContent.replace(/\s+/g, ' ').trim();
}

function part(cell, selector) {
  var e = cell.querySelector(selector);
  return e ? words(e, 'i') : '';
}

// Powers of ten: 3×10⁻⁵, 10⁻⁶.
var POWERS = /(?:([\d.]+)×)?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g;
function exponent(raised) { return Array.from(raised, function (c) { return c === '⁻' ? '-' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(c); }).join(''); }

// plain is a number as programs read it.
function plain(text) {
  return text.replace(/\u2212/g, '-').replace(/(\d),(?=\d{3}\b)/g, '$1')
    .replace(POWERS, function (all, times, raised) { return (times || '1') + 'e' + exponent(raised); });
}

// heads are the names of the columns, with the group that a column belongs to.
function heads(table) {
  var groups = [];
  table.querySelectorAll('thead .groups > *').forEach(function (e) {
    for (var i = 0; i < e.colSpan; i++) groups.push(words(e));
  });
  return Array.from(table.querySelector('thead tr:last-child').cells, function (th, i) {
    var name = words(th, '.of').replace(/†/g, '').replace(/\s+/g, ' ');
    return groups[i] ? groups[i] + ': ' + name : name;
  });
}

// rows are the lines of a table with the heading of their group.
function rows(table) {
  var out = [];
  Array.from(table.tBodies).forEach(function (body) {
    var group = '';
    Array.from(body.rows).forEach(function (row) {
      if (row.classList.contains('rowgroup')) group = words(row);
      else out.push({group: group, cells: Array.from(row.cells)});
    });
  });
  return out;
}

/* Each column of values becomes up to three: the value, its ±, and the paper's value. */
function tableCSV(table) {
  var list = rows(table), names = heads(table);
  var has = function (i, selector) { return list.some(function (r) { return r.cells[i].querySelector(selector); }); };
  var grouped = list.some(function (r) { return r.group; });
  var columns = names.map(function (name, i) {
    if (i === 0) return [[name, function (c) { return words(c); }]];
    var all = [[name, function (c) { return plain(part(c, 'b') || part(c, '.missing')); }]];
    if (has(i, 'small')) all.push([name + ' ±', function (c) { return plain(part(c, 'small').replace('±', '').trim()); }]);
    if (has(i, 'q')) all.push([name + ' paper', function (c) { return plain(part(c, 'q')); }]);
    return all;
  });
  var line = function (first, cell) {
    var out = grouped ? [first] : [];
    columns.forEach(function (all, i) { all.forEach(function (column) { out.push(cell(column, i)); }); });
    return csvLine(out);
  };
  return line('Group', function (column) { return column[0]; }) +
    list.map(function (r) { return line(r.group, function (column, i) { return column[1](r.cells[i]); }); }).join('');
}

var TEX = {'\\': '\\textbackslash{}', '{': '\\{', '}': '\\}', '%': '\\%', '&': '\\&', '#': '\\#', '$': '\\$', '_': '\\_', '~': '\\textasciitilde{}', '^': '\\textasciicircum{}',
  '\u2212': '$-$', '±': '$\\pm$', '²': '$^2$', '†': '$\\dagger$', '×': '$\\times$', 'τ': '$\\tau$', 'α': '$\\alpha$', 'β': '$\\beta$', 'κ': '$\\kappa$', 'λ': '$\\lambda$', 'ρ': '$\\rho$', '–': '--', '\u2011': '-'};

function tex(text) {
  var powers = [];
  return text.replace(POWERS, function (all, times, raised) {
    powers.push('$' + (times ? times + '\\times' : '') + '10^{' + exponent(raised) + '}$');
    return '\u0000';
  }).replace(/[\\{}%&#$_~^\u2212±²†×ταβκλρ–\u2011]/g, function (c) { return TEX[c]; })
    .replace(/\u0000/g, function () { return powers.shift(); });
}

/* LaTeX with booktabs: our value, and the paper's in brackets where there is one. */
function tableLaTeX(table, caption) {
  var cell = function (c, i) {
    if (i === 0) return tex(words(c));
    var value = tex(part(c, 'b') || part(c, '.missing')), half = part(c, 'small'), paper = part(c, 'q');
    if (c.classList.contains('best')) value = '\\textbf{' + value + '}';
    if (c.classList.contains('tied')) value = '\\underline{' + value + '}';
    return value + (half ? ' ' + tex(half) : '') + (paper ? ' (' + tex(paper) + ')' : '');
  };
  var names = heads(table), group = '';
  var text = '% \\usepackage{booktabs}\n\\begin{table}\n\\centering\n' + (caption ? '\\caption{' + tex(caption) + '}\n' : '') +
    '\\begin{tabular}{l' + 'r'.repeat(names.length - 1) + '}\n\\toprule\n' + names.map(tex).join(' & ') + ' \\\\\n\\midrule\n';
  rows(table).forEach(function (r) {
    if (r.group !== group) {
      text += '\\multicolumn{' + names.length + '}{l}{\\emph{' + tex(r.group) + '}} \\\\\n';
      group = r.group;
    }
    text += r.cells.map(cell).join(' & ') + ' \\\\\n';
  });
  return text + '\\bottomrule\n\\end{tabular}\n\\end{table}\n';
}

/* Sorting goes from the largest down, from the smallest up, and back to the order of the
   paper. Groups of rows stay together, and what has no value stands last. */
function sortable(table) {
  var original = Array.from(table.tBodies, function (body) { return Array.from(body.rows); });
  var header = Array.from(table.querySelector('thead tr:last-child').cells);
  var key = function (row, column) {
    var cell = row.cells[column];
    var text = column === 0 ? words(cell) : plain(part(cell, 'b'));
    var number = parseFloat(text);
    return text === '' ? null : isNaN(number) ? text.toLowerCase() : number;
  };
  var compare = function (a, b) {
    if (typeof a === 'number' && typeof b === 'number') return a - b;
    return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
  };
  var sort = function (column, direction) {
    Array.from(table.tBodies).forEach(function (body, i) {
      var head = original[i].filter(function (r) { return r.classList.contains('rowgroup'); });
      var list = original[i].filter(function (r) { return !r.classList.contains('rowgroup'); });
      if (direction) {
        list.sort(function (a, b) {
          var x = key(a, column), y = key(b, column);
          if (x === null || y === null) return (x === null) - (y === null);
          return direction * compare(x, y);
        });
      }
      body.append.apply(body, head.concat(list));
    });
  };
  header.forEach(function (th, column) {
    var button = document.createElement('button');
    button.type = 'button';
    button.className = 'sort';
    button.append.apply(button, Array.from(th.childNodes));
    if (!button.textContent.trim()) button.setAttribute('aria-label', 'Rows');
    th.append(button);
    button.addEventListener('click', function () {
      var first = column === 0 ? 1 : -1;
      var now = {descending: -1, ascending: 1}[th.getAttribute('aria-sort')] || 0;
      var next = now === 0 ? first : now === first ? -first : 0;
      header.forEach(function (other) { other.removeAttribute('aria-sort'); });
      if (next) th.setAttribute('aria-sort', next < 0 ? 'descending' : 'ascending');
      sort(column, next);
    });
  });
}

document.querySelectorAll('figure.table').forEach(function (figure) {
  var table = figure.querySelector('table'), caption = figure.querySelector('figcaption');
  var title = words(figure.closest('article').querySelector('h3'), '.permalink');
  var name = caption ? title + '. ' + words(caption) : title;
  sortable(table);
  tools(figure, 'Copy ' + name, [
    ['Copy CSV', function () { return toClipboard(tableCSV(table)); }, 'copied'],
    ['Copy LaTeX', function () { return toClipboard(tableLaTeX(table, name)); }, 'copied']
  ]);
});
