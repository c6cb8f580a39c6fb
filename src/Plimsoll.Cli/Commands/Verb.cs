using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Terminal;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>A verb of the command line: its options, its examples and what it does.</summary>
internal abstract class Verb : Command
{
    private readonly Option<ColorMode> _color = new("--color")
    {
        Description = "When to use colours: auto, always or never; auto heeds NO_COLOR and CLICOLOR",
        HelpName = "WHEN",
    };

    protected Verb(string name, string description, CliContext context)
        : base(name, description)
    {
        Context = context;
        Help = new Option<bool>("--help", "-h") { Description = "Show this help" };
    }

    /// <summary>Command lines for <c>--help</c>.</summary>
    public abstract IReadOnlyList<Example> Examples { get; }

    /// <summary>What <c>--help</c> says below the options; empty = nothing.</summary>
    public virtual string Remarks => "";

    /// <summary>The first word that is no option begins a command, which keeps its own options.</summary>
    public virtual bool CommandFollows => false;

    /// <summary>What is typed after <c>plimsoll</c>.</summary>
    public virtual string Words => Name;

    public Option<bool> Help { get; }

    protected CliContext Context { get; }

    protected OutputTarget Out => Context.Out;

    /// <summary>The verb behind a second word, with options of its own; null = there is none.</summary>
    public virtual Verb? Nested(string word) => null;

    /// <summary>Adds the options every verb has, last, so that help lists them last.</summary>
    public void AddCommonOptions()
    {
        Add(_color);
        Add(Help);
    }

    public Task<ExitCode> RunAsync(ParseResult words, CancellationToken cancellationToken)
    {
        ColorMode color = words.GetValue(_color);
        Context.Out.SetColor(color);
        Context.Error.SetColor(color);
        return ExecuteAsync(words, cancellationToken);
    }

    protected abstract Task<ExitCode> ExecuteAsync(ParseResult words, CancellationToken cancellationToken);

    /// <summary>Prints a refusal and returns its exit code.</summary>
    protected ExitCode Refuse(Refusal refusal)
    {
        ErrorReport.Write(Context.Error, refusal);
        return refusal.Code;
    }
}
