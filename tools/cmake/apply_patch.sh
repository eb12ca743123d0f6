#!/bin/sh
# apply_patch.sh PATCH REFERENCE INTO FILE...
#
# Copies the named files of REFERENCE to the new folder INTO and applies PATCH to the copies.
set -eu
patch=$1 reference=$2 into=$3
shift 3

rm -rf "$into"
mkdir -p "$into"
for file; do
  [ ! -e "$reference/$file" ] || cp "$reference/$file" "$into"
done

# The build tree lies inside a repository, in which git would look for the files of the patch.
GIT_CEILING_DIRECTORIES=$(dirname "$into")
export GIT_CEILING_DIRECTORIES
if ! reason=$(cd "$into" && git apply -p3 "$patch" 2>&1); then
  echo "$(basename "$patch") does not apply to reference/: $(echo "$reason" | head -n 1)" >&2
  exit 1
fi
