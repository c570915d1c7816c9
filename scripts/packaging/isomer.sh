#!/bin/sh
# isomer: the command line where a command comes first, the window otherwise.
# Both are the same Electron binary; as Node it needs no display.
here=$(dirname "$(readlink -f "$0")")
[ -e "$here/resources/app.asar" ] || here=/opt/Isomer # a copy of this script is /usr/bin/isomer

run_command() {
  # What the runtime warns its developers of is nothing to its users.
  NODE_NO_WARNINGS=1 ELECTRON_RUN_AS_NODE=1 exec "$here/isomer-app" "$here/resources/app.asar/dist/cli.js" "$@"
}

case "${1-}" in
  @COMMANDS@ | -h | --help | -V | --version) run_command "$@" ;;
  '' | -* | */* | *.*) ;;
  *) [ -e "$1" ] || run_command "$@" ;; # a misspelt command is the command line's to explain
esac

if [ -z "${DISPLAY-}${WAYLAND_DISPLAY-}" ]; then
  echo "The window needs a display and there is none here: run \`xvfb-run -a isomer\` for a virtual one, or use the command line: isomer help" >&2
  exit 2
fi
exec "$here/isomer-app" "$@"
