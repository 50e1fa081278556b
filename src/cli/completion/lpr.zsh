#compdef lpr
# Completion of lpr for zsh: source <(lpr completion zsh), after compinit; or as _lpr in a directory of $fpath.
_lpr() {
  local line word
  local -a candidates
  for line in "${(@f)$("${~words[1]}" __complete "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null </dev/null)}"; do
    case $line in
      :files) compset -P '--[^=]#=' ; _files; return ;;
      :directories) compset -P '--[^=]#='; _files -/; return ;;
      ?*)
        word=${line%%$'\t'*}
        [[ $line == *$'\t'* ]] && line=${line#*$'\t'} || line=''
        candidates+=("${word//:/\\:}${line:+:$line}")
        ;;
    esac
  done
  (($#candidates)) && _describe -t lpr lpr candidates
}
if [[ $funcstack[1] == _lpr ]]; then
  _lpr "$@"
else
  compdef _lpr lpr
fi
