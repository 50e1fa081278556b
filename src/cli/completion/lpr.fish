# Completion of lpr for fish: lpr completion fish | source
function __lpr_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l lines ($words[1] __complete $words[2..-1] "$current" 2>/dev/null </dev/null)
    # The option that stands before a path in the same word.
    set -l before (string match -r -- '^--[^=]+=' "$current")
    set -l path (string replace -- "$before" '' "$current")
    switch "$lines[1]"
        case :files
            printf '%s\n' "$before"(__fish_complete_path "$path")
        case :directories
            printf '%s\n' "$before"(__fish_complete_directories "$path" '')
        case '*'
            printf '%s\n' $lines
    end
end
complete -c lpr -f -a '(__lpr_complete)'
