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

# Chromium's sandbox takes one of two things. Without either it would end with words for its developers; packages see to it
# when they are installed.
helper=$here/chrome-sandbox
cannot_sandbox() {
  [ "$here" != /opt/Isomer ] && [ -e "$helper" ] && [ ! -u "$helper" ] && [ "$(id -u)" != 0 ] &&
    command -v unshare >/dev/null && ! unshare --user --map-root-user --net true 2>/dev/null
}
case " $* " in
  *' --no-sandbox '*) ;;
  *)
    if cannot_sandbox; then
      echo "This system lets no program make a sandbox of its own, and Isomer does not run without one. Give its helper the right to, once: sudo chown root '$helper' && sudo chmod 4755 '$helper'" >&2
      exit 2
    fi
    ;;
esac
exec "$here/isomer-app" "$@"
