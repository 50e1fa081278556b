# Completion of lpr for bash: source <(lpr completion bash)
_lpr() {
  local line=${COMP_LINE:0:COMP_POINT} words=() word i
  # bash takes words apart at = and : (COMP_WORDBREAKS), and lpr wants them whole: what no space parts is one.
  line=${line#*"${COMP_WORDS[0]}"}
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ $line == [[:space:]]* ]]; then
      line=${line#"${line%%[![:space:]]*}"}
      words+=('')
    fi
    # The last one ends at the cursor.
    ((i < COMP_CWORD)) || word=$line
    words[${#words[@]} - 1]+=$word
    line=${line#"$word"}
  done

  # bash replaces what stands behind the last break, so the rest of the word is not repeated.
  local current=${words[${#words[@]} - 1]} before='' break
  for break in = :; do
    if [[ $COMP_WORDBREAKS == *$break* && $current == *$break* ]]; then
      word=${current%"${current##*"$break"}"}
      ((${#word} > ${#before})) && before=$word
    fi
  done

  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :files) compopt -o default ;;
      :directories) compopt -o dirnames ;;
      *)
        word=${line%%$'\t'*}
        COMPREPLY+=("${word#"$before"}")
        ;;
    esac
  done < <("$1" __complete "${words[@]}" 2>/dev/null </dev/null)
}
complete -F _lpr lpr
