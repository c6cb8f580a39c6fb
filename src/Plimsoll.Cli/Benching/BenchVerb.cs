using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using Plimsoll.Cli.Commands;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Rendering;
using Plimsoll.Cli.Running;
using Plimsoll.Cli.Terminal;
using Plimsoll.Daemon.Calibrating;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Benching;

/// <summary>A measurement of a job: it reports to a file and to the terminal.</summary>
internal abstract class BenchVerb : Verb
{
    private readonly Option<bool> _json = new("--json") { Description = "Print the report as JSON (docs/cli.md shows its shape)" };

    protected BenchVerb(string name, string description, CliContext context)
        : base(name, description, context)
    {
    }

    public override string Words => $"bench {Name}";

    public override bool CommandFollows => true;

    protected TrialWords Job { get; } = new();

    protected void AddBenchOptions() => Add(_json);

    protected async Task<ExitCode> MeasureAsync<T>(ParseResult words, Func<CancellationToken, Task<Outcome<Written<T>>>> run, JsonTypeInfo<T> type, Func<T, ExitCode> code, CancellationToken cancellationToken)
    {
        using var stop = new StopSignals();
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(stop.First, cancellationToken);
        try
        {
            if (!(await run(linked.Token)).TryGet(out Written<T>? written, out Refusal? refusal))
                return Refuse(refusal);

            if (words.GetValue(_json))
                Out.WriteJson(written.Report, type);
            else
                Print(written.Tables);
            if (written.File is { } file)
                Say($"written to {Path.GetRelativePath(Context.Folder, file)}");
            return code(written.Report);
        }
        catch (OperationCanceledException) when (stop.Code is not null)
        {
            return stop.Code.Value;
        }
    }

    protected void Print(IReadOnlyList<BenchTable> tables)
    {
        foreach (BenchTable table in tables)
        {
            foreach (string line in table.Lines)
                Out.WriteLine(ControlEscaper.Text(line));
            var page = new TextTable([.. table.Columns.Select((column, at) => new TextColumn(column.ToUpperInvariant(), AlignRight: at > 0))]);
            foreach (IReadOnlyList<string> row in table.Rows)
                page.Add([.. row.Select(static cell => new TextCell(ControlEscaper.Text(cell)))]);
            page.WriteTo(Out);
        }
    }

    protected void Say(string line)
    {
        Context.Error.WriteLine(ControlEscaper.Text(line));
        Context.Error.Flush();
    }
}
