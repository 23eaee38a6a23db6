#!/usr/bin/env bash
# usage: eng/long/10-kills.sh [--bounded] SEED
# Kills a writing process 500 times, or 60, and checks its store after each kill.
set -euo pipefail
cd "$(dirname "$0")/../.."
kills=500
[ "${1:-}" = --bounded ] && { kills=60; shift; }
bash eng/crash-loop.sh "$kills" "$1"
