#!/bin/sh
# Makes ../echarts.min.js: the parts of Apache ECharts 6.1.0 that the figures use, in one
# file. Needs npm; run it again after a change of entry.js. What it makes is committed, so
# neither building nor testing the program needs it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/entry.js" "$work"
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund echarts@6.1.0 esbuild@0.25.12
npx esbuild entry.js --bundle --minify --format=iife --global-name=echarts --target=es2017 \
	--legal-comments=none --define:process.env.NODE_ENV='"production"' \
	--banner:js='/*! Apache ECharts 6.1.0, parts of it (see bundle/entry.js), bundled by esbuild. Copyright The Apache Software Foundation, Apache License 2.0; https://echarts.apache.org */' \
	--outfile="$here/../echarts.min.js"
