using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Runs;

namespace Plimsoll.Cli.Logs;

/// <summary>Prints the output of one attempt: its standard output on ours, its standard error on ours.</summary>
internal sealed class AttemptLog
{
    private readonly AttemptView _attempt;
    private readonly CliContext _context;
    private readonly List<LogStream> _streams = [];

    public AttemptLog(AttemptView attempt, LogSelection selection, CliContext context)
    {
        _attempt = attempt;
        _context = context;
        if (selection.Stdout && attempt.StdoutPath is { } stdout)
            _streams.Add(new LogStream(stdout, context.Out, selection.TailLines));
        if (selection.Stderr && attempt.StderrPath is { } stderr)
            _streams.Add(new LogStream(stderr, selection.Stdout ? context.Error : context.Out, selection.TailLines));
    }

    public int Number => _attempt.Number;

    public void WriteTitle() =>
        _context.Out.WriteLine(_context.Out.Paint(Ink.Strong, $"==> {_attempt.Run}/{ControlEscaper.Text(_attempt.Task)} attempt {_attempt.Number} <=="));

    /// <summary>Prints what is new; false = no file is there.</summary>
    public bool Copy()
    {
        bool any = false;
        foreach (LogStream stream in _streams)
            any |= stream.Copy();
        return any;
    }

    /// <summary>Ends an unfinished line.</summary>
    public void End()
    {
        foreach (LogStream stream in _streams)
            stream.End();
    }
}
