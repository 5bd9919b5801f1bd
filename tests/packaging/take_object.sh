#!/usr/bin/env bash
# A compiler launcher (CMAKE_CXX_COMPILER_LAUNCHER) for the tests of recipes: instead of compiling a file again, which takes
# a quarter of an hour for all, it takes the object that the release build made of the same file, and notes the command.
# $STARDOSE_OBJECTS: that build's folder; $STARDOSE_COMMANDS: where the commands are noted, if anywhere.
set -euo pipefail
object=
for ((k = 1; k < $#; ++k)); do
  if [[ ${!k} == -o ]]; then
    following=$((k + 1))
    object=${!following}
  fi
done
if [[ $object == *.dir/*.o && -f $STARDOSE_OBJECTS/$object ]]; then
  if [[ -n ${STARDOSE_COMMANDS:-} ]]; then echo "$*" >> "$STARDOSE_COMMANDS"; fi
  echo "$object:" > "$object.d"
  exec cp "$STARDOSE_OBJECTS/$object" "$object"
fi
exec "$@"
