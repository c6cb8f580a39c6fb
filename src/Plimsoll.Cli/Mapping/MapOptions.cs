using System.CommandLine;
using Plimsoll.Cli.Parsing;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Mapping;

/// <summary>The words of <c>plimsoll map</c>.</summary>
internal sealed class MapOptions
{
    private readonly Argument<string[]> _command = new("COMMAND") { Description = "The command and its arguments", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _shell = new("--shell") { Description = "A shell line instead of a command", HelpName = "LINE" };
    private readonly Option<string?> _agent = new("--agent") { Description = "A configured agent; COMMAND is then its prompt", HelpName = "NAME" };
    private readonly Option<string?> _file = new("--arg-file", "-a") { Description = "Read items from a file", HelpName = "FILE" };
    private readonly Option<bool> _null = new("--null", "-0") { Description = "Items end with a zero byte instead of a newline" };
    private readonly Option<bool> _keepOrder = new("--keep-order", "-k") { Description = "Print outputs in the order of the items" };
    private readonly Option<bool> _tag = new("--tag") { Description = "Put the item in front of each line of its output" };
    private readonly Option<string?> _jobLog = new("--joblog") { Description = "Write GNU parallel's job log", HelpName = "FILE" };
    private readonly Option<bool> _resume = new("--resume") { Description = "Leave out the items in the job log" };
    private readonly Option<bool> _resumeFailed = new("--resume-failed") { Description = "Like --resume, but run those that failed again" };
    private readonly Option<string?> _halt = new("--halt") { Description = "Stop early: now or soon, then fail=N, success=N or done=N", HelpName = "WHEN" };
    private readonly Option<int> _retries = new("--retries") { Description = "Further attempts for an item that fails", HelpName = "N" };
    private readonly Option<string?> _timeout = new("--timeout") { Description = "End an item after this long, e.g. 90s or 10m", HelpName = "TIME" };
    private readonly Option<string?> _memory = new("--memory") { Description = "What an item needs, if known, e.g. 500M", HelpName = "SIZE" };
    private readonly Option<bool> _direct = new("--direct") { Description = "Start commands without a supervisor: faster" };
    private readonly Option<bool> _supervised = new("--supervised") { Description = "Supervise also commands that are known to be short" };

    public void AddTo(Command verb)
    {
        verb.Add(_command);
        Option[] options = [_shell, _agent, _file, _null, _keepOrder, _tag, _jobLog, _resume, _resumeFailed, _halt, _retries, _timeout, _memory, _direct, _supervised];
        foreach (Option option in options)
            verb.Add(option);
    }

    public Outcome<MapSettings> Read(ParseResult words)
    {
        string[] command = words.GetValue(_command) ?? [];
        string? shell = words.GetValue(_shell);
        if (shell is null == (command.Length == 0))
            return new Refusal(ExitCode.Invalid, "map takes a command, or --shell with a line", "for example: ls | plimsoll map -- wc -l {}");
        bool resume = words.GetValue(_resume) || words.GetValue(_resumeFailed);
        if (resume && words.GetValue(_jobLog) is null)
            return new Refusal(ExitCode.Invalid, "--resume needs --joblog FILE", "it leaves out the items the job log says are done");
        if (words.GetValue(_retries) is (< 0 or > 1000) and int retries)
            return new Refusal(ExitCode.Invalid, $"--retries takes a number from 0 to 1000, found '{retries}'");

        HaltPolicy halt = HaltPolicy.Never;
        if (words.GetValue(_halt) is { } when && !HaltPolicy.TryParse(when, out halt))
            return new Refusal(ExitCode.Invalid, $"--halt takes never, or now or soon with fail=N, success=N or done=N; found '{when}'", "for example --halt soon,fail=1");

        TimeSpan timeout = default;
        if (words.GetValue(_timeout) is { } time && !Quantity.TryDuration(time, out timeout))
            return new Refusal(ExitCode.Invalid, $"--timeout takes a time, found '{time}'", "for example 90s, 10m or 1h30m");

        long memory = 0;
        if (words.GetValue(_memory) is { } size && (!Quantity.TryBytes(size, out memory) || memory == 0))
            return new Refusal(ExitCode.Invalid, $"--memory takes a size, found '{size}'", "for example 500M or 2G");

        return new MapSettings(
            shell is null ? command : [shell],
            shell is not null,
            words.GetValue(_agent),
            words.GetValue(_file),
            words.GetValue(_null) ? (byte)0 : (byte)'\n',
            words.GetValue(_jobLog),
            resume,
            words.GetValue(_resumeFailed),
            halt,
            words.GetValue(_keepOrder),
            words.GetValue(_tag),
            words.GetValue(_retries),
            timeout > TimeSpan.Zero ? timeout : null,
            memory > 0 ? memory : null,
            words.GetValue(_direct),
            words.GetValue(_supervised));
    }
}
