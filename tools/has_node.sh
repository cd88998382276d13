#!/bin/sh
# Succeeds where a node new enough for the bundler, and npm, are on the PATH.
command -v npm >/dev/null && node -e 'const [a,b]=process.versions.node.split(".").map(Number); process.exit(a>20||(a===20&&b>=19)?0:1)'
