using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Prints a script that lets a shell complete verbs, options and task names.</summary>
internal sealed class CompletionCommand : Verb
{
    private const string Bash = """
        _plimsoll() {
            local IFS=$'\n' cur=${COMP_WORDS[COMP_CWORD]}
            COMPREPLY=($(plimsoll __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
            [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$cur"))
        }
        complete -o filenames -F _plimsoll plimsoll
        """;

    private const string Zsh = """
        #compdef plimsoll
        _plimsoll() {
            local -a found
            found=("${(@f)$(plimsoll __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
            if [[ -n "$found" ]]; then compadd -a found; else _files; fi
        }
        # As a file in fpath the first completion runs this file: it has to complete, too.
        if [[ "$funcstack[1]" == _plimsoll ]]; then _plimsoll "$@"; else compdef _plimsoll plimsoll; fi
        """;

    private const string Fish = """
        function __plimsoll_complete
            set -l words (commandline -opc) (commandline -ct)
            plimsoll __complete $words[2..-1] 2>/dev/null
        end
        complete -c plimsoll -a '(__plimsoll_complete)'
        """;

    private readonly Argument<string> _shell = new("SHELL") { Description = "bash, zsh or fish" };

    public CompletionCommand(CliContext context)
        : base("completion", "Print a script that lets a shell complete verbs, options, runs and task names", context)
    {
        Add(_shell);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("source <(plimsoll completion bash)", "For this shell; in ~/.bashrc for every one"),
        new("plimsoll completion zsh > ~/.zfunc/_plimsoll", "zsh, with ~/.zfunc in fpath"),
        new("plimsoll completion fish > ~/.config/fish/completions/plimsoll.fish", "fish"),
    ];

    protected override Task<ExitCode> ExecuteAsync(ParseResult words, CancellationToken cancellationToken)
    {
        string? script = words.GetValue(_shell) switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            "fish" => Fish,
            _ => null,
        };
        if (script is null)
            return Task.FromResult(Refuse(new Refusal(ExitCode.Invalid, $"there is no script for '{words.GetValue(_shell)}'", "bash, zsh and fish are known")));

        Out.WriteLine(script);
        return Task.FromResult(ExitCode.Success);
    }
}
