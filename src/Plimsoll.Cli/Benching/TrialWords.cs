using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Parsing;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Benching;

/// <summary>The words by which measurements name the job and how it is read.</summary>
internal sealed class TrialWords
{
    private readonly Argument<string[]> _command = new("COMMAND") { Description = "The command and its arguments, behind --", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _agent = new("--agent") { Description = "Instead of a command: claude, codex or opencode against a model server on loopback", HelpName = "NAME" };
    private readonly Option<string?> _agents = new("--agents-folder") { Description = "Where real agents are, or are installed with npm", HelpName = "DIR" };
    private readonly Option<string?> _interval = new("--interval") { Description = "Between two points of a curve, from 50ms (default: 5s); peaks are looked for four times a second", HelpName = "TIME" };
    private readonly Option<string?> _deadline = new("--deadline") { Description = "End a job after so long (default: 1h)", HelpName = "TIME" };
    private readonly Option<string?> _protect = new("--protect") { Description = "What all jobs together may hold (default: nine tenths of what is free)", HelpName = "SIZE" };
    private readonly Option<string?> _reports = new("--reports") { Description = "Folder of the report (default: docs/logs/benchmarks)", HelpName = "DIR" };

    public void AddTo(Command verb)
    {
        verb.Add(_command);
        foreach (Option option in (Option[])[_agent, _agents, _interval, _deadline, _protect, _reports])
            verb.Add(option);
    }

    public Outcome<TrialRequest> Read(ParseResult words, CliContext context)
    {
        TimeSpan interval = TimeSpan.FromSeconds(5), deadline = TimeSpan.FromHours(1);
        long protection = 0;
        if (words.GetValue(_interval) is { } pause && !Quantity.TryDuration(pause, out interval))
            return Invalid("--interval", pause, "a time from 50ms such as 1s");
        if (words.GetValue(_deadline) is { } last && !Quantity.TryDuration(last, out deadline))
            return Invalid("--deadline", last, "a time above 0 such as 10m");
        if (words.GetValue(_protect) is { } size && (!Quantity.TryBytes(size, out protection) || protection < 16 << 20))
            return Invalid("--protect", size, "a size of at least 16M such as 8G");
        return new TrialRequest(words.GetValue(_command) ?? [], words.GetValue(_agent), context.Folder, interval, deadline, protection > 0 ? protection : null, Absolute(words.GetValue(_agents), context))
        {
            Reports = Absolute(words.GetValue(_reports), context),
        };
    }

    /// <summary>Items of options that take lists, with commas or repeated.</summary>
    public static string[] List(string[]? given) => [.. (given ?? []).SelectMany(static text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    public static Refusal Invalid(string option, string found, string takes) => new(ExitCode.Invalid, $"{option} takes {takes}, found '{found}'");

    public static string? Absolute(string? path, CliContext context) => path is null ? null : Path.GetFullPath(path, context.Folder);
}
