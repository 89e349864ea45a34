#!/bin/sh
# Sets Bowlby up: `./setup.sh run` to use it, `./setup.sh dev` to work on it (tests, checks, benchmarks).
#
# System packages come from apt, Python packages from the pins in constraints/, into a virtual environment. What is
# there already is left alone; a set-up that was interrupted is begun again. To know, in the environment:
#   PYTHON=python3.13   the Python to use (3.11 to 3.13)     VENV=.venv     where the virtual environment is
#   ASSUME_YES=1        install system packages unasked      SKIP_APT=1     install none (the doctor says what lacks)
#   SITE_PACKAGES=auto  let the environment see the system's Python packages where picamera2 is one of them
#   EXTRAS='faces zenoh'  extras of pyproject.toml to install as well; both are kept until they are given again
#   SPEECH='en fr'      the languages to be understood in any words ('' for none)   MODELS=DIR  where models are kept
set -eu
cd "$(dirname "$0")"

PYTHON=${PYTHON:-python3}
VENV=${VENV:-.venv}
RUN_PACKAGES='espeak-ng libespeak-ng1 libportaudio2'
[ "$(uname -m)" != aarch64 ] || RUN_PACKAGES="$RUN_PACKAGES libatomic1" # vosk's library there needs it
SPEECH=${SPEECH-en fr}
DEV_PACKAGES='advancecomp alsa-utils avr-libc avrdude binutils-avr chromium chromium-driver clang-19 gcc gcc-avr iproute2'
DEV_PACKAGES="$DEV_PACKAGES libasound2-plugins libc6-dev libelf-dev libsimavr-dev lld-19 pulseaudio pulseaudio-utils"
DEV_PACKAGES="$DEV_PACKAGES gcc-arm-none-eabi libclang-rt-19-dev mosquitto openssl shellcheck simavr sox"

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
die() {
  printf 'setup: %s\n' "$@" >&2
  exit 1
}

case ${1:-} in
  run) packages=$RUN_PACKAGES ;;
  dev) packages="$RUN_PACKAGES $DEV_PACKAGES" ;;
  *) die 'say what to set up for: ./setup.sh run or ./setup.sh dev' ;;
esac
goal=$1

# Extras, and whether the system's Python packages are seen: as asked, else as it was. What is for developers has all
# extras, and their pins.
extras=${EXTRAS-$(cat "$VENV/extras" 2>/dev/null || :)}
for extra in $extras; do
  known=$(sed -n '/^\[project.optional-dependencies\]/,/^\[dep/s/^\([a-z]*\) = .*/\1/p' pyproject.toml)
  printf '%s\n' "$known" | grep -qx -- "$extra" ||
    die "there is no extra '$extra'" "remedy: choose of these: $(echo "$known" | tr '\n' ' ')"
done
site_of_venv() {
  ! grep -qs 'include-system-site-packages = true' "$VENV/pyvenv.cfg" || echo --system-site-packages
}
site=$(site_of_venv)
if [ "${SITE_PACKAGES:-}" = auto ]; then
  site=''
  ! "$PYTHON" -c 'import importlib.util as find; raise SystemExit(not find.find_spec("picamera2"))' 2>/dev/null ||
    site=--system-site-packages
fi

# A stamp tells that all was done for these very files, in this very folder.
state() {
  files="setup.sh pyproject.toml constraints/uv.txt constraints/build.txt constraints/run.txt"
  [ "$1" = run ] && [ -z "$extras" ] || files="$files constraints/dev.txt"
  # shellcheck disable=SC2086 # a list of names without spaces
  pwd -P && sha256sum $files && echo "$site" "$SPEECH"
  [ "$1" = dev ] || echo "$extras"
}
ready() {
  [ -x "$VENV/bin/python" ] && [ -f "$VENV/ready-$1" ] && [ "$(state "$1")" = "$(cat "$VENV/ready-$1")" ]
}
all_done() {
  ready "$goal" || { [ "$goal" = run ] && ready dev; }
}
if all_done; then
  exit 0
fi

exec 9<pyproject.toml
if ! flock -n 9; then
  say 'Another set-up is running here; waiting for it.'
  flock 9
  if all_done; then # by the other one
    exit 0
  fi
fi

# ------------------------------------------------------------------ Python
command -v "$PYTHON" >/dev/null || die "there is no $PYTHON" 'remedy: sudo apt-get install python3, or set PYTHON'
"$PYTHON" - <<'PY' || die "$("$PYTHON" --version 2>&1) cannot be used: Bowlby needs Python 3.11 to 3.13" \
  'remedy: name another one, for example: PYTHON=python3.13 make run'
import sys
raise SystemExit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PY
case $(uname -s)-$("$PYTHON" -c 'import platform, struct; print(platform.machine(), 8 * struct.calcsize("P"))') in
  'Linux-x86_64 64' | 'Linux-aarch64 64') ;;
  *) die 'Bowlby runs on 64-bit Linux on x86 and Arm: its firmware engine and its recogniser exist for those only' \
    'remedy: on a Raspberry Pi, install the 64-bit Raspberry Pi OS' ;;
esac
"$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || packages="python3-venv $packages"

# ------------------------------------------------------------------ system packages
lacking() {
  for package in $packages; do
    case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) in
      installed) ;;
      *) printf ' %s' "$package" ;;
    esac
  done
}

install_packages() {
  if ! command -v apt-get >/dev/null; then
    die "this machine has no apt; Bowlby needs what Debian calls: $packages" \
      "remedy: install those in your system's way, then go on with SKIP_APT=1"
  fi
  missing=$(lacking)
  [ -n "$missing" ] || return 0
  line="apt-get install --no-install-recommends$missing"
  as_root=''
  if [ "$(id -u)" -ne 0 ]; then
    line="sudo $line"
    as_root=sudo
  fi
  say "System packages to install:$missing"
  if [ -n "${CI:-}" ] || [ "${ASSUME_YES:-}" = 1 ]; then
    :
  elif [ -t 0 ]; then
    printf 'Install them now (%s)? [Y/n] ' "$line" >&2
    read -r answer
    case $answer in
      '' | [YyOo]*) ;;
      *) die 'nothing was installed' "remedy: run it yourself: $line" 'or go on without: SKIP_APT=1' ;;
    esac
  else
    die 'nobody is here to be asked whether system packages may be installed' "remedy: run it yourself: $line" \
      'or allow it: ASSUME_YES=1; or go on without: SKIP_APT=1'
  fi
  if [ -n "$as_root" ] && ! command -v sudo >/dev/null; then
    die 'installing system packages needs root, and there is no sudo here' "remedy: as root: ${line#sudo }"
  fi
  # shellcheck disable=SC2086 # lists of names without spaces; an empty one is none
  {
    $as_root apt-get -q -o DPkg::Lock::Timeout=300 update &&
      $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 install -y \
        --no-install-recommends $missing
  } >&2 9<&- || die 'apt could not install the packages; its words are above' "remedy: once mended: $line"
}

[ "${SKIP_APT:-}" = 1 ] || install_packages

# ------------------------------------------------------------------ Python packages
# A half-made environment is thrown away: a package that was being written when the power went may look whole.
rm -rf "$VENV.broken"
if [ -d "$VENV" ]; then
  [ -f "$VENV/pyvenv.cfg" ] || [ -f "$VENV/unfinished" ] || [ -z "$(ls -A "$VENV")" ] ||
    die "$VENV is a folder, but no virtual environment" 'remedy: move it away, or name another: VENV=.venv-bowlby'
  if [ -f "$VENV/unfinished" ] || [ "$site" != "$(site_of_venv)" ] ||
    ! "$VENV/bin/python" -c 'import pip' 2>/dev/null; then
    mv "$VENV" "$VENV.broken" # at one stroke, so that this too may be interrupted
    rm -rf "$VENV.broken"
  fi
fi
mkdir -p "$VENV"
touch "$VENV/unfinished"
rm -f "$VENV/ready-run" "$VENV/ready-dev"
echo "$extras" >"$VENV/extras"
if [ ! -f "$VENV/pyvenv.cfg" ]; then
  say "Making the virtual environment $VENV ($("$PYTHON" --version))"
  [ -z "$site" ] || say 'This environment sees the system packages too'
  "$PYTHON" -m venv ${site:+"$site"} "$VENV" || die 'the virtual environment could not be made; the reason is above' \
    'remedy: sudo apt-get install python3-venv'
fi

uv_install() {
  "$VENV/bin/uv" pip install --python "$VENV/bin/python" --build-constraints constraints/build.txt "$@"
}
install_extras() {
  set --
  for extra in $extras; do
    set -- "$@" --extra "$extra"
  done
  [ $# = 0 ] || [ "$goal" = dev ] || uv_install --require-hashes -c constraints/dev.txt -r pyproject.toml "$@"
}
say 'Installing Python packages, each checked against its pinned hash'
{
  "$VENV/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r constraints/uv.txt &&
    uv_install --require-hashes -r "constraints/$goal.txt" &&
    install_extras &&
    uv_install -q --no-deps -e .
} || die 'the Python packages could not be installed; the reason is above' \
  'remedy: check the network and the free space, then run the same command again'

# What people say is understood by a model, which lies beside the environment or where MODELS says. Without it the robot
# still runs, and tells that it does not understand.
understands=1
if [ -n "$SPEECH" ]; then
  if [ -n "${MODELS:-}" ]; then
    mkdir -p "$MODELS" "$VENV/share/bowlby"
    ln -sfn "$(cd "$MODELS" && pwd -P)" "$VENV/share/bowlby/models"
  fi
  say 'Speech model: what people say in their own words is understood by it, on this machine alone'
  # shellcheck disable=SC2086 # a list of languages
  "$VENV/bin/bowlby" models fetch --shared $SPEECH || understands=0
fi

if [ "$goal" = dev ]; then
  say 'The smallest language model, for tests of the engine'
  "$VENV/bin/bowlby" models fetch --shared smollm2-135m || die 'it could not be fetched; the reason is above' \
    'remedy: run the same command again'
  say "The emulator that runs the Pico's firmware, for its tests"
  { command -v npm >/dev/null && make -C sim/board/emulators/rp2040js; } ||
    say "IT IS NOT THERE, AND THE PICO'S TESTS ARE SKIPPED: it needs Node.js 18, npm and its registry" \
      'remedy: sudo apt-get install npm, then run the same command again'
fi

[ "$understands" = 0 ] || state "$goal" >"$VENV/ready-$goal"
rm "$VENV/unfinished"
if [ "$understands" = 0 ]; then
  say 'Set up, but for the speech model: WHAT IS SAID IN FREE WORDS IS NOT UNDERSTOOD, words of self-harm among them.' \
    'Run the same command again, or bring it by hand: docs/first-day.md'
else
  say 'Set up.'
fi
