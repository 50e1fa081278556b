# A terminal's shell in which somebody types what a manual says: it runs the files whose names it reads, in itself, and
# says between record separators that it waits, and how each has ended.
. "$LPR_REPOSITORY/test/e2e/manuals/tools.sh"
mkdir -p "$HOME" && cd "$HOME" || exit 1
while :; do
  # Programs that ask for a secret switch it on again.
  stty -echo
  printf '\036waits\036'
  IFS= read -r step || exit 0
  . "$step"
  printf '\036%s\036' "$?"
done
