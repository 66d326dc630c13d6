#!/usr/bin/env bash
# Make this checkout ready to run (deploy/prepare.sh run) or to test (deploy/prepare.sh test).
#
# Debian packages that are missing, a virtual environment in .venv, the hashed requirements, the
# command `motcua`. What is already there is not touched: a second call only compares stamps.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

purpose="${1:-run}"
case "$purpose" in
  run) requirements=requirements.txt ;;
  test) requirements=requirements-dev.txt ;;
  *) echo "Cách dùng: deploy/prepare.sh run|test" >&2; exit 2 ;;
esac
venv=.venv
stamp="$venv/.ready-$purpose"

say() { printf '── %s\n' "$*" >&2; }
fail() { printf 'LỖI: %s\n' "$*" >&2; exit 2; }

# ── System packages ──────────────────────────────────────────────────────────────────────────────
# Asked by what they give, not by package name: the names differ between releases (libmagic1t64).
# Read once and compared here: a grep that stops at its find ends the pipe early, which pipefail takes for a failure.
libraries="$(/sbin/ldconfig -p)"
has_library() { [[ "$libraries" == *"$1"* ]]; }
has_command() { command -v "$1" >/dev/null 2>&1; }
has_file() { compgen -G "$1" >/dev/null; }

missing=()
reasons=()
want() { # want PACKAGE REASON CHECK…
  local package="$1" reason="$2"
  shift 2
  "$@" && return 0
  missing+=("$package")
  reasons+=("$package ($reason)")
}

want_for_running() {
  want python3-venv "môi trường Python riêng" "$python" -c 'import ensurepip, venv'
  want libpango-1.0-0 "dàn trang PDF" has_library 'libpango-1.0.so.0'
  want libpangoft2-1.0-0 "phông chữ trong PDF" has_library 'libpangoft2-1.0.so.0'
  want libharfbuzz-subset0 "nhúng phông vào PDF" has_library 'libharfbuzz-subset.so.0'
  want libmagic1 "nhận dạng tệp tải lên" has_library 'libmagic.so.1'
  want tesseract-ocr "nhận dạng chữ trên bản quét" has_command tesseract
  want tesseract-ocr-vie "nhận dạng chữ tiếng Việt" has_file '/usr/share/tesseract-ocr/*/tessdata/vie.traineddata'
  want fonts-croscore "phông Tinos cho biểu mẫu" has_file '/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf'
  want fonts-noto-core "phông Noto cho con dấu chữ ký" has_file '/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf'
}

want_for_testing() {
  want postgresql "kiểm thử trên PostgreSQL" has_file '/usr/lib/postgresql/*/bin/initdb'
  want poppler-utils "soi tệp PDF" has_command pdftoppm
  want qpdf "soi tệp PDF" has_command qpdf
  want softhsm2 "thẻ ký số phần mềm" has_command softhsm2-util
  on_ubuntu || want chromium-headless-shell "kiểm thử bằng trình duyệt thật" has_browser
}

has_browser() {
  has_command chromium-headless-shell || has_command chromium || has_command google-chrome ||
    has_file "$HOME/.cache/ms-playwright/chromium*"
}

# Ubuntu ships Chromium only as a snap, which a test cannot drive: playwright brings its own there.
on_ubuntu() { grep -q '^ID=ubuntu' /etc/os-release 2>/dev/null; }

install_missing() {
  [ "${#missing[@]}" -eq 0 ] && return 0
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  local command="${as_root[*]} apt-get install -y --no-install-recommends ${missing[*]}"
  has_command apt-get || fail "máy này không có apt-get; hãy tự cài: ${missing[*]}"
  [ "$(id -u)" -eq 0 ] || has_command sudo || fail "cần quyền quản trị; hãy chạy bằng root: ${command# }"
  say "Cài gói hệ thống còn thiếu: $(printf '%s; ' "${reasons[@]}")"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# The shell draws a page for a third of what the whole Chromium takes; where it cannot be had, that one does.
prefer_headless_shell() {
  [ "$purpose" = test ] && ! on_ubuntu && ! has_command chromium-headless-shell || return 0
  [ "$(id -u)" -eq 0 ] && has_command apt-get || return 0
  say "Cài chromium-headless-shell (trình duyệt kiểm thử nhẹ hơn)"
  timeout 60 sh -c 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium-headless-shell' \
    >/dev/null 2>&1 </dev/null || say "Không cài được; kiểm thử bằng Chromium đang có"
}

# ── Python ───────────────────────────────────────────────────────────────────────────────────────
suits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; }

find_python() {
  local candidate
  for candidate in python3 python3.13 python3.12 python3.11; do
    if suits "$candidate"; then echo "$candidate"; return 0; fi
  done
  fail "cần Python 3.11, 3.12 hoặc 3.13 (máy này: $(python3 --version 2>&1 || echo 'không có python3'))"
}

# The linters' part of pyproject.toml changes often and installs nothing.
fingerprint() {
  { sed '/^\[tool\./,$d' pyproject.toml; cat requirements*.txt deploy/prepare.sh; } | sha256sum | cut -d' ' -f1
}

# Whoever can test can run: the list for tests contains the other one.
is_ready() {
  local made
  [ -x "$venv/bin/motcua" ] || return 1
  for made in "$stamp" "$venv/.ready-test"; do
    [ "$(cat "$made" 2>/dev/null)" = "$(fingerprint)" ] && return 0
  done
  return 1
}

make_environment() {
  [ -x "$venv/bin/python" ] && suits "$venv/bin/python" && return 0
  say "Tạo môi trường Python trong $venv"
  "$python" -m venv --clear "$venv"
}

install_requirements() {
  say "Cài thư viện theo $requirements (có mã băm kiểm tra); lần đầu mất khoảng một phút"
  if has_command uv; then
    UV_PYTHON_DOWNLOADS=never uv pip install -q --compile-bytecode --python "$venv/bin/python" \
      --require-hashes -r "$requirements" && return 0
    say "uv không cài được, chuyển sang pip"
  fi
  "$venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r "$requirements"
}

install_ourselves() {
  # setuptools stands in the hashed list, so the build fetches nothing that was not checked.
  "$venv/bin/python" -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
}

install_browser() {
  [ "$purpose" = test ] && ! has_browser || return 0
  say "Tải trình duyệt kiểm thử của playwright"
  "$venv/bin/playwright" install --with-deps chromium
}

python="$(find_python)"
want_for_running
[ "$purpose" = run ] || want_for_testing
install_missing
prefer_headless_shell
if ! is_ready; then
  make_environment
  install_requirements
  install_ourselves
  fingerprint > "$stamp"
fi
install_browser
